package io.quorate.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.snapshot.SnapshotFile.Compression;
import io.quorate.core.tree.DataTree;
import io.quorate.core.wire.Acl;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.SnappyOutputStream;

/** Snapshots as Apache ZooKeeper packs them with {@code snapshot.compression.method=snappy}. */
class SnappySnapshotTest {

    private static final int PACKING_HEADER_BYTES = 16;

    private final DataTree tree = Snapshots.sampleTree();

    private SnapshotFile file() {
        return new SnapshotFile(
                tree.lastZxid(),
                Compression.SNAPPY,
                SnapshotFile.of(tree.lastZxid()).name() + ".snappy");
    }

    private byte[] packed(int blockBytes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (SnappyOutputStream out = new SnappyOutputStream(bytes, blockBytes)) {
            out.write(Snapshots.bytesOf(tree.freeze(), Snapshots.SESSIONS));
        } catch (IOException cannotBe) {
            throw new AssertionError(cannotBe);
        }
        return bytes.toByteArray();
    }

    @Test
    @DisplayName("a snapshot reads the same whatever the size of its blocks")
    void blocksOfAnySize() {
        Snapshots.create(tree, "/runs", "ab".repeat(200_000), Acl.OPEN, 0);
        Snapshots.create(tree, "/numbers", numbers(), Acl.OPEN, 0);
        for (int blockBytes : new int[] {1024, 32 << 10, 1 << 20}) {
            LoadedSnapshot loaded = Snapshots.read(file(), packed(blockBytes));
            assertThat(Snapshots.listing(loaded.tree().freeze()))
                    .as("blocks of %d bytes", blockBytes)
                    .isEqualTo(Snapshots.listing(tree.freeze()));
            assertThat(loaded.sessions()).isEqualTo(Snapshots.SESSIONS);
        }
    }

    private static String numbers() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            text.append(Integer.toHexString(i * 0x9E3779B9));
        }
        return text.toString();
    }

    @Test
    @DisplayName("a file cut anywhere is refused")
    void cutAnywhere() {
        byte[] whole = packed(1024);
        for (int size = 0; size < whole.length; size++) {
            byte[] cut = Arrays.copyOf(whole, size);
            assertThatThrownBy(() -> Snapshots.read(file(), cut))
                    .as("cut at %d", size)
                    .isInstanceOf(CorruptSnapshot.class);
        }
    }

    /** A copy that is taken from another place where the same bytes stand is no damage. */
    @Test
    @DisplayName("a flipped bit is refused, unless it changes nothing of what is unpacked")
    void flippedAnywhere() {
        byte[] whole = packed(1024);
        int refused = 0;
        for (int at = PACKING_HEADER_BYTES; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << at % 8);
            try {
                LoadedSnapshot loaded = Snapshots.read(file(), damaged);
                assertThat(Snapshots.listing(loaded.tree().freeze()))
                        .as("flipped at %d", at)
                        .isEqualTo(Snapshots.listing(tree.freeze()));
            } catch (CorruptSnapshot corrupt) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan((whole.length - PACKING_HEADER_BYTES) * 9 / 10);
    }
}
