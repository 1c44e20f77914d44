package io.quorate.runtime.metrics;

/**
 * How long forces of the transaction log take. Filled by the log's lane, read by whoever publishes; any thread. A force
 * takes so much longer than the lock that nobody waits for it.
 */
public final class ForceTimes {

    private static final long NANOS_PER_MICRO = 1000;

    private final LatencyHistogram times = new LatencyHistogram();
    /** How many were slower than the configured threshold. */
    private long slow;

    /** @param isSlow whether it took longer than what operators want to be told of */
    public synchronized void record(long nanos, boolean isSlow) {
        times.record(nanos / NANOS_PER_MICRO);
        slow += isSlow ? 1 : 0;
    }

    synchronized LatencyHistogram times() {
        return times.copy();
    }

    synchronized long slow() {
        return slow;
    }
}
