package io.quorate.core.log;

/** When to try again what a full disk refused. Each user has its own; they share the time. */
final class SpaceRetry {

    /** The turn's time, the same for the whole log. */
    static final class Clock {
        private final long retryNanos;
        private long nowNanos;

        Clock(long retryNanos) {
            this.retryNanos = retryNanos;
        }

        void onTime(long nanos) {
            nowNanos = nanos;
        }

        long nowNanos() {
            return nowNanos;
        }
    }

    private final Clock clock;
    private boolean refused;
    /** Meaningful while {@link #refused}; compared by difference, since the clock may wrap. */
    private long retryAtNanos;

    SpaceRetry(Clock clock) {
        this.clock = clock;
    }

    void onRefused() {
        refused = true;
        retryAtNanos = clock.nowNanos + clock.retryNanos;
    }

    void onGranted() {
        refused = false;
    }

    boolean refused() {
        return refused;
    }

    boolean mayTry() {
        return !refused || clock.nowNanos - retryAtNanos >= 0;
    }

    long nextDeadlineNanos() {
        return refused ? retryAtNanos : Long.MAX_VALUE;
    }
}
