package io.quorate.core.zab;

import io.quorate.core.txn.Zxid;
import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.peer.PacketType;
import io.quorate.core.wire.peer.QuorumPacket;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Brings one learner from its history to the leader's: the operation, what it lacks, NEWLEADER (quorum protocol 4.5,
 * 4.7). From then on the learner gets whatever is proposed, in the same turn, so nothing falls between. Snapshots and
 * long histories are sent a slice per turn: the leader goes on serving meanwhile.
 */
final class LearnerSync {

    private static final int SLICE_TXNS = 128;
    private static final int SLICE_BYTES = 128 << 10;
    /** In front of a slice: a link that has taken nothing for long is not sent all of what has come, in one turn. */
    private static final int MOST_ADDED_BYTES = 2 << 20;

    private final Member member;
    private final Learners learners;
    private final QuorumPacket newLeader;
    /** Where the history ended when the term began; the next transaction is the first of the term. */
    private final long initialEndZxid;

    LearnerSync(Member member, Learners learners, QuorumPacket newLeader) {
        this.member = member;
        this.learners = learners;
        this.newLeader = newLeader;
        initialEndZxid = member.database().tree().lastZxid();
    }

    /** @param broadcast null before the term is established: then the whole history is in the tree */
    void begin(LearnerLink learner, @Nullable Broadcast broadcast) {
        SyncPlan plan = plan(learner, broadcast);
        learner.syncSinceNanos = member.time().nanos();
        WireWriter out = learners.writer();
        if (plan instanceof SyncPlan.WholeSnapshot) {
            learner.how = "SNAP";
            learner.stage = LearnerLink.Stage.RECEIVING_SNAPSHOT;
            Database database = member.database();
            SnapshotStream stream = new SnapshotStream(database.tree(), database.sessions());
            learner.snapshot = stream;
            stream.begin(out);
            learners.send(learner, out.written());
        } else if (plan instanceof SyncPlan.TruncateThenDifference truncate) {
            learner.how = "TRUNC";
            QuorumPacket.of(PacketType.TRUNC, truncate.toZxid()).writeTo(out);
            beginHistory(learner, truncate.toZxid(), out, broadcast);
        } else if (plan instanceof SyncPlan.Difference difference) {
            learner.how = "DIFF";
            QuorumPacket.of(PacketType.DIFF, difference.announcedZxid()).writeTo(out);
            beginHistory(learner, difference.afterZxid(), out, broadcast);
        }
    }

    private SyncPlan plan(LearnerLink learner, @Nullable Broadcast broadcast) {
        if (broadcast != null && broadcast.isUnderWay(learner.position)) {
            // It has what we have proposed and not applied: cutting that off would take back an acknowledgement.
            return new SyncPlan.Difference(learner.position, learner.position);
        }
        Database database = member.database();
        return SyncPlanner.plan(learner.position, database.tree().lastZxid(), database.window());
    }

    /**
     * Sends the next slice of a snapshot or of the history behind it, if the learner takes one.
     *
     * @return false when that is not at hand any more: the learner has to start over
     */
    boolean proceed(LearnerLink learner, @Nullable Broadcast broadcast) {
        if (!learner.takesSlice()) {
            return true;
        }
        WireWriter out = learners.writer();
        SnapshotStream stream = learner.snapshot;
        if (stream != null) {
            stream.next(out);
            if (!stream.isComplete()) {
                learners.send(learner, out.written());
                return true;
            }
            learner.snapshot = null;
            startHistory(learner, stream.zxid());
        }
        if (!reaches(learner.historyZxid)) {
            return false;
        }
        sendHistory(learner, out, broadcast);
        return true;
    }

    /** Whether everything behind a zxid is in the window. */
    private boolean reaches(long zxid) {
        CommittedWindow window = member.database().window();
        long end = member.database().tree().lastZxid();
        // The term may have been opened since: between the end of the history and the opening lies nothing.
        long after = zxid == initialEndZxid ? newLeader.zxid() : zxid;
        return end == zxid || end == after || !window.isEmpty() && window.first() <= after + 1;
    }

    private void beginHistory(LearnerLink learner, long afterZxid, WireWriter out, @Nullable Broadcast broadcast) {
        startHistory(learner, afterZxid);
        sendHistory(learner, out, broadcast);
    }

    private void startHistory(LearnerLink learner, long afterZxid) {
        learner.knownZxid = afterZxid;
        learner.historyZxid = afterZxid;
        learner.historyEndZxid = member.database().tree().lastZxid();
    }

    /**
     * As many transactions as have come since the last slice, up to a limit, and a slice more: otherwise a leader that
     * takes more in a turn than a slice holds would never be done.
     */
    private void sendHistory(LearnerLink learner, WireWriter out, @Nullable Broadcast broadcast) {
        Iterator<CommittedWindow.Entry> missing = member.database().window().behind(learner.historyZxid);
        long end = member.database().tree().lastZxid();
        int start = out.size();
        long added = between(learner.historyEndZxid, end);
        for (; added > 0 && missing.hasNext() && out.size() - start < MOST_ADDED_BYTES; added--) {
            send(missing.next(), learner, out);
        }
        learner.historyEndZxid = end;
        int sliceStart = out.size();
        for (int i = 0; missing.hasNext() && i < SLICE_TXNS && out.size() - sliceStart < SLICE_BYTES; i++) {
            send(missing.next(), learner, out);
        }
        if (missing.hasNext()) {
            learner.stage = LearnerLink.Stage.RECEIVING_HISTORY;
            learners.send(learner, out.written());
            return;
        }
        if (broadcast != null) {
            broadcast.sendUncommitted(learner, learner.knownZxid, out);
        }
        newLeader.writeTo(out);
        learner.stage = LearnerLink.Stage.AWAITING_HISTORY_ACK;
        learners.send(learner, out.written());
    }

    /** How many transactions lie behind one and up to the other, in this term. */
    private static long between(long beforeZxid, long endZxid) {
        return Zxid.epoch(beforeZxid) == Zxid.epoch(endZxid) ? endZxid - beforeZxid : Zxid.counter(endZxid);
    }

    private static void send(CommittedWindow.Entry entry, LearnerLink learner, WireWriter out) {
        QuorumPacket.of(PacketType.PROPOSAL, entry.zxid(), entry.payload()).writeTo(out);
        QuorumPacket.of(PacketType.COMMIT, entry.zxid()).writeTo(out);
        learner.historyZxid = entry.zxid();
    }
}
