package io.quorate.runtime.kit;

import io.quorate.runtime.kit.wire.FrameClient;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for a condition, with a deadline. */
public final class Eventually {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private Eventually() {}

    /** Returns when the condition holds; fails the test when it does not within the kit's patience. */
    public static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + FrameClient.PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("Not within " + FrameClient.PATIENCE + ": " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
