package io.quorate.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.session.SessionPassword;
import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.client.OpCode;
import io.quorate.core.wire.peer.PacketType;
import io.quorate.core.wire.peer.QuorumPacket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a leader says to its learners, and does with what they say, packet by packet. */
final class LeaderTalkTest {

    private static final long EPOCH_1 = 1L << 32;
    private static final int SYNC_LIMIT_STEPS = 200;
    private static final long SESSION = 0x0200000000000001L;

    private final ScriptedMembers members = new ScriptedMembers(3);

    /** Server 2 joins, which makes a quorum. @return its link */
    private long joined() {
        members.lead();
        long link = members.learner(2, 0);
        members.steps(3);
        members.say(link, QuorumPacket.of(PacketType.ACK_EPOCH, 0, new byte[4]));
        members.steps(3);
        members.say(link, QuorumPacket.of(PacketType.ACK, EPOCH_1));
        members.steps(3);
        assertThat(types(members.packets(link)))
                .containsExactly(PacketType.LEADER_INFO, PacketType.DIFF, PacketType.NEW_LEADER, PacketType.UP_TO_DATE);
        return link;
    }

    private static List<Integer> types(List<QuorumPacket> packets) {
        return packets.stream().map(QuorumPacket::type).toList();
    }

    private void request(long link, long session, int cxid, OpCode op, WireWriter body) {
        WireWriter data = new WireWriter(64).writeLong(session).writeInt(cxid).writeInt(op.code());
        data.writeRaw(body.written());
        members.say(link, QuorumPacket.of(PacketType.REQUEST, -1, data.toByteArray()));
    }

    private static WireWriter timeout() {
        return new WireWriter(4).writeInt(10_000);
    }

    private static WireWriter nothing() {
        return new WireWriter(4);
    }

    @Test
    void aSessionIsResumedAtALeaderWhoseDiskIsSlowerThanTheQuorums() {
        long link = joined();
        long third = members.learner(1, 0);
        members.steps(3);
        members.say(third, QuorumPacket.of(PacketType.ACK_EPOCH, 0, new byte[4]));
        members.say(third, QuorumPacket.of(PacketType.ACK, EPOCH_1));
        members.logStands = true;
        request(link, SESSION, 0, OpCode.CREATE_SESSION, timeout());
        members.say(link, QuorumPacket.of(PacketType.ACK, EPOCH_1 + 1));
        members.say(third, QuorumPacket.of(PacketType.ACK, EPOCH_1 + 1));
        assertThat(types(members.packets(link))).containsExactly(PacketType.PROPOSAL, PacketType.COMMIT);

        members.client(301, SESSION, SessionPassword.of(SESSION));
        members.steps(3);
        assertThat(members.said).isEmpty();
        members.logStands = false;
        members.steps(3);
        assertThat(members.said).containsExactly("301: connected");

        request(link, SESSION, 1, OpCode.CREATE, Bench.createBody("/late", 0));
        assertThat(members.packets(link).get(0).data()).endsWith(-1, -1, -1, -118);
    }

    @Test
    void nothingIsTakenOfASessionWhoseEndIsProposedBeforeItsBeginningIsApplied() {
        long link = joined();
        members.logStands = true;
        request(link, SESSION, 0, OpCode.CREATE_SESSION, timeout());
        request(link, SESSION, 1, OpCode.CLOSE_SESSION, nothing());
        request(link, SESSION, 2, OpCode.CREATE, Bench.createBody("/e", 1));
        members.say(link, QuorumPacket.of(PacketType.ACK, EPOCH_1 + 1));
        members.logStands = false;
        members.steps(3);
        request(link, SESSION, 3, OpCode.CREATE, Bench.createBody("/e", 1));

        List<QuorumPacket> proposals = members.packets(link).stream()
                .filter(packet -> packet.type() == PacketType.PROPOSAL)
                .toList();
        assertThat(proposals.get(2).data()).endsWith(-1, -1, -1, -112);
        assertThat(proposals.get(3).data()).endsWith(-1, -1, -1, -112);
    }

    /** Found by seed 5862 of the simulated ensembles: one that has been deposed would say what was true once. */
    @Test
    void aRefusedWriteOfTheLeadersOwnClientIsNotAnsweredBeforeAQuorumHasIt() {
        long link = joined();
        members.client(301, 0, new byte[16]);
        members.say(link, QuorumPacket.of(PacketType.ACK, EPOCH_1 + 1));
        members.steps(3);
        members.said.clear();
        members.packets(link);

        members.request(
                301, 1, OpCode.DELETE, new WireWriter(64).writeString("/none").writeInt(-1));
        members.steps(3);
        assertThat(members.said).isEmpty();
        assertThat(members.packets(link).get(0).data()).as("NONODE").endsWith(-1, -1, -1, -101);
        members.say(link, QuorumPacket.of(PacketType.ACK, EPOCH_1 + 2));
        members.steps(3);
        assertThat(members.said).containsExactly("301: xid 1 error -101");
    }

    @Test
    void whoHasABetterHistoryIsNotLed() {
        members.lead();
        long link = members.learner(2, 0);
        members.steps(3);
        members.say(link, QuorumPacket.of(PacketType.ACK_EPOCH, 5, new byte[4]));
        members.steps(3);
        assertThat(members.isClosed(link)).isTrue();
        assertThat(members.log).contains("left 2: its history is better than ours");
    }

    @Test
    void whoComesLaterWithMoreIsCutBack() {
        long link = joined();
        request(link, SESSION, 0, OpCode.CREATE_SESSION, timeout());
        members.say(link, QuorumPacket.of(PacketType.ACK, EPOCH_1 + 1));
        members.steps(3);
        long third = members.learner(1, 0);
        members.steps(3);
        members.say(third, QuorumPacket.of(PacketType.ACK_EPOCH, EPOCH_1 + 4, new byte[4]));
        members.steps(3);
        assertThat(types(members.packets(third)))
                .containsExactly(PacketType.LEADER_INFO, PacketType.TRUNC, PacketType.NEW_LEADER);
    }

    @Test
    void whoHasPromisedTheEpochBeforeIsNotCountedButBroughtUpToDate() {
        members.lead();
        long link = members.learner(2, 1);
        members.steps(3);
        members.say(link, QuorumPacket.of(PacketType.ACK_EPOCH, 0, new byte[] {-1, -1, -1, -1}));
        members.steps(3);
        assertThat(types(members.packets(link))).containsExactly(PacketType.LEADER_INFO);
        long third = members.learner(1, 0);
        members.steps(3);
        members.say(third, QuorumPacket.of(PacketType.ACK_EPOCH, 0, new byte[4]));
        members.steps(3);
        assertThat(types(members.packets(link))).containsExactly(PacketType.DIFF, PacketType.NEW_LEADER);
    }

    @Test
    void anAcknowledgementOfAProposalIsNotOneOfTheHistory() {
        members.lead();
        long link = members.learner(2, 0);
        members.steps(3);
        members.say(link, QuorumPacket.of(PacketType.ACK_EPOCH, 0, new byte[4]));
        members.steps(3);
        members.say(link, QuorumPacket.of(PacketType.ACK, EPOCH_1 + 1));
        members.steps(3);
        assertThat(types(members.packets(link))).doesNotContain(PacketType.UP_TO_DATE);
        assertThat(members.isClosed(link)).isFalse();
        members.say(link, QuorumPacket.of(PacketType.ACK, EPOCH_1));
        members.steps(3);
        assertThat(types(members.packets(link))).containsExactly(PacketType.UP_TO_DATE);
    }

    /** A large snapshot takes a reference server longer to write than a proposal may wait. */
    @Test
    void whoMakesItsHistoryDurableIsNotWaitedForLikeSomebodyWhoHas() {
        long link = joined();
        long third = members.learner(1, 0);
        members.steps(3);
        members.say(third, QuorumPacket.of(PacketType.ACK_EPOCH, EPOCH_1, new byte[4]));
        request(link, SESSION, 0, OpCode.CREATE_SESSION, timeout());
        members.say(link, QuorumPacket.of(PacketType.ACK, EPOCH_1 + 1));
        waitAndPing(link, link, 2 * SYNC_LIMIT_STEPS);
        assertThat(members.isClosed(third)).isFalse();

        members.say(third, QuorumPacket.of(PacketType.ACK, EPOCH_1));
        waitAndPing(link, link, SYNC_LIMIT_STEPS / 2);
        assertThat(members.isClosed(third)).isFalse();
        assertThat(types(members.packets(third)))
                .containsExactly(
                        PacketType.LEADER_INFO,
                        PacketType.DIFF,
                        PacketType.NEW_LEADER,
                        PacketType.PROPOSAL,
                        PacketType.COMMIT,
                        PacketType.UP_TO_DATE);
        waitAndPing(link, third, 2 * SYNC_LIMIT_STEPS);
        assertThat(members.log).contains("left 1: it has not acknowledged a proposal for too long");
    }

    private void waitAndPing(long link, long other, int steps) {
        for (int left = steps; left > 0; left -= 20) {
            members.steps(19);
            members.sayInTurn(other, QuorumPacket.of(PacketType.PING, EPOCH_1));
            members.say(link, QuorumPacket.of(PacketType.PING, EPOCH_1));
        }
    }

    /** The snapshot of a member without data is under way when a quorum of others establishes the term. */
    @Test
    void aSnapshotFromBeforeTheTermWasEstablishedIsGoneOnWith() {
        members.lead();
        long link = members.learner(2, 0);
        long third = members.learner(1, 0);
        members.steps(3);
        members.say(link, QuorumPacket.of(PacketType.ACK_EPOCH, 0, new byte[4]));
        members.sayInTurn(third, QuorumPacket.of(PacketType.ACK_EPOCH, -1, new byte[] {-1, -1, -1, -1}));
        members.replica.peers().onPeerWritable(third, false);
        members.steps(3);
        members.say(link, QuorumPacket.of(PacketType.ACK, EPOCH_1));
        members.steps(3);
        assertThat(members.replica.status().ensemble().serving()).isTrue();
        request(link, SESSION, 0, OpCode.CREATE_SESSION, timeout());
        members.say(link, QuorumPacket.of(PacketType.ACK, EPOCH_1 + 1));

        members.replica.peers().onPeerWritable(third, true);
        members.steps(3);
        assertThat(members.log).noneMatch(line -> line.startsWith("left 1"));
        byte[] sent = members.rawSent(third);
        WireWriter newLeader = new WireWriter(64);
        newLeader.writeInt(PacketType.NEW_LEADER).writeLong(EPOCH_1);
        assertThat(new String(sent, StandardCharsets.ISO_8859_1))
                .contains(new String(newLeader.toByteArray(), StandardCharsets.ISO_8859_1));
    }

    @Test
    void aSignOfLifeWithACutOffSessionEndsTheConnection() {
        long link = joined();
        byte[] touches = new WireWriter(24)
                .writeLong(SESSION)
                .writeInt(10_000)
                .writeLong(SESSION + 1)
                .writeInt(10_000)
                .toByteArray();
        members.say(link, QuorumPacket.of(PacketType.PING, EPOCH_1, touches));
        members.say(link, QuorumPacket.of(PacketType.PING, EPOCH_1));
        members.steps(3);
        assertThat(members.isClosed(link)).isFalse();

        members.say(link, QuorumPacket.of(PacketType.PING, EPOCH_1, Arrays.copyOf(touches, 23)));
        members.steps(3);
        assertThat(members.isClosed(link)).isTrue();
        assertThat(members.log)
                .contains("left 2: it does not speak the protocol: a sign of life with 23 bytes of sessions,"
                        + " of 12 bytes each");
    }

    @Test
    void whatCannotBeReadOrMayNotBeProposedBecomesATransactionThatSaysSo() {
        long link = joined();
        request(link, SESSION, 0, OpCode.CREATE_SESSION, timeout());
        members.say(link, QuorumPacket.of(PacketType.ACK, EPOCH_1 + 1));
        members.steps(3);
        members.packets(link);
        request(link, SESSION, 1, OpCode.CREATE, nothing());
        WireWriter check = new WireWriter(16).writeString("/").writeInt(0);
        request(link, SESSION, 2, OpCode.CHECK, check);
        request(link, SESSION, 3, OpCode.CREATE, Bench.createBody("/missing/n", 0));
        request(link, SESSION, 4, OpCode.CREATE, Bench.createBody("/n", 0));

        List<QuorumPacket> proposals = members.packets(link);
        assertThat(proposals)
                .extracting(QuorumPacket::zxid)
                .containsExactly(EPOCH_1 + 2, EPOCH_1 + 3, EPOCH_1 + 4, EPOCH_1 + 5);
        assertThat(proposals.get(0).data()).endsWith(-1, -1, -1, -5);
        assertThat(proposals.get(1).data()).endsWith(-1, -1, -1, -6);
        assertThat(proposals.get(2).data()).endsWith(-1, -1, -1, -101);
        for (QuorumPacket proposal : proposals) {
            members.say(link, QuorumPacket.of(PacketType.ACK, proposal.zxid()));
        }
        assertThat(members.packets(link))
                .extracting(QuorumPacket::type)
                .containsExactly(PacketType.COMMIT, PacketType.COMMIT, PacketType.COMMIT, PacketType.COMMIT);
    }
}
