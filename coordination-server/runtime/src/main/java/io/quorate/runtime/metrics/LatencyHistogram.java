package io.quorate.runtime.metrics;

/**
 * Latencies in buckets whose bounds grow by a fixed part of a power of two, by an eighth unless told otherwise, so a
 * percentile is off by at most that part. Not thread-safe; a {@link #copy} may go anywhere.
 */
public final class LatencyHistogram {

    private static final int DEFAULT_SUB_BITS = 3;
    /** More than what a product of doubles is off by, and less than matters for any count that is reached. */
    private static final double ROUNDING = 1e-15;

    /** Buckets per power of two, as a power of two. */
    private final int subBits;

    private final long[] counts;
    private long count;
    private long total;
    private long max;

    public LatencyHistogram() {
        this(DEFAULT_SUB_BITS);
    }

    /** @param subBits 0 to 10: a percentile is off by at most one part in two to this power */
    public LatencyHistogram(int subBits) {
        this.subBits = subBits;
        counts = new long[(Long.SIZE - subBits) << subBits];
    }

    private LatencyHistogram(LatencyHistogram other) {
        subBits = other.subBits;
        counts = other.counts.clone();
        count = other.count;
        total = other.total;
        max = other.max;
    }

    LatencyHistogram copy() {
        return new LatencyHistogram(this);
    }

    public void record(long micros) {
        long value = Math.max(0, micros);
        counts[bucketOf(value)]++;
        count++;
        total += value;
        max = Math.max(max, value);
    }

    private int bucketOf(long value) {
        if (value < 1 << subBits) {
            return (int) value;
        }
        int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
        int sub = (int) (value >>> exponent - subBits) & ((1 << subBits) - 1);
        return ((exponent - subBits + 1) << subBits) + sub;
    }

    private long upperBound(int bucket) {
        if (bucket < 1 << subBits) {
            return bucket;
        }
        int shift = (bucket >> subBits) - 1;
        long base = (1L << subBits) + (bucket & ((1 << subBits) - 1));
        return ((base + 1) << shift) - 1;
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
        // The product of 0.07 and 100 is a little more than 7, and must not become the eighth.
        long rank = (long) Math.ceil(quantile * count * (1 - ROUNDING));
        long seen = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            seen += counts[bucket];
            if (seen >= rank && seen > 0) {
                return Math.min(max, upperBound(bucket));
            }
        }
        return 0;
    }
}
