package io.quorate.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.base.NodePath;
import io.quorate.core.port.DiskFile;
import io.quorate.core.port.MemoryDisk;
import io.quorate.core.port.TicketSource;
import io.quorate.core.tree.DataTree;
import io.quorate.core.wire.Acl;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotWriterTest {

    private static final SnapshotOptions SMALL = new SnapshotOptions(200, 3, 4096);

    private final MemoryDisk disk = new MemoryDisk();
    private final TicketSource tickets = new TicketSource();
    private final SnapshotWriter writer = new SnapshotWriter(disk, tickets, SMALL);
    private final DataTree tree = Snapshots.sampleTree();

    private void begin() {
        writer.begin(tree.freeze(), Snapshots.SESSIONS);
    }

    private void finish() {
        while (writer.isActive()) {
            writer.endOfTurn();
            Snapshots.completeOne(disk, writer);
        }
    }

    @Test
    void changesMeanwhileDoNotShow() {
        List<String> before = Snapshots.listing(tree.freeze());
        SnapshotFile file = SnapshotFile.of(tree.lastZxid());
        begin();
        int i = 0;
        while (writer.isActive()) {
            writer.endOfTurn();
            i++;
            Snapshots.create(tree, "/new" + i, "n", List.of(new Acl(i % 31 + 1, "ip", "10.0.0." + i)), 0);
            tree.setAcl(NodePath.of("/empty"), Acl.READ_ONLY, i);
            tree.setData(NodePath.of("/container/ttl"), null, i, Snapshots.next(tree), new ArrayList<>());
            tree.delete(NodePath.of("/empty/secret/ephemeral"), Snapshots.next(tree), new ArrayList<>());
            Snapshots.completeOne(disk, writer);
        }
        assertThat(i).isGreaterThan(5);
        assertThat(writer.lastOutcome().isWritten()).isTrue();
        assertThat(writer.lastOutcome().file()).isEqualTo(file);
        byte[] bytes = disk.files.get(file.diskFile());
        assertThat(writer.lastOutcome().sizeBytes()).isEqualTo(bytes.length);
        assertThat(Snapshots.listing(Snapshots.read(file, bytes).tree().freeze()))
                .isEqualTo(before);
        assertThat(disk.files.keySet()).containsExactly(file.diskFile());
    }

    @Test
    void slicesAreBoundedInSizeAndNumber() {
        begin();
        for (int i = 0; i < 20; i++) {
            writer.endOfTurn();
        }
        // The deletion of a left-over, and three slices.
        assertThat(disk.waiting()).isEqualTo(4);
        assertThat(writer.lastOutcome()).isNull();
        finish();
        assertThat(disk.mostWaiting()).isEqualTo(4);
        assertThat(writer.lastOutcome().sizeBytes() / disk.carriedOut()).isLessThan(400);
    }

    @Test
    void neverLeavesMuchUnforced() {
        int nodes = 5 * SnapshotWriter.UNFORCED_BYTES / 3000;
        for (int i = 0; i < nodes; i++) {
            Snapshots.create(tree, "/large" + i, "x".repeat(3000), Acl.OPEN, 0);
        }
        begin();
        finish();

        int unforced = 0;
        for (String command : disk.commands) {
            unforced = command.startsWith("write") ? unforced + 1 : command.startsWith("force") ? 0 : unforced;
            assertThat(unforced).isLessThanOrEqualTo(SnapshotWriter.UNFORCED_BYTES / 3000 + 1);
        }
        assertThat(disk.commands.stream().filter(command -> command.startsWith("force")))
                .hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void leftOverOfACrashIsOverwritten() {
        SnapshotFile file = SnapshotFile.of(tree.lastZxid());
        disk.files.put(DiskFile.snapshot("tmp." + file.name()), new byte[100_000]);
        begin();
        finish();
        Snapshots.read(file, disk.files.get(file.diskFile()));
    }

    @Test
    void ticketsOfOthers() {
        assertThat(writer.onDiskCompleted(0, io.quorate.core.port.DiskOutcome.DONE))
                .isFalse();
        begin();
        assertThat(writer.onDiskCompleted(99, io.quorate.core.port.DiskOutcome.DONE))
                .isFalse();
        finish();
        assertThat(writer.onDiskCompleted(99, io.quorate.core.port.DiskOutcome.DONE))
                .isFalse();
    }

    /** Whichever command fails, no file is left and the next snapshot goes well. */
    @Test
    void failureOfAnyCommand() {
        begin();
        finish();
        int commands = disk.carriedOut();
        assertThat(commands).isGreaterThan(6);
        for (int failing = 1; failing <= commands; failing++) {
            MemoryDisk failingDisk = new MemoryDisk();
            failingDisk.failingNumber = failing;
            SnapshotWriter failingWriter = new SnapshotWriter(failingDisk, tickets, SMALL);
            failingWriter.begin(tree.freeze(), Snapshots.SESSIONS);
            while (failingWriter.isActive()) {
                failingWriter.endOfTurn();
                failingWriter.endOfTurn();
                Snapshots.completeOne(failingDisk, failingWriter);
            }
            SnapshotOutcome outcome = failingWriter.lastOutcome();
            assertThat(outcome.isWritten()).as("command %d", failing).isFalse();
            assertThat(outcome.failure().message()).startsWith("no space for ");
            assertThat(failingDisk.files.keySet()).isEmpty();
            assertThat(failingDisk.waiting()).isZero();
            failingWriter.begin(tree.freeze(), Snapshots.SESSIONS);
            while (failingWriter.isActive()) {
                failingWriter.endOfTurn();
                Snapshots.completeOne(failingDisk, failingWriter);
            }
            assertThat(failingWriter.lastOutcome().isWritten()).isTrue();
            assertThat(failingDisk.files.keySet()).hasSize(1);
        }
    }
}
