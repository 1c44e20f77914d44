package io.quorate.runtime.metrics;

/**
 * Latencies in buckets whose bounds grow by an eighth of a power of two, so a percentile is off by at most one eighth.
 * Not thread-safe; a {@link #copy} may go anywhere.
 */
public final class LatencyHistogram {

    private static final int SUB_BITS = 3;
    private static final int SUB_BUCKETS = 1 << SUB_BITS;
    private static final int BUCKETS = (Long.SIZE - SUB_BITS) * SUB_BUCKETS;

    private final long[] counts;
    private long count;
    private long total;
    private long max;

    LatencyHistogram() {
        counts = new long[BUCKETS];
    }

    private LatencyHistogram(LatencyHistogram other) {
        counts = other.counts.clone();
        count = other.count;
        total = other.total;
        max = other.max;
    }

    LatencyHistogram copy() {
        return new LatencyHistogram(this);
    }

    void record(long micros) {
        long value = Math.max(0, micros);
        counts[bucketOf(value)]++;
        count++;
        total += value;
        max = Math.max(max, value);
    }

    private static int bucketOf(long value) {
        if (value < SUB_BUCKETS) {
            return (int) value;
        }
        int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
        int sub = (int) (value >>> exponent - SUB_BITS) & SUB_BUCKETS - 1;
        return (exponent - SUB_BITS + 1) * SUB_BUCKETS + sub;
    }

    private static long upperBound(int bucket) {
        if (bucket < SUB_BUCKETS) {
            return bucket;
        }
        int shift = bucket / SUB_BUCKETS - 1;
        long base = SUB_BUCKETS + bucket % SUB_BUCKETS;
        return (base + 1 << shift) - 1;
    }

    public long count() {
        return count;
    }

    public long totalMicros() {
        return total;
    }

    public long maxMicros() {
        return max;
    }

    /** @param quantile 0 to 1 */
    public long percentileMicros(double quantile) {
        long rank = (long) Math.ceil(quantile * count);
        long seen = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            seen += counts[bucket];
            if (seen >= rank && seen > 0) {
                return Math.min(max, upperBound(bucket));
            }
        }
        return 0;
    }
}
