package io.quorate.core.request;

import io.quorate.core.base.ThrottleOptions;
import io.quorate.core.base.TurnTime;
import io.quorate.core.port.RandomSource;

/**
 * A token bucket for handshakes, with a share of them refused at random while it runs empty again and again (client
 * protocol 11.7), so that a herd of clients cannot take all the time there is.
 */
final class ConnectionThrottle {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long RANDOM_BOUND = 1L << 53;

    private final ThrottleOptions options;
    private final TurnTime time;
    private final RandomSource random;
    /** Invariant: 0 to {@code options.tokens()}. */
    private long tokens;

    private long lastFillNanos;
    private long lastAdaptionNanos;
    /** Probability with which a handshake is refused although there are tokens; 0 to 1. */
    private double drop;

    ConnectionThrottle(ThrottleOptions options, TurnTime time, RandomSource random) {
        this.options = options;
        this.time = time;
        this.random = random;
        tokens = options.tokens();
        lastFillNanos = time.nanos();
        lastAdaptionNanos = time.nanos();
    }

    boolean admitsNewSession() {
        return admits(options.weighted() ? options.newSessionWeight() : 1);
    }

    boolean admitsResumption() {
        return admits(options.weighted() ? options.resumeWeight() : 1);
    }

    private boolean admits(int needed) {
        if (options.tokens() == 0) {
            return true;
        }
        fill();
        if (options.freezeMillis() >= 0 && isDropped()) {
            return false;
        }
        if (tokens < needed) {
            return false;
        }
        tokens -= needed;
        return true;
    }

    private void fill() {
        long periods = (time.nanos() - lastFillNanos) / (options.fillMillis() * NANOS_PER_MILLI);
        if (periods > 0) {
            tokens = Math.min(options.tokens(), tokens + periods * options.fillCount());
            lastFillNanos += periods * options.fillMillis() * NANOS_PER_MILLI;
        }
    }

    private boolean isDropped() {
        if (time.nanos() - lastAdaptionNanos > options.freezeMillis() * NANOS_PER_MILLI) {
            long taken = options.tokens() - tokens;
            if (taken == options.tokens()) {
                drop = Math.min(1, drop + options.dropIncrease());
            } else if (taken <= Math.round(options.tokens() * options.decreaseRatio())) {
                drop = Math.max(0, drop - options.dropDecrease());
            }
            lastAdaptionNanos = time.nanos();
        }
        return random.below(RANDOM_BOUND) < drop * RANDOM_BOUND;
    }
}
