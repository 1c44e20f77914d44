package io.quorate.core.zab;

import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.peer.PacketType;
import io.quorate.core.wire.peer.QuorumPacket;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Brings one learner from its history to the leader's: the operation, what it lacks, NEWLEADER (quorum protocol 4.5,
 * 4.7). From then on the learner gets whatever is proposed, in the same turn, so nothing falls between.
 */
final class LearnerSync {

    private final Member member;
    private final Learners learners;
    private final QuorumPacket newLeader;

    LearnerSync(Member member, Learners learners, QuorumPacket newLeader) {
        this.member = member;
        this.learners = learners;
        this.newLeader = newLeader;
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
            finish(learner, truncate.toZxid(), out, broadcast);
        } else if (plan instanceof SyncPlan.Difference difference) {
            learner.how = "DIFF";
            QuorumPacket.of(PacketType.DIFF, difference.announcedZxid()).writeTo(out);
            finish(learner, difference.afterZxid(), out, broadcast);
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
     * Sends the next slices of a snapshot while the learner takes them; behind the last one, what has happened since.
     *
     * @return false when that is not at hand any more: the learner has to start over
     */
    boolean proceed(LearnerLink learner, @Nullable Broadcast broadcast) {
        SnapshotStream stream = learner.snapshot;
        if (stream == null || !learner.writable) {
            return true;
        }
        WireWriter out = learners.writer();
        stream.next(out);
        if (!stream.isComplete()) {
            learners.send(learner, out.written());
            return true;
        }
        learner.snapshot = null;
        if (!reaches(stream.zxid())) {
            return false;
        }
        finish(learner, stream.zxid(), out, broadcast);
        return true;
    }

    /** Whether everything behind a zxid is in the window. */
    private boolean reaches(long zxid) {
        CommittedWindow window = member.database().window();
        return member.database().tree().lastZxid() == zxid || !window.isEmpty() && window.first() <= zxid + 1;
    }

    private void finish(LearnerLink learner, long afterZxid, WireWriter out, @Nullable Broadcast broadcast) {
        Iterator<CommittedWindow.Entry> missing = member.database().window().behind(afterZxid);
        while (missing.hasNext()) {
            CommittedWindow.Entry entry = missing.next();
            QuorumPacket.of(PacketType.PROPOSAL, entry.zxid(), entry.payload()).writeTo(out);
            QuorumPacket.of(PacketType.COMMIT, entry.zxid()).writeTo(out);
        }
        learner.knownZxid = afterZxid;
        if (broadcast != null) {
            broadcast.sendUncommitted(learner, afterZxid, out);
        }
        newLeader.writeTo(out);
        learner.stage = LearnerLink.Stage.AWAITING_HISTORY_ACK;
        learners.send(learner, out.written());
    }
}
