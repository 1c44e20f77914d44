package io.quorate.runtime.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskOutcome;
import io.quorate.runtime.metrics.ForceTimes;
import io.quorate.runtime.metrics.ServerCounters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NioDiskTest {

    private static final DiskFile FILE = DiskFile.log("log.1");

    @TempDir
    private Path directory;

    private DataDirectories directories;

    @BeforeEach
    void open() {
        directories = DataDirectories.open(directory, directory, true);
    }

    @AfterEach
    void close() throws IOException {
        directories.close();
    }

    @Test
    void stopCarriesOutEverythingAndDeletesNothing() throws IOException {
        NioDisk disk = new NioDisk("lane", directories, () -> {});
        List<Long> completed = new ArrayList<>();
        // More than the ring holds, before the lane runs at all.
        for (int i = 0; i < 5_000; i++) {
            disk.write(i, FILE, i, ByteBuffer.wrap(new byte[] {(byte) i}));
        }
        disk.start();
        disk.stop((ticket, outcome) -> {
            assertThat(outcome).isEqualTo(DiskOutcome.DONE);
            completed.add(ticket);
        });

        assertThat(completed).hasSize(5_000).isSorted();
        byte[] content = Files.readAllBytes(directory.resolve("version-2/log.1"));
        assertThat(content).hasSize(5_000);
        assertThat(content[4_999]).isEqualTo((byte) 4_999);
    }

    @Test
    void wakesTheOwnerOnceUntilItDrains() {
        TestLane lane = new TestLane(directories);
        for (int i = 0; i < 100; i++) {
            lane.disk().write(i, FILE, i, ByteBuffer.allocate(1));
            lane.disk().force(1_000 + i, FILE);
        }
        AtomicInteger completed = new AtomicInteger();
        int wakeUps = 0;
        while (completed.get() < 200) {
            lane.awaitCompletions((ticket, outcome) -> completed.incrementAndGet());
            wakeUps++;
            assertThat(lane.pendingWakeUps()).isLessThanOrEqualTo(1);
        }
        lane.stop();
        assertThat(wakeUps).isLessThanOrEqualTo(200);
    }

    @Test
    void forcesThatQueuedUpAreCarriedOutAsOne() {
        // The first wake-up blocks the lane until a hundred further forces wait.
        CountDownLatch queued = new CountDownLatch(1);
        AtomicInteger wakeUps = new AtomicInteger();
        NioDisk disk = new NioDisk("lane", directories, () -> {
            wakeUps.incrementAndGet();
            awaitQuietly(queued);
        });
        disk.write(1, FILE, 0, ByteBuffer.allocate(1));
        disk.start();
        Polling.until("the lane has completed its first command", () -> wakeUps.get() == 1);
        for (int i = 0; i < 100; i++) {
            disk.write(1_000 + i, FILE, i, ByteBuffer.allocate(1));
            disk.force(2_000 + i, FILE);
        }
        List<Long> first = new ArrayList<>();
        disk.drainCompletions((ticket, outcome) -> first.add(ticket));
        queued.countDown();
        Polling.until("woken again", () -> wakeUps.get() == 2);
        List<Long> second = new ArrayList<>();
        disk.drainCompletions((ticket, outcome) -> second.add(ticket));
        disk.stop((ticket, outcome) -> {});

        assertThat(first).containsExactly(1L);
        assertThat(second).as("published together, so forced together").hasSize(200);
        assertThat(second.subList(0, 4)).containsExactly(1_000L, 2_000L, 1_001L, 2_001L);
    }

    @Test
    void aHungDiskIsNamedAndNotWaitedForAnyLonger() {
        ForceTimes times = new ServerCounters().forceTimes();
        NioDisk disk = new NioDisk("log-lane", directories, () -> {}, new ForceWatch(times, 1_000));
        List<Long> completed = new ArrayList<>();
        // Whoever holds this lock keeps the lane inside its force.
        synchronized (times) {
            disk.write(1, FILE, 0, ByteBuffer.allocate(1));
            disk.force(2, FILE);
            disk.start();
            Polling.until("the lane is inside its force", () -> isBlocked("log-lane"));
            assertThatThrownBy(() -> disk.stop((ticket, outcome) -> completed.add(ticket), 300_000_000))
                    .isInstanceOf(HungDisk.class)
                    .hasMessageContaining("log-lane has not returned from force ")
                    .hasMessageContaining(directory.resolve("version-2/log.1").toString())
                    .hasMessageContaining(" ms");
            assertThat(disk.hasEnded()).isFalse();
        }
        disk.stop((ticket, outcome) -> completed.add(ticket));
        assertThat(disk.hasEnded()).isTrue();
        assertThat(completed).containsExactly(1L, 2L);
    }

    private static boolean isBlocked(String threadName) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals(threadName) && thread.getState() == Thread.State.BLOCKED);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError("a lane is never interrupted", e);
        }
    }

    @Test
    void keepsManyFilesApart() throws IOException {
        TestLane lane = new TestLane(directories);
        for (int i = 0; i < 60; i++) {
            DiskFile file = DiskFile.log("log." + Integer.toHexString(i + 1));
            lane.disk().write(2L * i, file, 0, ByteBuffer.wrap(new byte[] {(byte) i}));
            lane.disk().force(2L * i + 1, file);
        }
        lane.disk().write(500, FILE, 1, ByteBuffer.wrap(new byte[] {77}));
        lane.stop();
        assertThat(Files.readAllBytes(directory.resolve("version-2/log.1"))).containsExactly(0, 77);
        assertThat(Files.readAllBytes(directory.resolve("version-2/log.3c"))).containsExactly(59);
    }

    @Test
    void aFailureNamesTheFileAndTheCause() throws IOException {
        Files.createDirectory(directory.resolve("version-2/log.1"));
        TestLane lane = new TestLane(directories);
        lane.disk().write(1, FILE, 0, ByteBuffer.allocate(1));
        List<DiskOutcome> outcomes = new ArrayList<>();
        lane.awaitCompletions((ticket, outcome) -> outcomes.add(outcome));
        lane.stop();
        assertThat(outcomes.get(0)).isInstanceOfSatisfying(DiskOutcome.Failed.class, failed -> {
            assertThat(failed.cause()).isEqualTo(DiskOutcome.Cause.IO_ERROR);
            assertThat(failed.message()).startsWith("write ").contains("version-2/log.1");
        });
    }

    @Test
    void tellsAFullDiskByTextOrBySpace() {
        assertThat(NoSpace.isCauseOf(new IOException("No space left on device"), directory, 0))
                .isTrue();
        assertThat(NoSpace.isCauseOf(new IOException("Disk quota exceeded"), directory, 0))
                .isTrue();
        assertThat(NoSpace.isCauseOf(new IOException("Kein Platz"), directory, Long.MAX_VALUE))
                .isTrue();
        assertThat(NoSpace.isCauseOf(new IOException("Input/output error"), directory, 1))
                .isFalse();
        assertThat(NoSpace.isCauseOf(new IOException(), directory, 1)).isFalse();
    }
}
