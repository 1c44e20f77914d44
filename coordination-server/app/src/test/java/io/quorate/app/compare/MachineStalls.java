package io.quorate.app.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;

/**
 * What the machine itself does while others are measured: one thread does nothing but sleep a millisecond and notes how
 * late it is woken, another forces half a kilobyte to the same disk again and again. No server has a part in that, so
 * gaps of that length prove nothing against one.
 */
final class MachineStalls {

    private static final long SLEEP_NANOS = 1_000_000;
    /** Between two forces: they are to be no load that is worth mentioning. */
    private static final long REST_NANOS = 10_000_000;

    private static final int BYTES = 512;

    private final FileChannel file;
    private final Thread sleeper = new Thread(this::sleepAgainAndAgain, "machine-sleeps");
    private final Thread forcer = new Thread(this::forceAgainAndAgain, "machine-forces");
    private volatile boolean ended;
    /** Beyond the millisecond; of the sleeper until it has ended. */
    private long longestSleepNanos;
    /** Of the forcer until it has ended. */
    private long longestForceNanos;

    /**
     * The longest of each.
     *
     * @param lateNanos by which a thread was woken late
     * @param forceNanos for half a kilobyte to be durable
     */
    record Longest(long lateNanos, long forceNanos) {}

    /** @param probe a file on the disk that the servers use, made if it is not there */
    MachineStalls(Path probe) throws IOException {
        file = FileChannel.open(probe, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        sleeper.setDaemon(true);
        forcer.setDaemon(true);
        sleeper.start();
        forcer.start();
    }

    private void sleepAgainAndAgain() {
        while (!ended) {
            long begun = System.nanoTime();
            LockSupport.parkNanos(SLEEP_NANOS);
            longestSleepNanos = Math.max(longestSleepNanos, System.nanoTime() - begun - SLEEP_NANOS);
        }
    }

    private void forceAgainAndAgain() {
        ByteBuffer bytes = ByteBuffer.allocateDirect(BYTES);
        try {
            while (!ended) {
                long begun = System.nanoTime();
                file.write(bytes.clear(), 0);
                file.force(false);
                longestForceNanos = Math.max(longestForceNanos, System.nanoTime() - begun);
                LockSupport.parkNanos(REST_NANOS);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Ends both. */
    Longest finish() throws IOException {
        ended = true;
        try {
            sleeper.join();
            forcer.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        file.close();
        return new Longest(longestSleepNanos, longestForceNanos);
    }
}
