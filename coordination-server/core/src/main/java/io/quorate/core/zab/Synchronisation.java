package io.quorate.core.zab;

import io.quorate.core.wire.peer.PacketType;
import io.quorate.core.wire.peer.QuorumPacket;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The second phase of a leader's term: brings learners to its history until a quorum holds it, then tells them to serve
 * (quorum protocol 4.5, 4.7). It goes on beside the broadcast, for those that come later.
 */
final class Synchronisation {

    private final Member member;
    private final Learners learners;
    private final long epochZxid;
    private final LearnerSync sync;
    /** Voters that hold the history with which the term begins. */
    private final TreeSet<Long> historyAcks = new TreeSet<>();
    /** Null until the term is established: then the whole history is in the tree. */
    private @Nullable Broadcast broadcast;

    /** @param epochZxid where the term's history begins: its epoch with counter 0 */
    Synchronisation(Member member, Learners learners, long epochZxid) {
        this.member = member;
        this.learners = learners;
        this.epochZxid = epochZxid;
        byte[] config = member.membership().text().getBytes(StandardCharsets.UTF_8);
        sync = new LearnerSync(member, learners, QuorumPacket.of(PacketType.NEW_LEADER, epochZxid, config));
        historyAcks.add(member.serverId());
    }

    /** Begins with everyone who waits for it. */
    void start() {
        learners.copy().forEach(this::beginIfAwaited);
    }

    void beginIfAwaited(LearnerLink learner) {
        if (learner.stage == LearnerLink.Stage.AWAITING_SYNC) {
            sync.begin(learner, broadcast);
        }
    }

    /**
     * The acknowledgement of NEWLEADER: the learner has all of its history durably.
     *
     * @return false when it has said so before
     */
    boolean onAck(LearnerLink learner) {
        if (learner.stage != LearnerLink.Stage.AWAITING_HISTORY_ACK) {
            return false;
        }
        learner.stage = LearnerLink.Stage.SYNCED;
        learner.waitingSinceNanos = member.time().nanos();
        if (learner.voter) {
            historyAcks.add(learner.serverId);
        }
        if (broadcast != null && learner.voter && learner.knownZxid > epochZxid) {
            // Held before it came: whatever of it is not committed is acknowledged by this.
            broadcast.onAck(learner, learner.knownZxid);
        }
        return true;
    }

    boolean isHeldByQuorum() {
        return member.membership().rule().isQuorum(historyAcks);
    }

    /** The term is established: who comes now gets what is proposed in it as well. */
    void onEstablished(Broadcast started) {
        broadcast = started;
        letServe();
    }

    /** UPTODATE: a learner may serve once everything that it has is committed. */
    void letServe() {
        Broadcast serving = broadcast;
        if (serving == null) {
            return;
        }
        long now = member.time().nanos();
        for (LearnerLink learner : learners.all()) {
            if (learner.stage == LearnerLink.Stage.SYNCED && serving.committed() >= learner.knownZxid) {
                learner.stage = LearnerLink.Stage.SERVING;
                learner.heard(now, member.timing().syncLimitNanos());
                learners.send(learner, QuorumPacket.of(PacketType.UP_TO_DATE, -1));
                long syncNanos = now - learner.syncSinceNanos;
                member.events().learnerJoined(learner.serverId, learner.observer, learner.how, syncNanos);
            }
        }
    }

    /** Whether {@link #endOfTurn} has a snapshot or a history to go on with. */
    boolean wantsTurn() {
        for (LearnerLink learner : learners.all()) {
            if (learner.takesSlice()) {
                return true;
            }
        }
        return false;
    }

    /** The next slices of snapshots and histories, and who may serve by now. */
    void endOfTurn() {
        long patienceNanos = member.timing().initLimitNanos() + member.timing().syncLimitNanos();
        for (LearnerLink learner : learners.copy()) {
            if (learner.takesSlice()) {
                learner.deadlineNanos = member.time().nanos() + patienceNanos;
                if (!sync.proceed(learner, broadcast)) {
                    learners.drop(learner, "so much has happened since that it needs a snapshot");
                }
            }
        }
        letServe();
    }
}
