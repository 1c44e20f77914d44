package io.quorate.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.port.MemoryDisk;
import io.quorate.core.port.TicketSource;
import io.quorate.core.tree.DataTree;
import io.quorate.core.wire.Acl;
import io.quorate.core.wire.WireWriter;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class SnapshotIntakeTest {

    private static final int NODE_BYTES = 3000;
    private static final int LARGE = 5 * SnapshotWriter.UNFORCED_BYTES;

    private final MemoryDisk disk = new MemoryDisk();
    private final DataTree tree = Snapshots.sampleTree();

    @Test
    void theFileIsWhatTheLeaderHas() {
        SnapshotIntake intake = received();

        assertThat(Snapshots.listing(intake.tree().freeze())).isEqualTo(Snapshots.listing(tree.freeze()));
        SnapshotFile file = intake.file();
        assertThat(file.zxid()).isEqualTo(tree.lastZxid());
        assertThat(disk.files.keySet()).containsExactly(file.diskFile());
        assertThat(Snapshots.listing(Snapshots.read(file, disk.files.get(file.diskFile()))
                        .tree()
                        .freeze()))
                .isEqualTo(Snapshots.listing(tree.freeze()));
    }

    @Test
    void neverLeavesMuchUnforced() {
        for (int i = 0; i < LARGE / NODE_BYTES; i++) {
            Snapshots.create(tree, "/large" + i, "x".repeat(NODE_BYTES), Acl.OPEN, 0);
        }
        received();

        int sliceBytes = 256 << 10;
        int unforced = 0;
        for (String command : disk.commands) {
            unforced = command.startsWith("write") ? unforced + 1 : command.startsWith("force") ? 0 : unforced;
            assertThat(unforced).isLessThanOrEqualTo(SnapshotWriter.UNFORCED_BYTES / sliceBytes);
        }
        assertThat(disk.commands.stream().filter(command -> command.startsWith("force")))
                .hasSizeGreaterThanOrEqualTo(5);
    }

    /** Receives the whole tree, as much at a time as the disk lets it. */
    private SnapshotIntake received() {
        WireWriter out = new WireWriter(2 * LARGE);
        new SnapshotEncoder(tree.freeze(), Snapshots.SESSIONS).encode(out, Integer.MAX_VALUE);
        out.writeString(SnapshotIntake.SIGNATURE);
        ByteBuffer stream = out.written();
        SnapshotIntake intake = new SnapshotIntake(disk, new TicketSource(), Snapshots.KINDS, tree.lastZxid());
        while (!intake.isDurable()) {
            intake.accept(stream);
            assertThat(disk.completeOne((ticket, outcome) -> assertThat(intake.onDiskCompleted(ticket, outcome))
                            .as("ticket recognised")
                            .isTrue()))
                    .as("a command waits")
                    .isTrue();
        }
        assertThat(stream.hasRemaining()).isFalse();
        return intake;
    }
}
