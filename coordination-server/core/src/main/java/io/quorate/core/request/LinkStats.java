package io.quorate.core.request;

import io.quorate.core.port.ConnectionView;

/** Counters of one connection, for the {@code cons} command and the console. */
final class LinkStats {

    private static final long NANOS_PER_MILLI = 1_000_000;

    long received;
    long sent;
    long lastZxid;
    int lastXid;
    String lastOperation = "NA";
    long lastLatencyNanos;
    long minLatencyNanos = Long.MAX_VALUE;
    long maxLatencyNanos;
    long totalLatencyNanos;
    long latencySamples;
    long lastReplyMillis;

    void answered(PendingRequest request, long zxid, long latencyNanos, long nowMillis) {
        sent++;
        lastXid = request.xid;
        lastOperation = request.op.shortName();
        lastZxid = zxid;
        lastLatencyNanos = latencyNanos;
        minLatencyNanos = Math.min(minLatencyNanos, latencyNanos);
        maxLatencyNanos = Math.max(maxLatencyNanos, latencyNanos);
        totalLatencyNanos += latencyNanos;
        latencySamples++;
        lastReplyMillis = nowMillis;
    }

    void reset() {
        received = 0;
        sent = 0;
        lastLatencyNanos = 0;
        minLatencyNanos = Long.MAX_VALUE;
        maxLatencyNanos = 0;
        totalLatencyNanos = 0;
        latencySamples = 0;
    }

    ConnectionView view(ClientLink link) {
        boolean answered = latencySamples > 0;
        return new ConnectionView(
                link.id,
                link.address,
                link.sessionId(),
                link.timeoutMillis,
                link.openedMillis,
                link.pipeline.size(),
                received,
                sent,
                lastOperation,
                lastXid,
                lastZxid,
                lastReplyMillis,
                lastLatencyNanos / NANOS_PER_MILLI,
                answered ? minLatencyNanos / NANOS_PER_MILLI : 0,
                answered ? totalLatencyNanos / latencySamples / NANOS_PER_MILLI : 0,
                maxLatencyNanos / NANOS_PER_MILLI);
    }
}
