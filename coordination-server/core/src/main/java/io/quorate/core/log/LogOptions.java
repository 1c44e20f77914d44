package io.quorate.core.log;

import io.quorate.core.base.Verify;

/**
 * Bounds of the transaction log.
 *
 * @param maxPayloadBytes the longest transaction that may be appended or read back: {@code jute.maxbuffer} plus the
 *     extra size (quorum protocol 0.1)
 * @param batchBytes size of one write buffer; a longer transaction gets a buffer of its own
 * @param reserveStepBytes how much space one reserve command adds. Small, because the force behind it has to write
 *     that many zeros too; large, because each step costs the file system a change of the file's size
 * @param reserveAheadBytes reserved space that is kept in front of the last record. What may be appended while one
 *     reserve command is under way must fit in it, or the log stops accepting for that moment
 * @param retryNanos pause between attempts to reserve space on a full disk
 */
public record LogOptions(
        int maxPayloadBytes, int batchBytes, int reserveStepBytes, int reserveAheadBytes, long retryNanos) {

    public LogOptions {
        Verify.that(
                maxPayloadBytes >= LogFormat.MIN_PAYLOAD_BYTES, "maxPayloadBytes holds a transaction", maxPayloadBytes);
        Verify.that(batchBytes >= 64, "batchBytes holds a small record", batchBytes);
        Verify.that(reserveStepBytes >= batchBytes, "reserveStepBytes holds a batch", reserveStepBytes, batchBytes);
        Verify.that(
                reserveAheadBytes >= LogFormat.recordBytes(maxPayloadBytes),
                "reserveAheadBytes holds the longest record",
                reserveAheadBytes,
                maxPayloadBytes);
        Verify.that(retryNanos > 0, "retryNanos is positive", retryNanos);
    }

    /** For the default {@code jute.maxbuffer}. */
    public static LogOptions defaults() {
        return forMaxPayload(2 * 1_048_575, 8 << 20);
    }

    /**
     * Follows from the longest transaction and from the space that is to be kept reserved.
     *
     * @param reserveBytes space ahead of the last record; more is taken when a few of the longest transactions need it
     */
    public static LogOptions forMaxPayload(int maxPayloadBytes, int reserveBytes) {
        int ahead = Math.max(reserveBytes, Math.multiplyExact(3, LogFormat.recordBytes(maxPayloadBytes)));
        int batch = Math.min(256 << 10, Math.max(64, ahead / 4));
        return new LogOptions(maxPayloadBytes, batch, Math.max(batch, ahead / 8), ahead, 1_000_000_000L);
    }
}
