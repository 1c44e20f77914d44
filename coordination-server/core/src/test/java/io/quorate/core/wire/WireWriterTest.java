package io.quorate.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.base.NodePath;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class WireWriterTest {

    private static String hex(WireWriter out) {
        return HexFormat.of().formatHex(out.toByteArray());
    }

    @Test
    void writesPrimitivesBigEndian() {
        WireWriter out = new WireWriter(0);
        out.writeByte(0x1ff).writeBool(true).writeBool(false).writeInt(-2).writeLong(0x0102030405060708L);
        assertThat(hex(out)).isEqualTo("ff0100fffffffe0102030405060708");
    }

    @Test
    void tellsNullFromEmpty() {
        WireWriter out = new WireWriter(4);
        out.writeBuffer(null).writeBuffer(new byte[0]).writeString(null).writeString("");
        assertThat(hex(out)).isEqualTo("ffffffff00000000ffffffff00000000");
    }

    @Test
    void writesTextAsStandardUtf8() {
        WireWriter out = new WireWriter(1).writeString("ü\ud83d\ude00").writePath(NodePath.of("/ü"));
        assertThat(hex(out)).isEqualTo("00000006" + "c3bc" + "f09f9880" + "00000003" + "2fc3bc");
    }

    @Test
    void growsWithoutLosingAnything() {
        WireWriter out = new WireWriter(1);
        for (int i = 0; i < 10_000; i++) {
            out.writeInt(i);
        }
        ByteBuffer written = out.written();
        assertThat(written.remaining()).isEqualTo(40_000).isEqualTo(out.size());
        for (int i = 0; i < 10_000; i++) {
            assertThat(written.getInt()).isEqualTo(i);
        }
    }

    @Test
    void fillsInWhatIsKnownLater() {
        WireWriter out = new WireWriter(16).writeInt(0).writeLong(0).writeByte(7);
        out.setInt(0, 5);
        out.setLong(4, -1);
        assertThat(hex(out)).isEqualTo("00000005ffffffffffffffff07");
    }

    @Test
    void writesRawBytesWithoutALength() {
        ByteBuffer source = ByteBuffer.wrap(new byte[] {1, 2, 3, 4}).position(2);
        WireWriter out = new WireWriter(1).writeRaw(new byte[] {9, 8, 7}, 1, 2).writeRaw(source);
        assertThat(hex(out)).isEqualTo("08070304");
    }

    @Test
    void clearForgetsTheLastMessage() {
        WireWriter out = new WireWriter(8).writeLong(1);
        out.clear();
        assertThat(out.size()).isZero();
        assertThat(hex(out.writeByte(5))).isEqualTo("05");
    }

    @Test
    void writesAclsAndStats() {
        WireWriter out = new WireWriter(8);
        Acl.writeList(out, Acl.OPEN);
        assertThat(hex(out)).isEqualTo("00000001" + "0000001f" + "00000005776f726c64" + "00000006616e796f6e65");
        out.clear();
        new Stat(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11).writeTo(out);
        assertThat(hex(out))
                .isEqualTo("0000000000000001" + "0000000000000002" + "0000000000000003" + "0000000000000004"
                        + "00000005" + "00000006" + "00000007" + "0000000000000008" + "00000009" + "0000000a"
                        + "000000000000000b");
    }
}
