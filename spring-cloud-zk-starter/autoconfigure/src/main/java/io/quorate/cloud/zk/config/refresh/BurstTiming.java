package io.quorate.cloud.zk.config.refresh;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongUnaryOperator;

/**
 * How a burst of hints becomes one comparison.
 *
 * @param quietPeriod without a hint
 * @param maxDelay after the first hint, however many follow
 * @param maxJitter random extra delay
 * @param random draws a number from 0 to its argument, both included
 */
public record BurstTiming(Duration quietPeriod, Duration maxDelay, Duration maxJitter, LongUnaryOperator random) {

    /** With the usual source of randomness. */
    public BurstTiming(Duration quietPeriod, Duration maxDelay, Duration maxJitter) {
        this(
                quietPeriod,
                maxDelay,
                maxJitter,
                bound -> ThreadLocalRandom.current().nextLong(bound + 1));
    }

    Debounce debounce() {
        return new Debounce(quietPeriod, maxDelay, maxJitter, random);
    }
}
