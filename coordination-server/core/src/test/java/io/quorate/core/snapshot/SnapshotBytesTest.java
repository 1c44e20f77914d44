package io.quorate.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.snapshot.LoadedSnapshot.DigestCheck;
import io.quorate.core.tree.DataTree;
import io.quorate.core.tree.Slice;
import io.quorate.core.tree.StoredStat;
import io.quorate.core.tree.TreeLoader;
import io.quorate.core.wire.WireReader;
import io.quorate.core.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Adler32;
import org.junit.jupiter.api.Test;

/** The one-node snapshot of quorum protocol, appendix A, and the forms of the trailers. */
class SnapshotBytesTest {

    private static final long ZXID = 0x100000001L;
    private static final int BODY_BYTES = 105;
    private static final SnapshotFile FILE = SnapshotFile.of(ZXID);
    private static final byte[] VECTOR = HexFormat.of()
            .parseHex("5a4b534e 00000002 ffffffffffffffff 00000000 00000000 00000000 00000000 ffffffffffffffff"
                            .replace(" ", "")
                    + "0000000000000000".repeat(4)
                    + "00000000".repeat(3)
                    + "0000000000000000".repeat(2)
                    + "00000001 2f 00000000986c1169 00000001 2f 0000000100000001 00000002 0000000004128908"
                            .replace(" ", "")
                    + "00000000062013c2 00000001 2f 0000000100000001 00000000b4ef14ef 00000001 2f".replace(" ", ""));

    private static DataTree oneNode() {
        TreeLoader loader = new TreeLoader(Snapshots.KINDS);
        StoredStat zero = StoredStat.readFrom(new WireReader(ByteBuffer.allocate(StoredStat.BYTES)));
        loader.node(new Slice(new byte[0], 0, 0), new Slice(new byte[0], 0, 0), -1, zero);
        return loader.finish(ZXID);
    }

    @Test
    void writtenAsInTheSpecification() {
        assertThat(VECTOR).hasSize(172);
        assertThat(Snapshots.bytesOf(oneNode().freeze(), List.of())).isEqualTo(VECTOR);
    }

    @Test
    void readAsInTheSpecification() {
        LoadedSnapshot loaded = Snapshots.read(FILE, VECTOR);
        assertThat(loaded.tree().nodeCount()).isEqualTo(1);
        assertThat(loaded.tree().digest()).isEqualTo(68_323_592L).isEqualTo(loaded.digest());
        assertThat(loaded.zxid()).isEqualTo(ZXID).isEqualTo(loaded.digestZxid());
        assertThat(loaded.digestCheck()).isEqualTo(DigestCheck.MATCHES);
        assertThat(loaded.sessions()).isEmpty();
    }

    @Test
    void withoutTrailers() {
        LoadedSnapshot loaded = Snapshots.read(FILE, sealed(BODY_BYTES));
        assertThat(loaded.digestCheck()).isEqualTo(DigestCheck.ABSENT);
        assertThat(loaded.tree().nodeCount()).isEqualTo(1);
    }

    @Test
    void withLastZxidOnly() {
        byte[] bytes = sealed(BODY_BYTES, w -> w.writeLong(ZXID));
        assertThat(bytes).hasSize(BODY_BYTES + 13 + 21);
        assertThat(Snapshots.read(FILE, bytes).digestCheck()).isEqualTo(DigestCheck.ABSENT);
    }

    @Test
    void withDigestOnly() {
        byte[] bytes = sealed(BODY_BYTES, w -> w.writeLong(ZXID).writeInt(2).writeLong(68_323_592L));
        assertThat(bytes).isEqualTo(Arrays.copyOf(VECTOR, BODY_BYTES + 13 + 33));
        assertThat(Snapshots.read(FILE, bytes).digestCheck()).isEqualTo(DigestCheck.MATCHES);
    }

    @Test
    void oldDigestIsTolerated() {
        byte[] both =
                sealed(BODY_BYTES, w -> w.writeLong(ZXID).writeInt(1).writeString("1a2b3c"), w -> w.writeLong(ZXID));
        assertThat(Snapshots.read(FILE, both).digestCheck()).isEqualTo(DigestCheck.ABSENT);
        byte[] alone = sealed(BODY_BYTES, w -> w.writeLong(ZXID).writeInt(1).writeString(""));
        assertThat(Snapshots.read(FILE, alone).digestCheck()).isEqualTo(DigestCheck.ABSENT);
    }

    @Test
    void digestThatSaysSomethingElse() {
        assertThat(check(ZXID, 1)).isEqualTo(DigestCheck.DIFFERS);
        assertThat(check(ZXID + 1, 1)).isEqualTo(DigestCheck.PENDING);
        assertThat(check(ZXID - 1, 1)).isEqualTo(DigestCheck.ABSENT);
        assertThat(check(0, 0)).isEqualTo(DigestCheck.ABSENT);
    }

    private static DigestCheck check(long zxid, long digest) {
        byte[] bytes = sealed(BODY_BYTES, w -> w.writeLong(zxid).writeInt(2).writeLong(digest), w -> w.writeLong(ZXID));
        LoadedSnapshot loaded = Snapshots.read(FILE, bytes);
        boolean usable = loaded.digestCheck() != DigestCheck.ABSENT;
        assertThat(loaded.digestZxid()).isEqualTo(usable ? zxid : 0);
        assertThat(loaded.digest()).isEqualTo(usable ? digest : 0);
        return loaded.digestCheck();
    }

    @Test
    void trailersOfAnotherLength() {
        byte[] bytes = sealed(BODY_BYTES, w -> w.writeLong(ZXID).writeLong(1));
        assertThatThrownBy(() -> Snapshots.read(FILE, bytes)).isInstanceOf(CorruptSnapshot.class);
        byte[] longer = Arrays.copyOf(VECTOR, VECTOR.length + 1);
        assertThatThrownBy(() -> Snapshots.read(FILE, longer))
                .isInstanceOf(CorruptSnapshot.class)
                .hasMessage("snapshot:snapshot.100000001 at byte 151: 22 bytes too many at the end");
    }

    @Test
    void damageIsFoundWhereItIs() {
        byte[] bytes = VECTOR.clone();
        bytes[27] = 5;
        assertThatThrownBy(() -> Snapshots.read(FILE, bytes))
                .isInstanceOfSatisfying(CorruptSnapshot.class, corrupt -> {
                    assertThat(corrupt.offset()).isEqualTo(24);
                    assertThat(corrupt.file()).isEqualTo(FILE.diskFile());
                })
                .hasMessageStartingWith("snapshot:snapshot.100000001 at byte 24: '");
    }

    /** A part of a file. */
    private interface Trailer {
        void writeTo(WireWriter out);
    }

    /** The vector's first bytes, a seal, and each trailer with its seal. */
    private static byte[] sealed(int length, Trailer... trailers) {
        WireWriter out = new WireWriter(256);
        out.writeRaw(VECTOR, 0, length);
        seal(out);
        for (Trailer trailer : trailers) {
            trailer.writeTo(out);
            seal(out);
        }
        return out.toByteArray();
    }

    private static void seal(WireWriter out) {
        Adler32 sum = new Adler32();
        sum.update(out.written());
        out.writeLong(sum.getValue()).writeString("/");
    }
}
