package io.quorate.simulation;

import io.quorate.core.port.RandomSource;

/**
 * A SplitMix64 stream. Each concern draws from a stream of its own, so that a new draw in one does not disturb the
 * others and a seed keeps its meaning.
 */
public final class SimRandom implements RandomSource {

    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private final long seed;
    private long state;

    public SimRandom(long seed) {
        this.seed = seed;
        this.state = seed;
    }

    /** An independent stream that depends on this one's seed and the name only, not on what has been drawn. */
    public SimRandom stream(String concern) {
        long mixed = seed;
        for (int i = 0; i < concern.length(); i++) {
            mixed = mix(mixed + GAMMA + concern.charAt(i));
        }
        return new SimRandom(mix(mixed ^ GAMMA));
    }

    public long nextLong() {
        state += GAMMA;
        return mix(state);
    }

    private static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** The high product of a draw and the bound: as even as 64 bits allow. */
    @Override
    public long below(long bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound " + bound + " is not positive");
        }
        long draw = nextLong();
        // Unsigned: multiplyHigh takes the draw's top bit for a sign.
        return Math.multiplyHigh(draw, bound) + (draw >> 63 & bound);
    }

    /** A value in {@code least} to {@code most}, both included. */
    public long between(long least, long most) {
        return least + below(most - least + 1);
    }

    /** True once in {@code outOf} draws; never when {@code outOf} is 0. */
    public boolean oneIn(long outOf) {
        return outOf > 0 && below(outOf) == 0;
    }
}
