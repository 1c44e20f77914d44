package io.quorate.core.wire.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.wire.MalformedRecord;
import io.quorate.core.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The vectors of quorum protocol, appendix A, and what is no packet. */
class PeerVectorsTest {

    private static final int MAX = 1 << 20;
    private static final String CONFIG = "server.1=127.0.0.1:2888:3888:participant;0.0.0.0:2181\nversion=0";

    private static String hex(QuorumPacket packet) {
        WireWriter out = new WireWriter(64);
        packet.writeTo(out);
        return HexFormat.of().formatHex(out.toByteArray());
    }

    private static String bare(String spaced) {
        return spaced.replace(" ", "");
    }

    @Test
    void handshakeA1() {
        byte[] bytes = new ElectionHandshake(1, List.of(new ElectionHandshake.Address("127.0.0.1", 3888))).toBytes();
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo(bare("ffffffffffff0000 0000000000000001 0000000e 3132372e302e302e313a33383838"));
    }

    @Test
    void notificationA2() {
        WireWriter out = new WireWriter(128);
        Notification sent = new Notification(PeerState.LOOKING, 1, 0, 1, 0, Notification.VERSION, CONFIG);
        sent.writeTo(out);
        assertThat(out.size()).isEqualTo(0x6b);
        assertThat(HexFormat.of().formatHex(out.toByteArray()))
                .startsWith(bare("00000000 0000000000000001 0000000000000000 0000000000000001 0000000000000000 00000002"
                        + " 0000003f"));
        assertThat(Notification.read(out.written())).isEqualTo(sent);
    }

    @Test
    void shortNotificationsAreIgnoredAndOldOnesRead() {
        WireWriter out = new WireWriter(128);
        new Notification(PeerState.LEADING, 3, 0x2_0000_0005L, 7, 2, Notification.VERSION, CONFIG).writeTo(out);
        byte[] whole = out.toByteArray();
        for (int length = 0; length < whole.length; length++) {
            Notification read = Notification.read(ByteBuffer.wrap(whole, 0, length));
            if (length == 28) {
                assertThat(read).isEqualTo(new Notification(PeerState.LEADING, 3, 0x2_0000_0005L, 7, 2, 0, null));
            } else if (length == 40) {
                assertThat(read).isEqualTo(new Notification(PeerState.LEADING, 3, 0x2_0000_0005L, 7, 2, 0, null));
            } else {
                assertThat(read).as("%s bytes", length).isNull();
            }
        }
    }

    @Test
    void followerInfoA3() {
        assertThat(hex(QuorumPacket.of(PacketType.FOLLOWER_INFO, 0, new LearnerInfo(1, 0x10000, 0).toBytes())))
                .isEqualTo(bare(
                        "0000000b 0000000000000000 00000014 0000000000000001 00010000 0000000000000000" + " ffffffff"));
    }

    @Test
    void packetsA4() {
        assertThat(hex(QuorumPacket.of(PacketType.LEADER_INFO, 1L << 32, new byte[] {0, 1, 0, 0})))
                .isEqualTo(bare("00000011 0000000100000000 00000004 00010000 ffffffff"));
        assertThat(hex(QuorumPacket.of(PacketType.DIFF, 0)))
                .isEqualTo(bare("0000000d 0000000000000000 ffffffff ffffffff"));
        assertThat(hex(QuorumPacket.of(PacketType.ACK, 1L << 32)))
                .isEqualTo(bare("00000003 0000000100000000 ffffffff ffffffff"));
        assertThat(hex(QuorumPacket.of(PacketType.UP_TO_DATE, -1)))
                .isEqualTo(bare("0000000c ffffffffffffffff ffffffff ffffffff"));
    }

    @Test
    void aPacketIsReadOnlyWhenAllOfItIsThere() {
        QuorumPacket packet = new QuorumPacket(
                PacketType.REQUEST, -1, new byte[] {1, 2, 3}, List.of(new PeerIdentity("ip", "127.0.0.1")));
        WireWriter out = new WireWriter(64);
        packet.writeTo(out);
        byte[] bytes = out.toByteArray();
        for (int length = 0; length < bytes.length; length++) {
            ByteBuffer cut = ByteBuffer.wrap(bytes, 0, length);
            assertThat(QuorumPacket.read(cut, MAX)).isNull();
            assertThat(cut.position()).isZero();
        }
        assertThat(QuorumPacket.read(ByteBuffer.wrap(bytes), MAX))
                .usingRecursiveComparison()
                .isEqualTo(packet);
    }

    @Test
    void aPacketThatIsTooLongEndsTheConnection() {
        byte[] head = HexFormat.of().parseHex(bare("00000002 0000000100000001 00100001"));
        assertThatThrownBy(() -> QuorumPacket.read(ByteBuffer.wrap(head), MAX)).isInstanceOf(MalformedRecord.class);
    }

    @Test
    void learnerInfoMayBeShort() {
        byte[] whole = new LearnerInfo(7, 0x10000, 9).toBytes();
        assertThat(LearnerInfo.read(Arrays.copyOf(whole, 8))).isEqualTo(new LearnerInfo(7, 1, 0));
        assertThat(LearnerInfo.read(Arrays.copyOf(whole, 12))).isEqualTo(new LearnerInfo(7, 0x10000, 0));
        assertThat(LearnerInfo.read(whole)).isEqualTo(new LearnerInfo(7, 0x10000, 9));
    }
}
