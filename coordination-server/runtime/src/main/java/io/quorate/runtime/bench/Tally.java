package io.quorate.runtime.bench;

import io.quorate.runtime.metrics.LatencyHistogram;

/** Counts answers while a measurement is on. */
final class Tally {

    private static final int NANOS_PER_MICRO = 1000;
    /** Percentiles are right to one part in 64. */
    private static final int PRECISION_BITS = 6;

    private LatencyHistogram latencies = new LatencyHistogram(PRECISION_BITS);
    private long operations;
    private long errors;
    private long sinceNanos;

    /** Forgets everything so far: the measurement begins. */
    void begin(long nowNanos) {
        latencies = new LatencyHistogram(PRECISION_BITS);
        operations = 0;
        errors = 0;
        sinceNanos = nowNanos;
    }

    /** @param nanos from when the operation should have begun until it was answered */
    void answered(long nanos, boolean success) {
        operations++;
        if (!success) {
            errors++;
        }
        latencies.record(nanos / NANOS_PER_MICRO);
    }

    /** What has been counted; later answers do not change it. */
    LoadResult end(long nowNanos) {
        LoadResult result = new LoadResult(operations, errors, nowNanos - sinceNanos, latencies);
        begin(nowNanos);
        return result;
    }
}
