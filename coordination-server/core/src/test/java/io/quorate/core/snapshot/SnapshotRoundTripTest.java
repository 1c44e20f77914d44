package io.quorate.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.snapshot.LoadedSnapshot.DigestCheck;
import io.quorate.core.snapshot.SnapshotFile.Compression;
import io.quorate.core.tree.DataTree;
import io.quorate.core.wire.Acl;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class SnapshotRoundTripTest {

    private final DataTree tree = Snapshots.sampleTree();
    private final SnapshotFile file = SnapshotFile.of(tree.lastZxid());
    private final SnapshotFile packedFile = new SnapshotFile(tree.lastZxid(), Compression.GZIP, file.name() + ".gz");

    private byte[] bytes() {
        return Snapshots.bytesOf(tree.freeze(), Snapshots.SESSIONS);
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        } catch (IOException cannotBe) {
            throw new AssertionError(cannotBe);
        }
        return packed.toByteArray();
    }

    private void assertIsTheTree(LoadedSnapshot loaded) {
        assertThat(Snapshots.listing(loaded.tree().freeze())).isEqualTo(Snapshots.listing(tree.freeze()));
        assertThat(loaded.sessions()).isEqualTo(Snapshots.SESSIONS);
        assertThat(loaded.digestCheck()).isEqualTo(DigestCheck.MATCHES);
        assertThat(loaded.tree().ephemeralsOf(0x0100000000000001L)).hasSize(1);
        assertThat(loaded.tree().containerCount()).isEqualTo(1);
        assertThat(loaded.tree().ttlNodeCount()).isEqualTo(1);
        assertThat(loaded.tree().dataBytes()).isEqualTo(tree.dataBytes());
    }

    @Test
    void plain() {
        assertIsTheTree(Snapshots.read(file, bytes()));
    }

    @Test
    void gzip() {
        assertIsTheTree(Snapshots.read(packedFile, gzip(bytes())));
    }

    /** As the gzip program writes it: with the name of the file in the header. */
    @Test
    void gzipWithEveryHeaderField() {
        byte[] packed = gzip(bytes());
        byte[] fields = {2, 0, 'e', 'x', 'n', 'a', 'm', 'e', 0, 'c', 0, 1, 2};
        byte[] full = Arrays.copyOf(packed, packed.length + fields.length);
        full[3] = 2 | 4 | 8 | 16;
        System.arraycopy(fields, 0, full, 10, fields.length);
        System.arraycopy(packed, 10, full, 10 + fields.length, packed.length - 10);
        assertIsTheTree(Snapshots.read(packedFile, full));
    }

    @Test
    void elementsLongerThanTheWindow() {
        Snapshots.create(tree, "/large", "x".repeat(3_000_000), Acl.OPEN, 0);
        LoadedSnapshot loaded = Snapshots.read(SnapshotFile.of(tree.lastZxid()), bytes());
        assertThat(Snapshots.listing(loaded.tree().freeze())).isEqualTo(Snapshots.listing(tree.freeze()));
        Snapshots.create(tree, "/larger", "x".repeat(9_000_000), Acl.OPEN, 0);
        assertThatThrownBy(() -> Snapshots.read(SnapshotFile.of(tree.lastZxid()), bytes()))
                .isInstanceOf(CorruptSnapshot.class)
                .hasMessageContaining("longer than 8388608 bytes");
    }

    @Test
    void cutAnywhere() {
        byte[] bytes = bytes();
        for (int length = 0; length < bytes.length; length++) {
            // What is left then is a whole file without the trailers that older servers do not write.
            boolean whole = length == bytes.length - 21 || length == bytes.length - 54;
            if (!whole) {
                assertRefused(file, Arrays.copyOf(bytes, length), "cut at " + length);
            }
        }
    }

    @Test
    void everyFlippedBit() {
        byte[] bytes = bytes();
        for (int i = 0; i < bytes.length * 8; i++) {
            bytes[i / 8] ^= (byte) (1 << i % 8);
            assertRefused(file, bytes, "bit " + i);
            bytes[i / 8] ^= (byte) (1 << i % 8);
        }
        assertIsTheTree(Snapshots.read(file, bytes));
    }

    @Test
    void damagedGzip() {
        byte[] packed = gzip(bytes());
        for (int length = 0; length < packed.length; length++) {
            assertRefused(packedFile, Arrays.copyOf(packed, length), "cut at " + length);
        }
        assertRefused(packedFile, Arrays.copyOf(packed, packed.length + 1), "a byte more");
        int refused = 0;
        for (int i = 10; i < packed.length; i++) {
            packed[i] ^= 0x10;
            refused += refusedOrUnharmed(packed, "byte " + i);
            packed[i] ^= 0x10;
        }
        assertThat(refused).isGreaterThan(packed.length * 9 / 10);
    }

    /** Some bits of the packing mean nothing, such as those that fill up its last byte. */
    private int refusedOrUnharmed(byte[] packed, String what) {
        try {
            assertIsTheTree(Snapshots.read(packedFile, packed));
            return 0;
        } catch (CorruptSnapshot refused) {
            assertThat(refused).as(what).hasMessageStartingWith("snapshot:" + packedFile.name() + " at byte ");
            return 1;
        }
    }

    private static void assertRefused(SnapshotFile file, byte[] bytes, String what) {
        assertThatThrownBy(() -> Snapshots.read(file, bytes))
                .as(what)
                .isInstanceOf(CorruptSnapshot.class)
                .hasMessageMatching("snapshot:" + file.name() + " at byte \\d+: .+");
    }
}
