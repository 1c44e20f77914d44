package io.quorate.core.snapshot;

/** A session as snapshots hold it. @param timeoutMillis as negotiated */
public record OpenSession(long id, int timeoutMillis) {}
