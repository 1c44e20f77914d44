package io.quorate.runtime.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.port.Disk;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A running lane whose owner is the test's thread, parked until woken. */
final class TestLane {

    private static final long DEADLINE_SECONDS = 30;

    private final Semaphore woken = new Semaphore(0);
    private final NioDisk disk;

    TestLane(DataDirectories directories) {
        disk = new NioDisk("test-lane", directories, woken::release);
        disk.start();
    }

    NioDisk disk() {
        return disk;
    }

    void awaitCompletions(Disk.Completions sink) {
        try {
            assertThat(woken.tryAcquire(DEADLINE_SECONDS, TimeUnit.SECONDS))
                    .as("woken for a completion")
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for the disk", e);
        }
        disk.drainCompletions(sink);
    }

    /** How often the owner has been woken since it last waited. */
    int pendingWakeUps() {
        return woken.availablePermits();
    }

    void stop() {
        disk.stop((ticket, outcome) -> {});
    }
}
