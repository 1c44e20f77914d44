package io.quorate.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.txn.Txn;
import io.quorate.core.txn.TxnBody;
import io.quorate.core.wire.ErrorCode;
import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.client.OpCode;
import io.quorate.core.wire.peer.PacketType;
import io.quorate.core.wire.peer.QuorumPacket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a follower says to its leader, and does with what the leader says, packet by packet. */
final class LearnerTalkTest {

    private static final long EPOCH_1 = 1L << 32;
    private static final byte[] VERSION = {0, 1, 0, 0};

    private final ScriptedMembers members = new ScriptedMembers(1);

    /** A follower that serves in epoch 1. */
    private void serve() {
        members.follow();
        members.say(QuorumPacket.of(PacketType.LEADER_INFO, EPOCH_1, VERSION));
        members.steps(3);
        members.say(QuorumPacket.of(PacketType.DIFF, 0));
        newLeader();
        members.say(QuorumPacket.of(PacketType.UP_TO_DATE, -1));
        members.steps(3);
        members.packets();
    }

    private void newLeader() {
        members.say(QuorumPacket.of(PacketType.NEW_LEADER, EPOCH_1, "version=0".getBytes(StandardCharsets.UTF_8)));
        members.steps(3);
    }

    /** A client that has a session, whose creation was transaction 1. */
    private void serveAClient() {
        serve();
        members.client(101, 0, new byte[16]);
        long session = ByteBuffer.wrap(members.packets().get(0).data()).getLong();
        commit(ScriptedMembers.txn(session, 0, EPOCH_1 + 1, new TxnBody.CreateSession(10_000)));
        assertThat(members.said).containsExactly("101: connected");
        members.said.clear();
        members.packets();
    }

    private void commit(Txn txn) {
        members.propose(txn);
        members.steps(3);
        members.commit(txn.zxid());
    }

    @Test
    void aWriteThatTheLeaderRefusesBecauseTheSessionHasMovedClosesTheConnection() {
        serveAClient();
        members.request(101, 1, OpCode.CREATE, Bench.createBody("/n", 0));
        commit(ScriptedMembers.txn(members.sessionId, 1, EPOCH_1 + 2, new TxnBody.Failed(ErrorCode.SESSION_MOVED)));
        assertThat(members.said).containsExactly("101: closed SESSION_RESUMED_ELSEWHERE");
    }

    @Test
    void aMultiOfWhichAPartSaysThatTheSessionHasMovedClosesTheConnection() {
        serveAClient();
        WireWriter body = new WireWriter(64)
                .writeInt(OpCode.DELETE.code())
                .writeBool(false)
                .writeInt(-1);
        body.writeString("/n").writeInt(-1).writeInt(-1).writeBool(true).writeInt(-1);
        members.request(101, 1, OpCode.MULTI, body);
        assertThat(members.packets()).extracting(QuorumPacket::type).containsExactly(PacketType.REQUEST);
        commit(ScriptedMembers.txn(
                members.sessionId,
                1,
                EPOCH_1 + 2,
                new TxnBody.Multi(List.of(new TxnBody.Failed(ErrorCode.SESSION_MOVED)))));
        assertThat(members.said).containsExactly("101: closed SESSION_RESUMED_ELSEWHERE");
    }

    @Test
    void anEpochThatWasPromisedBeforeIsNotPromisedAgain() {
        members.follow();
        members.say(QuorumPacket.of(PacketType.LEADER_INFO, EPOCH_1, VERSION));
        members.steps(3);
        members.packets();
        ScriptedMembers again = new ScriptedMembers(1, members.disk.copy());
        again.follow();
        QuorumPacket info = again.packets().get(0);
        assertThat(info.zxid()).isEqualTo(EPOCH_1);
        again.say(QuorumPacket.of(PacketType.LEADER_INFO, EPOCH_1, VERSION));
        again.steps(3);
        QuorumPacket promise = again.packets().get(0);
        assertThat(promise.type()).isEqualTo(PacketType.ACK_EPOCH);
        assertThat(promise.data()).containsExactly(-1, -1, -1, -1);
    }

    @Test
    void aLeaderOfAnEpochBelowThePromisedOneIsLeft() {
        members.follow();
        members.say(QuorumPacket.of(PacketType.LEADER_INFO, 5 * EPOCH_1, VERSION));
        members.steps(3);
        ScriptedMembers again = new ScriptedMembers(1, members.disk.copy());
        again.follow();
        again.packets();
        again.say(QuorumPacket.of(PacketType.LEADER_INFO, 4 * EPOCH_1, VERSION));
        again.steps(3);
        assertThat(again.packets()).isEmpty();
        assertThat(again.hasLeftItsLeader()).isTrue();
        assertThat(new ScriptedMembers(1, again.disk.copy()).acceptedEpoch()).isEqualTo(5);
    }

    @Test
    void eachProposalIsAcknowledgedForItselfAndBehindTheHistory() {
        members.follow();
        members.say(QuorumPacket.of(PacketType.LEADER_INFO, EPOCH_1, VERSION));
        members.steps(3);
        members.packets();
        members.say(QuorumPacket.of(PacketType.DIFF, 0));
        Txn committed = ScriptedMembers.txn(5, 0, EPOCH_1 + 1, new TxnBody.CreateSession(10_000));
        Txn pending = ScriptedMembers.txn(6, 0, EPOCH_1 + 2, new TxnBody.CreateSession(10_000));
        members.propose(committed);
        members.commit(committed.zxid());
        members.propose(pending);
        newLeader();
        assertThat(zxids(PacketType.ACK)).containsExactly(EPOCH_1, EPOCH_1 + 2);
        // The commit comes before the word that everything is up to date.
        members.commit(pending.zxid());
        members.say(QuorumPacket.of(PacketType.UP_TO_DATE, -1));
        members.propose(ScriptedMembers.txn(7, 0, EPOCH_1 + 3, new TxnBody.CreateSession(10_000)));
        members.steps(3);
        assertThat(zxids(PacketType.ACK)).containsExactly(EPOCH_1, EPOCH_1 + 3);
        assertThat(members.replica.status().sessions()).isEqualTo(2);
    }

    @Test
    void nothingIsAcknowledgedBeforeTheDiskHasIt() {
        serve();
        members.logStands = true;
        members.propose(ScriptedMembers.txn(5, 0, EPOCH_1 + 1, new TxnBody.CreateSession(10_000)));
        members.steps(3);
        assertThat(members.packets()).isEmpty();
        members.logStands = false;
        members.steps(3);
        assertThat(zxids(PacketType.ACK)).containsExactly(EPOCH_1 + 1);
    }

    @Test
    void aProposalIsMissingInTheStreamAndTheLeaderIsLeftForASnapshot() {
        serve();
        members.propose(ScriptedMembers.txn(5, 0, EPOCH_1 + 1, new TxnBody.CreateSession(10_000)));
        members.propose(ScriptedMembers.txn(7, 0, EPOCH_1 + 3, new TxnBody.CreateSession(10_000)));
        members.steps(3);
        assertThat(members.hasLeftItsLeader()).isTrue();
    }

    @Test
    void aConfigurationThatCannotBeReadOrIsNotThereDoesNotMatter() {
        for (byte[] text : List.of(new byte[0], new byte[1], "nonsense".getBytes(StandardCharsets.UTF_8))) {
            ScriptedMembers one = new ScriptedMembers(1);
            one.follow();
            one.say(QuorumPacket.of(PacketType.LEADER_INFO, EPOCH_1, VERSION));
            one.steps(3);
            one.say(QuorumPacket.of(PacketType.DIFF, 0));
            one.say(QuorumPacket.of(PacketType.NEW_LEADER, EPOCH_1, text));
            one.steps(3);
            one.say(QuorumPacket.of(PacketType.UP_TO_DATE, -1));
            one.steps(3);
            assertThat(one.replica.status().ensemble().serving()).isTrue();
        }
    }

    @Test
    void aPingIsNotAnsweredBeforeTheHistoryIsAcknowledged() {
        members.follow();
        members.say(QuorumPacket.of(PacketType.LEADER_INFO, EPOCH_1, VERSION));
        members.steps(3);
        members.packets();
        members.say(QuorumPacket.of(PacketType.DIFF, 0));
        members.say(QuorumPacket.of(PacketType.PING, EPOCH_1));
        members.steps(3);
        assertThat(members.allPackets()).isEmpty();
        newLeader();
        members.say(QuorumPacket.of(PacketType.PING, EPOCH_1));
        assertThat(members.allPackets())
                .extracting(QuorumPacket::type)
                .containsExactly(PacketType.ACK, PacketType.PING);
    }

    private List<Long> zxids(int type) {
        return members.packets().stream()
                .filter(packet -> packet.type() == type)
                .map(QuorumPacket::zxid)
                .toList();
    }
}
