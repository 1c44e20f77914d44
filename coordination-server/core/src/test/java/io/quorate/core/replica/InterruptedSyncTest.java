package io.quorate.core.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.log.SegmentCatalog;
import io.quorate.core.port.DiskFile;
import io.quorate.core.port.MemoryDisk;
import io.quorate.core.snapshot.SnapshotFile;
import io.quorate.core.txn.Txn;
import io.quorate.core.txn.TxnBody;
import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.client.OpCode;
import io.quorate.core.wire.peer.PacketType;
import io.quorate.core.wire.peer.QuorumPacket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A synchronisation that ends half way leaves a state that could be voted with, and that a restart finds again. */
final class InterruptedSyncTest {

    private static final long EPOCH_1 = 1L << 32;
    private static final byte[] VERSION = {0, 1, 0, 0};
    private static final String SIGNATURE = "BenWasHere";

    /** The disk of a follower that has logged so many transactions of epoch 1, and applied the first. */
    private static ScriptedMembers followerWith(int txns) {
        ScriptedMembers members = new ScriptedMembers(1);
        members.follow();
        promise(members, 1);
        members.say(QuorumPacket.of(PacketType.DIFF, 0));
        members.say(QuorumPacket.of(PacketType.NEW_LEADER, EPOCH_1, new byte[0]));
        members.steps(3);
        members.say(QuorumPacket.of(PacketType.UP_TO_DATE, -1));
        for (int i = 1; i <= txns; i++) {
            Txn txn = ScriptedMembers.txn(i, 0, EPOCH_1 + i, new TxnBody.CreateSession(10_000));
            members.propose(txn);
        }
        members.steps(3);
        members.commit(EPOCH_1 + 1);
        return new ScriptedMembers(1, members.disk.copy());
    }

    private static void promise(ScriptedMembers members, long epoch) {
        members.say(QuorumPacket.of(PacketType.LEADER_INFO, epoch << 32, VERSION));
        members.steps(3);
    }

    /** What a member says to the next leader that it has. */
    private static QuorumPacket position(ScriptedMembers members, long epoch) {
        members.follow();
        members.packets();
        promise(members, epoch);
        return members.packets().get(0);
    }

    /** The snapshot of a leader of ours that has a session, without the packet in front of it. */
    private static byte[] stream() {
        ScriptedMembers leader = new ScriptedMembers(3);
        leader.lead();
        long second = join(leader, 2);
        leader.say(second, QuorumPacket.of(PacketType.ACK, EPOCH_1));
        leader.steps(3);
        WireWriter request = new WireWriter(64).writeLong(7).writeInt(0).writeInt(OpCode.CREATE_SESSION.code());
        leader.say(
                second,
                QuorumPacket.of(PacketType.REQUEST, -1, request.writeInt(10_000).toByteArray()));
        leader.say(second, QuorumPacket.of(PacketType.ACK, EPOCH_1 + 1));
        leader.steps(3);
        long third = join(leader, 1);
        byte[] sent = leader.rawSent(third);
        ByteBuffer bytes = ByteBuffer.wrap(sent);
        QuorumPacket snap = QuorumPacket.read(bytes, 1 << 20);
        while (snap != null && snap.type() != PacketType.SNAP) {
            snap = QuorumPacket.read(bytes, 1 << 20);
        }
        String rest = new String(sent, bytes.position(), bytes.remaining(), StandardCharsets.ISO_8859_1);
        int length = rest.indexOf(SIGNATURE) + SIGNATURE.length();
        byte[] stream = new byte[length];
        bytes.get(stream);
        assertThat(length).isGreaterThan(100);
        return stream;
    }

    private static long join(ScriptedMembers leader, long id) {
        long link = leader.learner(id, 0);
        leader.steps(3);
        leader.say(link, QuorumPacket.of(PacketType.ACK_EPOCH, 0, new byte[4]));
        leader.steps(3);
        return link;
    }

    @Test
    void aSnapshotThatEndsHalfWayChangesNothing() {
        byte[] stream = stream();
        for (int part = 0; part <= 4; part++) {
            ScriptedMembers members = followerWith(1);
            members.follow();
            promise(members, 2);
            members.say(QuorumPacket.of(PacketType.SNAP, 2 * EPOCH_1 + 9));
            int end = (stream.length - 1) * part / 4;
            members.sayRaw(stream, 0, end);
            members.steps(3);
            members.loseTheLeader();
            assertThat(members.replica.status().role()).isEqualTo("LOOKING");
            assertThat(members.replica.status().appliedZxid()).isEqualTo(EPOCH_1 + 1);

            QuorumPacket position = position(new ScriptedMembers(1, members.disk.copy()), 3);
            assertThat(position.zxid()).isEqualTo(EPOCH_1 + 1);
            assertThat(position.data()).containsExactly(0, 0, 0, 1);
        }
    }

    @Test
    void whatIsCutOffStaysCutOffWhenTheLeaderIsLostBehindIt() {
        ScriptedMembers members = followerWith(3);
        assertThat(position(members, 2).zxid()).isEqualTo(EPOCH_1 + 3);
        members.say(QuorumPacket.of(PacketType.TRUNC, EPOCH_1 + 1));
        members.steps(5);
        members.loseTheLeader();
        assertThat(members.replica.status().appliedZxid()).isEqualTo(EPOCH_1 + 1);

        ScriptedMembers again = new ScriptedMembers(1, members.disk.copy());
        QuorumPacket position = position(again, 3);
        assertThat(position.zxid()).isEqualTo(EPOCH_1 + 1);
        assertThat(position.data()).containsExactly(0, 0, 0, 1);
        again.say(QuorumPacket.of(PacketType.DIFF, 2 * EPOCH_1 + 1));
        Txn other = ScriptedMembers.txn(9, 0, 2 * EPOCH_1 + 1, new TxnBody.CreateSession(10_000));
        again.propose(other);
        again.commit(other.zxid());
        again.say(QuorumPacket.of(PacketType.NEW_LEADER, 3 * EPOCH_1, new byte[0]));
        again.steps(5);
        assertThat(again.packets()).extracting(QuorumPacket::zxid).containsExactly(3 * EPOCH_1);
        ScriptedMembers last = new ScriptedMembers(1, again.disk.copy());
        assertThat(position(last, 4).zxid()).isEqualTo(other.zxid());
        assertThat(last.replica.status().sessions()).isEqualTo(2);
    }

    /** The disk of a member of epoch 1 that has got a snapshot of epoch 2, and lost that leader before entering it. */
    private static ScriptedMembers withSnapshotOfAnEpochNotEntered() {
        ScriptedMembers members = followerWith(3);
        members.follow();
        promise(members, 2);
        receive(members, 2 * EPOCH_1 + 9);
        members.loseTheLeader();
        return new ScriptedMembers(1, members.disk.copy());
    }

    private static void receive(ScriptedMembers members, long zxid) {
        members.say(QuorumPacket.of(PacketType.SNAP, zxid));
        byte[] stream = stream();
        members.sayRaw(stream, 0, stream.length);
        members.steps(8);
    }

    /** Found by seed 401 of the simulated ensembles: such a member doubted its data, and the others had no quorum. */
    @Test
    void whatCannotBeCutIsReplacedByASnapshotOfTheSameLeader() {
        ScriptedMembers members = withSnapshotOfAnEpochNotEntered();
        QuorumPacket position = position(members, 3);
        assertThat(position.zxid()).isEqualTo(2 * EPOCH_1 + 9);
        assertThat(position.data()).containsExactly(0, 0, 0, 1);

        members.say(QuorumPacket.of(PacketType.TRUNC, EPOCH_1 + 3));
        members.steps(5);
        assertThat(members.replica.status().role()).isEqualTo("FOLLOWING");
        assertThat(members.packets()).extracting(QuorumPacket::type).containsExactly(PacketType.FOLLOWER_INFO);
        promise(members, 3);
        QuorumPacket needy = members.packets().get(0);
        assertThat(needy.type()).isEqualTo(PacketType.ACK_EPOCH);
        assertThat(needy.zxid()).isEqualTo(-1);
        assertThat(needy.data()).containsExactly(-1, -1, -1, -1);

        members.bulkStandsBehindReplacement = true;
        receive(members, EPOCH_1 + 3);
        members.say(QuorumPacket.of(PacketType.NEW_LEADER, 3 * EPOCH_1, new byte[0]));
        members.steps(5);
        assertThat(members.packets()).extracting(QuorumPacket::zxid).containsExactly(3 * EPOCH_1);
        QuorumPacket after = position(new ScriptedMembers(1, members.disk.copy()), 4);
        assertThat(after.zxid()).as("what is left on the disk").isEqualTo(EPOCH_1 + 3);
        assertThat(after.data()).containsExactly(0, 0, 0, 3);
    }

    @Test
    void whoNeedsASnapshotOfOneTermIsJudgedByItsHistoryInTheNext() {
        ScriptedMembers members = withSnapshotOfAnEpochNotEntered();
        position(members, 3);
        members.say(QuorumPacket.of(PacketType.TRUNC, EPOCH_1 + 3));
        members.steps(5);
        members.packets();
        promise(members, 4);
        QuorumPacket position = members.packets().get(0);
        assertThat(position.zxid()).isEqualTo(2 * EPOCH_1 + 9);
        assertThat(position.data()).containsExactly(0, 0, 0, 1);
    }

    /**
     * Found by seed 809 of the simulated ensembles: the snapshot has its name, and the process dies before the log that
     * it replaces is gone. That log may hold what was never committed.
     */
    @Test
    void aLogThatASnapshotHasReplacedIsDiscardedByTheNextStart() {
        ScriptedMembers members = followerWith(3);
        members.follow();
        promise(members, 2);
        members.logStandsBehindReplacement = true;
        receive(members, 2 * EPOCH_1 + 9);
        MemoryDisk left = members.disk.copy();
        assertThat(SegmentCatalog.list(left)).as("logs that are left").isNotEmpty();

        ScriptedMembers again = new ScriptedMembers(1, left);
        assertThat(SegmentCatalog.list(left)).isEmpty();
        assertThat(again.log).anyMatch(line -> line.contains("below snapshot.200000009") && line.contains("discarded"));
        QuorumPacket position = position(again, 3);
        assertThat(position.zxid()).isEqualTo(2 * EPOCH_1 + 9);
        assertThat(position.data()).containsExactly(0, 0, 0, 1);
    }

    /** A member whose log, of several files, stands on a snapshot, and whose next leader's history holds neither. */
    private static ScriptedMembers withALogThatCannotBeCut() {
        ScriptedMembers members = new ScriptedMembers(1, withSnapshotOfAnEpochNotEntered().disk, 1);
        position(members, 3);
        members.say(QuorumPacket.of(PacketType.DIFF, 2 * EPOCH_1 + 9));
        for (int i = 10; i <= 12; i++) {
            members.propose(ScriptedMembers.txn(i, 0, 2 * EPOCH_1 + i, new TxnBody.CreateSession(10_000)));
            members.steps(50);
        }
        members.loseTheLeader();
        members = new ScriptedMembers(1, members.disk.copy());
        assertThat(SegmentCatalog.list(members.disk)).hasSize(3);
        assertThat(position(members, 4).zxid()).isEqualTo(2 * EPOCH_1 + 12);
        members.say(QuorumPacket.of(PacketType.TRUNC, EPOCH_1 + 3));
        members.steps(5);
        promise(members, 4);
        return members;
    }

    @Test
    void aCrashAnywhereInTheDiscardingOfAHistoryLeavesOneThatCanBeStartedFrom() {
        ScriptedMembers members = withALogThatCannotBeCut();
        members.logStandsBehindReplacement = true;
        receive(members, EPOCH_1 + 3);
        List<Long> positions = new ArrayList<>();
        do {
            positions.add(
                    position(new ScriptedMembers(1, members.disk.copy()), 5).zxid() - 2 * EPOCH_1);
        } while (members.logLane.completeOne(members.replica::onDiskCompleted));
        assertThat(positions).startsWith(12L, 11L, 10L, 9L, 3L - EPOCH_1);
    }

    @Test
    void aSnapshotOfWhatIsReplacedDoesNotGetItsNameAfterwards() {
        ScriptedMembers members = withALogThatCannotBeCut();
        members.bulkStands = true;
        members.say(QuorumPacket.of(PacketType.SNAP, EPOCH_1 + 3));
        byte[] stream = stream();
        members.replica.requestSnapshot();
        members.sayRaw(stream, 0, stream.length);
        DiskFile received = SnapshotFile.of(EPOCH_1 + 3).diskFile();
        while (!members.disk.files.containsKey(received)) {
            assertThat(members.bulkLane.completeOne(members.replica::onDiskCompleted))
                    .isTrue();
        }
        assertThat(members.bulkLane.waiting()).as("of its own snapshot").isPositive();
        members.steps(3);
        members.bulkStands = false;
        members.steps(3);
        assertThat(members.replica.status().appliedZxid()).isEqualTo(EPOCH_1 + 3);
        assertThat(position(new ScriptedMembers(1, members.disk.copy()), 5).zxid())
                .isEqualTo(EPOCH_1 + 3);
    }

    /** It would neither be installed nor given up: the member would follow nobody any more. */
    @Test
    void aSnapshotThatMayOrMayNotHaveItsNameEndsTheProcess() {
        ScriptedMembers members = followerWith(1);
        members.follow();
        promise(members, 2);
        members.bulkLane.failing = "rename";
        assertThatThrownBy(() -> receive(members, 2 * EPOCH_1 + 9))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("snapshot.200000009 failed: the medium is broken");
    }
}
