package io.quorate.core.txn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.base.NodePath;
import io.quorate.core.wire.Acl;
import io.quorate.core.wire.ErrorCode;
import io.quorate.core.wire.MalformedRecord;
import io.quorate.core.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Quorum protocol 8.1 to 8.4 and appendix A7. */
class TxnCodecTest {

    private static final String HEADER = "00000000000000070000000300000001000000020000000000000004";
    private static final NodePath PATH = NodePath.of("/ü");
    private static final byte[] DATA = {1, 2, 3};
    private static final List<Acl> ACL = List.of(new Acl(31, "digest", "u:h"), new Acl(1, "world", "anyone"));

    static final List<TxnBody> INSIDE_MULTI = List.of(
            new TxnBody.Create(TxnType.CREATE, PATH, DATA, ACL, true, 9),
            new TxnBody.Create(TxnType.CREATE2, PATH, null, ACL, false, 0),
            new TxnBody.Create(TxnType.CREATE2, PATH, new byte[0], List.of(), false, Integer.MIN_VALUE),
            new TxnBody.CreateContainer(PATH, DATA, ACL, 1),
            new TxnBody.CreateTtl(PATH, null, ACL, 1, (1L << 40) - 1),
            new TxnBody.Delete(PATH),
            new TxnBody.DeleteContainer(PATH),
            new TxnBody.SetData(PATH, DATA, 8),
            new TxnBody.SetData(PATH, null, -1),
            new TxnBody.Check(PATH, 5),
            new TxnBody.Failed(ErrorCode.NO_NODE));

    static final List<TxnBody> TOP_LEVEL = List.of(
            INSIDE_MULTI.get(0),
            INSIDE_MULTI.get(1),
            INSIDE_MULTI.get(2),
            INSIDE_MULTI.get(3),
            INSIDE_MULTI.get(4),
            INSIDE_MULTI.get(5),
            INSIDE_MULTI.get(6),
            INSIDE_MULTI.get(7),
            INSIDE_MULTI.get(8),
            new TxnBody.Failed(-101),
            new TxnBody.Reconfig(NodePath.of("/zookeeper/config"), DATA, 3),
            new TxnBody.SetAcl(PATH, ACL, 2),
            new TxnBody.CreateSession(30_000),
            new TxnBody.CloseSession(List.of()),
            new TxnBody.CloseSession(List.of(PATH)),
            new TxnBody.CloseSession(List.of(PATH, NodePath.of("/b"))),
            new TxnBody.CloseSession(null),
            new TxnBody.Multi(List.of()),
            new TxnBody.Multi(INSIDE_MULTI));

    private static byte[] encode(Txn txn) {
        WireWriter out = new WireWriter(16);
        TxnCodec.write(txn, out);
        return out.toByteArray();
    }

    private static Txn decode(String hex) {
        return TxnCodec.read(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))));
    }

    @ParameterizedTest
    @FieldSource("TOP_LEVEL")
    void everyTypeComesBack(TxnBody body) {
        for (Long digest : new Long[] {null, 0L, -1L, 0x1c16a8c28L}) {
            Txn txn = new Txn(-5, 3, Zxid.of(1, 2), 1_700_000_000_000L, body, digest);
            Txn read = TxnCodec.read(ByteBuffer.wrap(encode(txn)));
            assertThat(read).usingRecursiveComparison().withStrictTypeChecking().isEqualTo(txn);
        }
    }

    @ParameterizedTest
    @FieldSource("TOP_LEVEL")
    void noCutReadsAsTheWhole(TxnBody body) {
        Txn txn = new Txn(7, 3, 0x1_0000_0002L, 4, body, 77L);
        byte[] bytes = encode(txn);
        int bodyEnd = bytes.length - 12;
        for (int length = 0; length < bytes.length; length++) {
            ByteBuffer cut = ByteBuffer.wrap(bytes, 0, length);
            if (isWholeInItself(body, length, bodyEnd)) {
                continue;
            }
            if (length >= bodyEnd) {
                assertThat(TxnCodec.read(cut).digest()).isNull();
            } else {
                assertThatThrownBy(() -> TxnCodec.read(cut)).isInstanceOf(MalformedRecord.class);
            }
        }
    }

    /** Old creates lack the last int, old closeSessions the whole record: some cuts look like these. */
    private static boolean isWholeInItself(TxnBody body, int length, int bodyEnd) {
        int rest = length - 32;
        return body instanceof TxnBody.Create && length >= bodyEnd - Integer.BYTES && length < bodyEnd
                || body instanceof TxnBody.CloseSession close
                        && rest >= 0
                        && (close.paths() == null || rest < Integer.BYTES || rest == 12);
    }

    @Test
    void matchesTheRecordOfTheAppendix() {
        String hex = "001000abcdef0000 00000001 0000000100000001 0000018bcfe56800 00000001 00000002 2f61 00000001 78"
                + " 00000001 0000001f 00000005 776f726c64 00000006 616e796f6e65 00 00000001 00000002 00000001c16a8c28";
        Txn expected = new Txn(
                0x1000abcdef0000L,
                1,
                0x1_0000_0001L,
                1_700_000_000_000L,
                new TxnBody.Create(TxnType.CREATE, NodePath.of("/a"), new byte[] {'x'}, Acl.OPEN, false, 1),
                7_539_952_680L);
        assertThat(decode(hex)).usingRecursiveComparison().isEqualTo(expected);
        assertThat(encode(expected)).isEqualTo(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000000d", "00000000", "00000003", "00000016", "fffffff4", "7fffffff"})
    void refusesUnknownTypes(String type) {
        assertThatThrownBy(() -> decode(HEADER + type + "000000022f6100000001")).isInstanceOf(MalformedRecord.class);
    }

    @Test
    void readsTheCreateWithoutAParentVersion() {
        Txn txn = decode(HEADER + "00000001" + "000000022f61" + "ffffffff" + "00000000" + "01");
        assertThat(txn.body())
                .usingRecursiveComparison()
                .isEqualTo(new TxnBody.Create(TxnType.CREATE, NodePath.of("/a"), null, List.of(), true, -1));
        assertThat(txn.digest()).isNull();
    }

    @Test
    void tellsADigestFromAListOfEphemerals() {
        String close = HEADER + "fffffff5";
        Txn digestOnly = decode(close + "00000002" + "0000000000000005");
        assertThat(digestOnly.body()).isEqualTo(new TxnBody.CloseSession(null));
        assertThat(digestOnly.digest()).isEqualTo(5);

        Txn onePath = decode(close + "00000001" + "000000042f616263");
        assertThat(onePath.body()).isEqualTo(new TxnBody.CloseSession(List.of(NodePath.of("/abc"))));
        assertThat(onePath.digest()).isNull();

        Txn both = decode(close + "00000002" + "000000022f61" + "000000022f62" + "00000002" + "0000000000000005");
        assertThat(both.body()).isEqualTo(new TxnBody.CloseSession(List.of(NodePath.of("/a"), NodePath.of("/b"))));
        assertThat(both.digest()).isEqualTo(5);

        assertThat(decode(close).body()).isEqualTo(new TxnBody.CloseSession(null));
    }

    @Test
    void ignoresTrailingBytes() {
        String delete = HEADER + "00000002" + "000000022f61";
        assertThat(decode(delete + "0000000200000000000000050abcdef0").digest()).isEqualTo(5);
        assertThat(decode(delete + "0000000200000000000000").digest()).isNull();
        assertThat(decode(delete + "000000010000000000000005").digest())
                .as("another version")
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000001 00000007 0000000e 000000022f61 00000000 00000001", // setACL
                "00000001 0000000e 00000004 00000000", // multi
                "00000001 fffffff6 00000004 00000001", // createSession
                "00000001 00000002 ffffffff", // null record
                "00000001 00000002 00000004 000000022f61", // the record ends early
                "00000002 ffffffff 00000004 ffffff9b", // one of two
                "7fffffff"
            })
    void refusesWhatNoMultiHolds(String parts) {
        assertThatThrownBy(() -> decode(HEADER + "0000000e" + parts)).isInstanceOf(MalformedRecord.class);
    }

    @Test
    void multiHoldsTypedRecords() {
        Txn txn = decode(
                HEADER + "0000000e" + "00000002" + "00000002 00000006 000000022f61" + "ffffffff 00000004 fffffffe");
        assertThat(txn.body())
                .isEqualTo(new TxnBody.Multi(List.of(
                        new TxnBody.Delete(NodePath.of("/a")), new TxnBody.Failed(ErrorCode.RUNTIME_INCONSISTENCY))));
    }
}
