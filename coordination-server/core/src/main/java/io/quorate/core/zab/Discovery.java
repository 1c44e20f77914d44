package io.quorate.core.zab;

import io.quorate.core.txn.Zxid;
import io.quorate.core.wire.MalformedRecord;
import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.peer.LearnerInfo;
import io.quorate.core.wire.peer.PacketType;
import io.quorate.core.wire.peer.QuorumPacket;
import java.nio.ByteBuffer;
import java.util.TreeSet;

/**
 * The first phase of a leader's term: agrees with a quorum on an epoch that nobody in it has promised before, and makes
 * sure that nobody in it has a better history (quorum protocol 4.1 to 4.4). Who comes later is told the epoch likewise.
 */
final class Discovery {

    private final Member member;
    private final Learners learners;
    private final LeaderTerm term;
    private final Runnable onEntered;
    private final EpochPromises promises;
    /** What this server had when the term began: nobody whose history is better may be led by it. */
    private final long ownEpoch;

    private final long ownPosition;
    /** Voters that have promised the epoch and have no better history. */
    private final TreeSet<Long> epochAcks = new TreeSet<>();
    /** Whether this server itself has promised the epoch, on its disk: others may be told of it. */
    private boolean epochDurable;
    /** Whether a quorum has promised it, and it is on its way to become the current one. */
    private boolean entering;

    /** @param onEntered called once, when the epoch is this server's current one, durably */
    Discovery(Member member, Learners learners, LeaderTerm term, Runnable onEntered) {
        this.member = member;
        this.learners = learners;
        this.term = term;
        this.onEntered = onEntered;
        promises = new EpochPromises(member.membership().rule(), member.serverId());
        ownEpoch = member.epochs().current();
        ownPosition = member.database().position();
    }

    void start() {
        promise(member.serverId(), member.epochs().accepted());
    }

    /** The term's epoch; -1 before it is durable. */
    long epoch() {
        return epochDurable ? promises.epoch() : -1;
    }

    /** Where the term's history begins: its epoch with counter 0. */
    long epochZxid() {
        return Zxid.of(promises.epoch(), 0);
    }

    /** FOLLOWERINFO or OBSERVERINFO: who the learner is, and which epoch it has promised last. */
    void onInfo(LearnerLink learner, QuorumPacket packet) {
        if (packet.type() != PacketType.FOLLOWER_INFO && packet.type() != PacketType.OBSERVER_INFO) {
            throw new MalformedRecord("packet " + packet.type() + " before the learner has said who it is");
        }
        LearnerInfo info = LearnerInfo.read(packet.data());
        learner.serverId = info.serverId();
        learner.observer = packet.type() == PacketType.OBSERVER_INFO;
        learner.voter = !learner.observer && member.isVoter(info.serverId());
        LearnerLink other = learners.otherOf(learner);
        if (other != null) {
            learners.drop(other, "it has come again on another connection");
        }
        if (info.configVersion() > member.membership().version()) {
            learners.drop(learner, "it knows a newer membership, version " + Long.toHexString(info.configVersion()));
            return;
        }
        learner.stage = LearnerLink.Stage.AWAITING_EPOCH;
        // The epoch is signed here: a member without data has promised -1.
        promise(learner.serverId, packet.zxid() >> Integer.SIZE);
        if (epochDurable) {
            tellEpoch(learner);
        }
    }

    private void promise(long serverId, long acceptedEpoch) {
        if (promises.arrive(serverId, acceptedEpoch)) {
            member.epochs().accept(promises.epoch(), this::onPromised, term::giveUp);
        }
    }

    private void onPromised() {
        if (!term.isIn(LeaderTerm.Phase.DISCOVERY)) {
            return;
        }
        term.enter(LeaderTerm.Phase.PROMISED);
        epochDurable = true;
        epochAcks.add(member.serverId());
        for (LearnerLink learner : learners.copy()) {
            if (learner.stage == LearnerLink.Stage.AWAITING_EPOCH) {
                tellEpoch(learner);
            }
        }
        enterIfAcknowledged();
    }

    /** LEADERINFO. */
    private void tellEpoch(LearnerLink learner) {
        learner.stage = LearnerLink.Stage.AWAITING_EPOCH_ACK;
        byte[] version = new WireWriter(Integer.BYTES)
                .writeInt(LearnerInfo.PROTOCOL_VERSION)
                .toByteArray();
        learners.send(learner, QuorumPacket.of(PacketType.LEADER_INFO, epochZxid(), version));
    }

    /** ACKEPOCH: the learner has promised the epoch, and says what it has. It may be synchronised then. */
    void onEpochAck(LearnerLink learner, QuorumPacket packet) {
        byte[] data = packet.data();
        if (packet.type() != PacketType.ACK_EPOCH || data == null || data.length < Integer.BYTES) {
            throw new MalformedRecord("packet " + packet.type() + " where the epoch is to be acknowledged");
        }
        learner.position = packet.zxid();
        learner.stage = LearnerLink.Stage.AWAITING_SYNC;
        int currentEpoch = ByteBuffer.wrap(data).getInt();
        if (!term.isIn(LeaderTerm.Phase.PROMISED) || entering || currentEpoch == -1) {
            return;
        }
        if (currentEpoch > ownEpoch || currentEpoch == ownEpoch && packet.zxid() > ownPosition) {
            learners.drop(learner, "its history is better than ours");
        } else if (learner.voter && packet.zxid() != -1) {
            epochAcks.add(learner.serverId);
            enterIfAcknowledged();
        }
    }

    private void enterIfAcknowledged() {
        if (entering || !member.membership().rule().isQuorum(epochAcks)) {
            return;
        }
        entering = true;
        member.epochs().enter(promises.epoch(), this::onEpochEntered, term::giveUp);
    }

    private void onEpochEntered() {
        if (term.isIn(LeaderTerm.Phase.PROMISED)) {
            onEntered.run();
        }
    }
}
