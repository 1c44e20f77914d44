package io.quorate.core.base;

/**
 * The time of the current turn. It enters once per turn, so everything decided in one turn happens at one moment.
 * Written by the replica only.
 */
public final class TurnTime {

    private long nanos;
    private long epochMillis;

    /**
     * @param nowNanos a clock that never goes back; its origin means nothing
     * @param nowEpochMillis wall clock, milliseconds since 1970
     */
    public void set(long nowNanos, long nowEpochMillis) {
        nanos = nowNanos;
        epochMillis = nowEpochMillis;
    }

    public long nanos() {
        return nanos;
    }

    public long epochMillis() {
        return epochMillis;
    }
}
