package io.quorate.cloud.zk.config.refresh;

import java.time.Duration;

/** Pauses between attempts that fail: each twice as long as the one before, up to a longest. One thread at a time. */
final class Backoff {

    private final Duration shortest;
    private final Duration longest;
    private Duration next;

    Backoff(Duration shortest, Duration longest) {
        this.shortest = shortest;
        this.longest = longest;
        this.next = shortest;
    }

    /** The pause after another failed attempt. */
    Duration next() {
        Duration pause = next;
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(longest) > 0 ? longest : doubled;
        return pause;
    }

    /** Forgets the failures. */
    void reset() {
        next = shortest;
    }
}
