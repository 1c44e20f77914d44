package io.quorate.cloud.zk.config.refresh;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongUnaryOperator;

/**
 * Makes one moment out of a burst of events: a quiet period after the last of them, but not later than a longest delay
 * after the first, plus a random jitter that is drawn once per burst. Not safe for use by several threads.
 */
final class Debounce {

    private final long quietNanos;
    private final long maxDelayNanos;
    private final long maxJitterNanos;
    private final LongUnaryOperator random;

    private boolean pending;
    private long firstNanos;
    private long lastNanos;
    private long jitterNanos;

    /** @param random draws a number from 0 to its argument, both included */
    Debounce(Duration quietPeriod, Duration maxDelay, Duration maxJitter, LongUnaryOperator random) {
        this.quietNanos = quietPeriod.toNanos();
        this.maxDelayNanos = maxDelay.toNanos();
        this.maxJitterNanos = maxJitter.toNanos();
        this.random = random;
    }

    /** Notes an event. */
    void event(long nowNanos) {
        if (!pending) {
            pending = true;
            firstNanos = nowNanos;
            jitterNanos = maxJitterNanos == 0 ? 0 : random.applyAsLong(maxJitterNanos);
        }
        lastNanos = nowNanos;
    }

    /** How long from {@code nowNanos} until the burst is over, 0 if it is, empty if there is none. */
    OptionalLong remainingNanos(long nowNanos) {
        if (!pending) {
            return OptionalLong.empty();
        }
        // Differences, since the clock may pass its overflow.
        long untilQuiet = lastNanos - nowNanos + quietNanos;
        long untilLatest = firstNanos - nowNanos + maxDelayNanos;
        return OptionalLong.of(Math.max(0, Math.min(untilQuiet, untilLatest) + jitterNanos));
    }

    /** Begins anew: the events noted so far are being dealt with. */
    void clear() {
        pending = false;
    }
}
