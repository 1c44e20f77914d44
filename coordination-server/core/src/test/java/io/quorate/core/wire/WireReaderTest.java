package io.quorate.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.base.NodePath;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Client protocol 1.1, quorum protocol 0.1. */
class WireReaderTest {

    static final List<Arguments> PRIMITIVES = List.of(
            row("bool", "01", WireReader::readBool, true),
            row("bool", "00", WireReader::readBool, false),
            row("bool", "80", WireReader::readBool, true),
            row("int", "fffffffe", WireReader::readInt, -2),
            row("long", "0102030405060708", WireReader::readLong, 0x0102030405060708L),
            row("buffer", "00000002ff00", WireReader::readBuffer, new byte[] {-1, 0}),
            row("empty buffer", "00000000", WireReader::readBuffer, new byte[0]),
            row("null buffer", "ffffffff", WireReader::readBuffer, null),
            row("string", "00000003c3bc61", WireReader::readString, "üa"),
            row("empty string", "00000000", WireReader::readString, ""),
            row("null string", "ffffffff", WireReader::readString, null),
            row("malformed string", "00000002ff61", WireReader::readString, "\ufffda"),
            row("text", "0000000161", WireReader::readText, "a"),
            row("path", "000000022f61", WireReader::readPath, NodePath.of("/a")),
            row("path or null", "000000022f61", WireReader::readPathOrNull, NodePath.of("/a")),
            row("null path", "ffffffff", WireReader::readPathOrNull, null),
            row("acl", "00000001 0000001f 00000005 776f726c64 00000006 616e796f6e65", Acl::readList, Acl.OPEN),
            row("null in acl", "00000001 00000001 ffffffff ffffffff", Acl::readList, List.of(new Acl(1, null, null))),
            row("empty acl", "00000000", Acl::readList, List.of()),
            row("negative acl", "fffffff0", Acl::readList, List.of()),
            row("null acl", "ffffffff", Acl::readList, null));

    private static Arguments row(String name, String hex, Function<WireReader, Object> read, Object expected) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        return Arguments.of(Named.of(name, bytes), read, expected);
    }

    @ParameterizedTest
    @FieldSource("PRIMITIVES")
    void reads(byte[] bytes, Function<WireReader, Object> read, Object expected) {
        WireReader in = new WireReader(ByteBuffer.wrap(bytes));
        assertThat(read.apply(in)).isEqualTo(expected);
        assertThat(in.remaining()).isZero();
    }

    @ParameterizedTest
    @FieldSource("PRIMITIVES")
    void leavesWhatFollows(byte[] bytes, Function<WireReader, Object> read, Object expected) {
        ByteBuffer longer = ByteBuffer.allocate(bytes.length + 3).put(bytes).rewind();
        WireReader in = new WireReader().over(longer);
        assertThat(read.apply(in)).isEqualTo(expected);
        assertThat(in.remaining()).isEqualTo(3);
    }

    @ParameterizedTest
    @FieldSource("PRIMITIVES")
    void refusesEveryCut(byte[] bytes, Function<WireReader, Object> read, Object expected) {
        for (int length = 0; length < bytes.length; length++) {
            WireReader in = new WireReader(ByteBuffer.wrap(bytes, 0, length));
            assertThatThrownBy(() -> read.apply(in)).isInstanceOf(MalformedRecord.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fffffffe00", "8000000000", "7fffffff00", "0000000200"})
    void refusesLengthsThatCannotBe(String hex) {
        WireReader in = new WireReader(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
        assertThatThrownBy(in::readBuffer).isInstanceOf(MalformedRecord.class);
    }

    @Test
    void aHugeCountCostsNoMemory() {
        WireReader in = new WireReader(ByteBuffer.wrap(HexFormat.of().parseHex("7fffffff00000001ffffffffffffffff")));
        assertThatThrownBy(() -> Acl.readList(in)).isInstanceOf(MalformedRecord.class);
    }

    @Test
    void refusesNullWhereSomethingIsRequired() {
        byte[] none = HexFormat.of().parseHex("ffffffff");
        assertThatThrownBy(() -> new WireReader(ByteBuffer.wrap(none)).readPath())
                .isInstanceOf(MalformedRecord.class);
        assertThatThrownBy(() -> new WireReader(ByteBuffer.wrap(none)).readText())
                .isInstanceOf(MalformedRecord.class);
    }

    @ParameterizedTest
    @CsvSource({"ffffffff,-1", "fffffffe,0", "80000000,0", "00000000,0", "00000007,7"})
    void onlyMinusOneCountsAsNull(String hex, int count) {
        assertThat(new WireReader(ByteBuffer.wrap(HexFormat.of().parseHex(hex))).readCount())
                .isEqualTo(count);
    }
}
