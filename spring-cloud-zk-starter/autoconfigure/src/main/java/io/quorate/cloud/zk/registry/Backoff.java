package io.quorate.cloud.zk.registry;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Pauses that double from 200 ms to 30 s, each shortened by up to half at random, so that applications that lost the
 * server together do not come back together. Used by one lane.
 */
final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final DoubleSupplier random;
    private Duration pause = FIRST;

    /** @param random numbers from 0 to 1 */
    Backoff(DoubleSupplier random) {
        this.random = random;
    }

    Duration next() {
        Duration current = pause;
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        double kept = 1 - random.getAsDouble() / 2;
        return Duration.ofMillis(Math.round(current.toMillis() * kept));
    }

    void reset() {
        pause = FIRST;
    }
}
