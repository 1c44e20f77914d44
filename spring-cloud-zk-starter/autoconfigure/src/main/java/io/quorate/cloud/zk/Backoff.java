package io.quorate.cloud.zk;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** Pauses between attempts that fail: each twice as long as the one before, up to a longest. One thread at a time. */
public final class Backoff {

    private final Duration shortest;
    private final Duration longest;
    private final DoubleSupplier random;
    private Duration next;

    /** Pauses of exactly that length. */
    public Backoff(Duration shortest, Duration longest) {
        this(shortest, longest, () -> 0);
    }

    /**
     * Pauses that are shortened by up to half at random, so that applications that lost the server together do not come
     * back together.
     *
     * @param random numbers from 0 to 1
     */
    public Backoff(Duration shortest, Duration longest, DoubleSupplier random) {
        this.shortest = shortest;
        this.longest = longest;
        this.random = random;
        this.next = shortest;
    }

    /** The pause after another failed attempt. */
    public Duration next() {
        Duration pause = next;
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(longest) > 0 ? longest : doubled;
        double kept = 1 - random.getAsDouble() / 2;
        return Duration.ofMillis(Math.round(pause.toMillis() * kept));
    }

    /** Forgets the failures. */
    public void reset() {
        next = shortest;
    }
}
