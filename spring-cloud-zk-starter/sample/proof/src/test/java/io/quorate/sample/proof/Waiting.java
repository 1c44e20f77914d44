package io.quorate.sample.proof;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for a condition, with a deadline. */
final class Waiting {

    /** For everything that happens sooner or later on a machine that is busy. */
    static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private Waiting() {}

    /** @return how long it took */
    static Duration until(String what, BooleanSupplier condition) {
        long begun = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new AssertionError("not within " + PATIENCE.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Lets time pass, so that load lasts. Nothing is expected to be done behind it. */
    static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
