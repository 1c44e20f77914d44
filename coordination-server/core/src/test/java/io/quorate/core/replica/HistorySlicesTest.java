package io.quorate.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.client.OpCode;
import io.quorate.core.wire.peer.PacketType;
import io.quorate.core.wire.peer.QuorumPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A long history is sent in slices, and the leader goes on meanwhile. */
final class HistorySlicesTest {

    private static final long EPOCH_1 = 1L << 32;
    private static final int TXNS = 500;
    private static final int MOST_IN_A_TURN = 128;
    private static final int LARGE_TXNS = 80;
    private static final int LARGE_BYTES = 100_000;

    private final ScriptedMembers leader = new ScriptedMembers(3);

    /** Server 2, whose clients open so many sessions. @return its link */
    private long secondWithSessions(int count) {
        leader.lead();
        long link = join(2, 0);
        leader.steps(3);
        leader.say(link, QuorumPacket.of(PacketType.ACK, EPOCH_1));
        leader.steps(3);
        for (int i = 1; i <= count; i++) {
            openSession(link, i);
            leader.say(link, QuorumPacket.of(PacketType.ACK, EPOCH_1 + i));
        }
        leader.steps(3);
        return link;
    }

    private void openSession(long link, long id) {
        leader.say(link, request(id));
    }

    private static QuorumPacket request(long id) {
        WireWriter request = new WireWriter(64).writeLong(id).writeInt(0).writeInt(OpCode.CREATE_SESSION.code());
        return QuorumPacket.of(PacketType.REQUEST, -1, request.writeInt(10_000).toByteArray());
    }

    private long join(long id, long position) {
        long link = leader.learner(id, 0);
        leader.steps(3);
        leader.say(link, QuorumPacket.of(PacketType.ACK_EPOCH, position, new byte[Integer.BYTES]));
        return link;
    }

    @Test
    void whatIsMissingComesInOrderASliceATurnAndWhatIsProposedMeanwhileBehindIt() {
        long second = secondWithSessions(TXNS);
        assertThat(leader.replica.status().appliedZxid()).isEqualTo(EPOCH_1 + TXNS);

        long link = join(1, EPOCH_1 + 1);
        List<QuorumPacket> all = new ArrayList<>(leader.packets(link));
        assertThat(proposals(all))
                .as("one slice at once, one at the end of the turn")
                .hasSize(2 * MOST_IN_A_TURN);
        openSession(second, TXNS + 1);
        for (int turn = 0; turn < 10; turn++) {
            List<QuorumPacket> slice = leader.packets(link);
            assertThat(proposals(slice)).hasSizeLessThanOrEqualTo(MOST_IN_A_TURN + 1);
            all.addAll(slice);
            leader.step();
        }
        assertThat(proposals(all))
                .containsExactlyElementsOf(LongStream.rangeClosed(EPOCH_1 + 2, EPOCH_1 + TXNS + 1)
                        .boxed()
                        .toList());
        assertThat(all.get(all.size() - 1).type()).isEqualTo(PacketType.NEW_LEADER);
    }

    /** Each turn brings more than a slice holds. */
    @Test
    void aBusyLeaderIsDoneWithItAsWell() {
        long second = secondWithSessions(TXNS);
        long link = join(1, EPOCH_1 + 1);
        List<QuorumPacket> all = new ArrayList<>(leader.packets(link));
        int sessions = TXNS;
        for (int turn = 0; turn < 10; turn++) {
            for (int i = 0; i < 2 * MOST_IN_A_TURN; i++) {
                sessions++;
                leader.sayInTurn(second, request(sessions));
                leader.sayInTurn(second, QuorumPacket.of(PacketType.ACK, EPOCH_1 + sessions));
            }
            leader.step();
            all.addAll(leader.packets(link));
        }
        assertThat(all).extracting(QuorumPacket::type).contains(PacketType.NEW_LEADER);
        List<Long> proposals = proposals(all);
        assertThat(proposals)
                .containsExactlyElementsOf(LongStream.range(EPOCH_1 + 2, EPOCH_1 + 2 + proposals.size())
                        .boxed()
                        .toList());
    }

    /** Its buffers are full for a while, and the leader goes on: it must not stand still when they are empty again. */
    @Test
    void aLinkThatHasTakenNothingForLongIsNotSentAllOfItAtOnce() {
        // So few that a slice is left when the link stops taking them.
        int sessions = 2 * MOST_IN_A_TURN + 10;
        long second = secondWithSessions(sessions);
        long link = join(1, EPOCH_1 + 1);
        leader.packets(link);
        leader.replica.peers().onPeerWritable(link, false);
        for (int i = 1; i <= LARGE_TXNS; i++) {
            WireWriter request =
                    new WireWriter(LARGE_BYTES + 64).writeLong(1).writeInt(i).writeInt(OpCode.SET_DATA.code());
            request.writeString("/").writeBuffer(new byte[LARGE_BYTES]).writeInt(-1);
            leader.say(second, QuorumPacket.of(PacketType.REQUEST, -1, request.toByteArray()));
            leader.say(second, QuorumPacket.of(PacketType.ACK, EPOCH_1 + sessions + i));
        }
        leader.steps(3);
        assertThat(leader.replica.status().appliedZxid()).isEqualTo(EPOCH_1 + sessions + LARGE_TXNS);

        leader.replica.peers().onPeerWritable(link, true);
        List<QuorumPacket> all = new ArrayList<>();
        for (int turn = 0; turn < 100; turn++) {
            leader.step();
            assertThat(leader.sentBytes(link)).isLessThan(3 << 20);
            all.addAll(leader.packets(link));
        }
        assertThat(all.get(all.size() - 1).type()).isEqualTo(PacketType.NEW_LEADER);
        List<Long> proposals = proposals(all);
        assertThat(proposals.get(proposals.size() - 1)).isEqualTo(EPOCH_1 + sessions + LARGE_TXNS);
    }

    private static List<Long> proposals(List<QuorumPacket> packets) {
        return packets.stream()
                .filter(packet -> packet.type() == PacketType.PROPOSAL)
                .map(QuorumPacket::zxid)
                .toList();
    }
}
