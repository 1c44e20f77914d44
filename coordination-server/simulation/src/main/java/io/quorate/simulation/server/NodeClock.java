package io.quorate.simulation.server;

import io.quorate.simulation.SimScheduler;

/** What a server takes for the time: a clock that never goes back, and a wall clock that may jump. */
public final class NodeClock {

    private static final long NANOS_PER_MILLI = 1_000_000;
    /** Wall clock at the beginning of every run: some day in 2026. */
    private static final long ORIGIN_MILLIS = 1_790_000_000_000L;

    private static final long MILLION = 1_000_000;

    private final SimScheduler time;
    private long wallOffsetMillis;
    /** When the rate was last changed: in the world's time, and on this clock. */
    private long sinceWorldNanos;

    private long sinceNanos;
    /** By how much this clock runs faster than the world's time, in millionths; negative for slower. */
    private long driftMillionths;

    public NodeClock(SimScheduler time) {
        this.time = time;
    }

    public long nanos() {
        return sinceNanos + scale(time.nowNanos() - sinceWorldNanos, MILLION + driftMillionths, MILLION);
    }

    /** When this clock will show a time, in the world's time; not too early. */
    long worldNanos(long nanos) {
        long ahead = Math.max(0, nanos - sinceNanos);
        return sinceWorldNanos + scale(ahead, MILLION, MILLION + driftMillionths) + 1;
    }

    private static long scale(long nanos, long by, long of) {
        return nanos / of * by + nanos % of * by / of;
    }

    /** The clock runs faster or slower than the world's time from now on. */
    public void drift(long millionths) {
        sinceNanos = nanos();
        sinceWorldNanos = time.nowNanos();
        driftMillionths = millionths;
    }

    public long epochMillis() {
        return ORIGIN_MILLIS + time.nowNanos() / NANOS_PER_MILLI + wallOffsetMillis;
    }

    /** The wall clock is set, forwards or back. */
    public void jump(long millis) {
        wallOffsetMillis += millis;
    }
}
