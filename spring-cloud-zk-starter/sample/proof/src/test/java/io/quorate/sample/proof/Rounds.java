package io.quorate.sample.proof;

import java.time.Duration;

/** How long a fault is repeated: once in the build, for {@code -Dsample.seconds=60} where somebody wants more. */
final class Rounds {

    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("sample.seconds", 0));

    private Rounds() {}

    /** Whether more is asked for than the build has time for. */
    static boolean many() {
        return !TIME.isZero();
    }

    /** Runs it, and again while there is time. */
    static void run(Runnable round) {
        long begun = System.nanoTime();
        do {
            round.run();
        } while (System.nanoTime() - begun < TIME.toNanos());
    }
}
