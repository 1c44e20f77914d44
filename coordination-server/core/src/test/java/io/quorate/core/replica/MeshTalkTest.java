package io.quorate.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.peer.ElectionHandshake;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a member does with what arrives at its election port. */
final class MeshTalkTest {

    private static final int LONGEST_FRAME = 524_288;

    private final ScriptedMembers members = new ScriptedMembers(1);

    private static byte[] handshake(long serverId) {
        return new ElectionHandshake(serverId, List.of(new ElectionHandshake.Address("s" + serverId, 3888))).toBytes();
    }

    private static byte[] with(byte[] handshake, int length) {
        WireWriter out = new WireWriter(64);
        for (byte each : handshake) {
            out.writeByte(each);
        }
        return out.writeInt(length).toByteArray();
    }

    @Test
    void aHandshakeOfTheOldestKindIsTheIdAlone() {
        long link = members.elector(new WireWriter(8).writeLong(2).toByteArray());
        assertThat(members.isClosed(link)).isFalse();
        assertThat(members.sentBytes(link)).isPositive();
    }

    @Test
    void aHandshakeOfAnUnknownVersionEndsTheConnection() {
        assertThat(members.isClosed(
                        members.elector(new WireWriter(8).writeLong(-65534).toByteArray())))
                .isTrue();
    }

    @Test
    void aFrameThatMayNotBeEndsTheConnection() {
        for (int length : List.of(0, -1, Integer.MIN_VALUE, LONGEST_FRAME + 1, Integer.MAX_VALUE)) {
            assertThat(members.isClosed(members.elector(with(handshake(2), length))))
                    .as("a frame of %s bytes", length)
                    .isTrue();
        }
        assertThat(members.isClosed(members.elector(with(handshake(3), LONGEST_FRAME))))
                .isFalse();
    }

    @Test
    void whoHasTheSmallerIdIsDialledBackWhereItSays() {
        ScriptedMembers largest = new ScriptedMembers(3);
        long link = largest.elector(handshake(2));
        assertThat(largest.isClosed(link)).isTrue();
        assertThat(largest.sentBytes(link)).isZero();
    }
}
