package io.quorate.simulation.server;

import io.quorate.simulation.SimScheduler;

/** What a server takes for the time: a clock that never goes back, and a wall clock that may jump. */
public final class NodeClock {

    private static final long NANOS_PER_MILLI = 1_000_000;
    /** Wall clock at the beginning of every run: some day in 2026. */
    private static final long ORIGIN_MILLIS = 1_790_000_000_000L;

    private final SimScheduler time;
    private long wallOffsetMillis;

    public NodeClock(SimScheduler time) {
        this.time = time;
    }

    public long nanos() {
        return time.nowNanos();
    }

    public long epochMillis() {
        return ORIGIN_MILLIS + time.nowNanos() / NANOS_PER_MILLI + wallOffsetMillis;
    }

    /** The wall clock is set, forwards or back. */
    public void jump(long millis) {
        wallOffsetMillis += millis;
    }
}
