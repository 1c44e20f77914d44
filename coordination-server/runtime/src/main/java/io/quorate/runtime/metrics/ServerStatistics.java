package io.quorate.runtime.metrics;

import io.quorate.core.port.CloseReason;
import io.quorate.core.port.LimitReached;
import io.quorate.core.wire.client.OpCode;

/** Counters since the start, published by the replica thread. Latencies of the histograms are in microseconds. */
public record ServerStatistics(
        long[] answeredByOperation,
        long[] closedByReason,
        LatencyHistogram readLatency,
        LatencyHistogram writeLatency,
        LatencyHistogram commitLatency,
        LatencyHistogram forceTime,
        long[] limitsReached,
        Requests requests,
        Sessions sessions,
        Storage storage,
        long watchesFired,
        long digestMismatches,
        long electionLinksRefused,
        Encryption encryption,
        EnsembleStatistics ensemble) {

    /** Since the start or the last {@code srst}. */
    public record Requests(long answered, long latencyTotalNanos, long latencyMinNanos, long latencyMaxNanos) {}

    public record Sessions(long linksOpened, long opened, long resumed, long refused, long expired, long closed) {}

    /**
     * @param timesFull how often writes were refused for lack of space
     * @param slowForces forces of the log that took longer than the configured threshold
     */
    public record Storage(
            long txnsProposed,
            long txnBytes,
            long snapshotsFinished,
            long snapshotsFailed,
            long lastSnapshotBytes,
            long filesPurged,
            long timesFull,
            long slowForces) {}

    /**
     * @param underWay handshakes at this moment
     * @param failed handshakes that failed
     * @param exceeded connections closed because too many others were shaking hands
     * @param keysRefused how often new keys could not be used
     * @param expiresMillis epoch milliseconds at which the first certificate of the server expires; 0 without any
     */
    public record Encryption(long underWay, long failed, long exceeded, long keysRefused, long expiresMillis) {}

    public long answered(OpCode op) {
        return answeredByOperation[op.ordinal()];
    }

    public long reached(LimitReached limit) {
        return limitsReached[limit.ordinal()];
    }

    public long closed(CloseReason reason) {
        return closedByReason[reason.ordinal()];
    }
}
