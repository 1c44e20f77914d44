package io.quorate.core.zab;

import io.quorate.core.quorum.AckTally;
import io.quorate.core.request.ClientSide;
import io.quorate.core.txn.Txn;
import io.quorate.core.txn.TxnCodec;
import io.quorate.core.txn.Zxid;
import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.peer.PacketType;
import io.quorate.core.wire.peer.QuorumPacket;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A leader's transactions on their way: proposed to everyone, acknowledged by a quorum, committed in order (quorum
 * protocol 5.1, 5.2).
 */
final class Broadcast {

    /** Proposed and not applied. @param proposedNanos turn time */
    record Proposal(Txn txn, byte[] payload, long proposedNanos) {
        long zxid() {
            return txn.zxid();
        }
    }

    private final Member member;
    private final Learners learners;
    private final AckTally acks;
    private final SyncRounds syncs;
    /** Who is told of answered syncs of own clients; null until clients are let in. */
    private @Nullable ClientSide clients;

    private final WireWriter encoded = new WireWriter(1024);
    /** What {@link #encoded} holds: a transaction is measured before it is proposed, and encoded once. */
    private @Nullable Txn encodedTxn;

    /** Oldest first; those up to {@link #committed} only wait for our own disk. */
    private final ArrayDeque<Proposal> proposals = new ArrayDeque<>();
    /** Those of {@link #proposals} that are not committed. */
    private final ArrayDeque<Proposal> uncommitted = new ArrayDeque<>();

    private long lastProposed;
    private long committed;
    private final ProposalSizes sizes = new ProposalSizes();

    /** @param epochZxid where the term's history begins: its epoch with counter 0 */
    Broadcast(Member member, Learners learners, long epochZxid) {
        this.member = member;
        this.learners = learners;
        acks = new AckTally(member.membership().rule());
        syncs = new SyncRounds(member, learners);
        lastProposed = epochZxid;
        committed = epochZxid;
    }

    long lastProposed() {
        return lastProposed;
    }

    long committed() {
        return committed;
    }

    /** Whether the counter of the epoch has come to its end: the next term opens another one (quorum protocol 7.6). */
    boolean isExhausted() {
        return Zxid.counter(lastProposed) >= Zxid.LAST_COUNTER;
    }

    long nextZxid() {
        return lastProposed + 1;
    }

    /** How many bytes a transaction takes in the log and in a packet. */
    int sizeOf(Txn txn) {
        if (txn != encodedTxn) {
            encoded.clear();
            TxnCodec.write(txn, encoded);
            encodedTxn = txn;
        }
        return encoded.size();
    }

    /** Logs a transaction and sends it to whoever gets proposals. Requires that the log takes it. */
    void propose(Txn txn) {
        int bytes = sizeOf(txn);
        byte[] payload = encoded.toByteArray();
        Proposal proposal = new Proposal(txn, payload, member.time().nanos());
        lastProposed = txn.zxid();
        proposals.addLast(proposal);
        uncommitted.addLast(proposal);
        member.database().append(txn, payload);
        member.events().txnProposed(txn.zxid(), bytes);
        sizes.add(bytes);
        WireWriter out = learners.writer();
        QuorumPacket.write(out, PacketType.PROPOSAL, txn.zxid(), encoded.written());
        for (LearnerLink learner : learners.all()) {
            if (learner.isForwarding() && !learner.observer) {
                learners.send(learner, out.written());
                noteSent(learner, txn.zxid());
            }
        }
    }

    LeaderFigures figures(long startNanos) {
        return sizes.figures(startNanos, syncs.pending());
    }

    void resetProposalSizes() {
        sizes.reset();
    }

    private void noteSent(LearnerLink learner, long zxid) {
        if (learner.sentZxid <= learner.ackedZxid) {
            learner.waitingSinceNanos = member.time().nanos();
        }
        learner.sentZxid = zxid;
        if (learner.measuredZxid == 0) {
            learner.measuredZxid = zxid;
            learner.measuredSinceNanos = member.time().nanos();
        }
    }

    /** What has been proposed and not committed, for a learner that has just been brought to what is. */
    void sendUncommitted(LearnerLink learner, long afterZxid, WireWriter out) {
        for (Proposal proposal : proposals) {
            long zxid = proposal.zxid();
            if (zxid <= afterZxid) {
                continue;
            }
            if (zxid <= committed || !learner.observer) {
                QuorumPacket.of(PacketType.PROPOSAL, zxid, proposal.payload).writeTo(out);
            }
            if (zxid <= committed) {
                QuorumPacket.of(PacketType.COMMIT, zxid).writeTo(out);
            } else if (!learner.observer) {
                noteSent(learner, zxid);
            }
        }
    }

    /** Whether this is a transaction of ours that is not in the tree yet. */
    boolean isUnderWay(long zxid) {
        return !proposals.isEmpty() && zxid >= proposals.getFirst().zxid() && zxid <= lastProposed;
    }

    /** A learner has a transaction, and those before it on its link too, since it acknowledges in order. */
    void onAck(LearnerLink learner, long zxid) {
        learner.ackedZxid = Math.max(learner.ackedZxid, zxid);
        learner.waitingSinceNanos = member.time().nanos();
        if (learner.measuredZxid != 0 && zxid >= learner.measuredZxid) {
            member.events().ackReceived(learner.serverId, member.time().nanos() - learner.measuredSinceNanos);
            learner.measuredZxid = 0;
        }
        if (learner.voter && zxid <= lastProposed) {
            acks.acked(learner.serverId, zxid);
            commitWhatAQuorumHas();
        }
    }

    void onOwnDurable(long zxid) {
        if (member.isVoter(member.serverId()) && zxid > committed && zxid <= lastProposed) {
            acks.acked(member.serverId(), zxid);
            commitWhatAQuorumHas();
        }
        member.database().onLogDurable();
    }

    private void commitWhatAQuorumHas() {
        long position = Math.min(acks.quorumZxid(), lastProposed);
        if (position <= committed) {
            return;
        }
        while (!uncommitted.isEmpty() && uncommitted.getFirst().zxid() <= position) {
            Proposal proposal = uncommitted.removeFirst();
            // A sync is answered between the commits before it and those behind it, as its session asked.
            syncs.onHeld(proposal.zxid());
            releaseSyncs();
            releaseOwnSyncs();
            committed = proposal.zxid();
            announce(proposal);
            releaseSyncs();
            member.events().txnCommitted(committed, member.time().nanos() - proposal.proposedNanos);
        }
        member.database().commit(committed);
    }

    private void announce(Proposal proposal) {
        for (LearnerLink learner : learners.all()) {
            if (!learner.isForwarding() || proposal.zxid() <= learner.knownZxid) {
                continue;
            }
            learners.send(
                    learner,
                    learner.observer
                            ? QuorumPacket.of(PacketType.INFORM, proposal.zxid(), proposal.payload)
                            : QuorumPacket.of(PacketType.COMMIT, proposal.zxid()));
        }
    }

    /** Clients of this server are let in. */
    void serve(ClientSide ownClients) {
        clients = ownClients;
    }

    /**
     * A learner's sync: answered behind the commit of everything proposed so far (quorum protocol 5.8), and not before
     * a quorum has said that this server still leads.
     */
    void sync(LearnerLink learner) {
        syncs.add(learner, lastProposed);
    }

    /** An own client's sync, likewise. */
    void syncOwn() {
        syncs.addOwn(lastProposed);
    }

    /** A learner has answered a sign of life. */
    void onPing(LearnerLink learner, long zxid) {
        if (syncs.onAnswer(learner, zxid)) {
            releaseSyncs();
            releaseOwnSyncs();
        }
    }

    /** It is time for a sign of life. */
    void onPingDue() {
        syncs.askAgain();
    }

    void endOfTurn() {
        if (syncs.isWanted()) {
            syncs.ask();
            // A single voter has answered by that.
            releaseSyncs();
            releaseOwnSyncs();
        }
    }

    /** Whether {@link #endOfTurn} has something to do. */
    boolean wantsTurn() {
        return syncs.isWanted();
    }

    /** Those of learners; each applies what is committed before it answers. */
    private void releaseSyncs() {
        for (LearnerLink learner : learners.all()) {
            while (syncs.take(learner, committed)) {
                learners.send(learner, QuorumPacket.of(PacketType.SYNC, 0));
            }
        }
    }

    /** Those of own clients: they wait by themselves until what was proposed before them is applied. */
    private void releaseOwnSyncs() {
        ClientSide own = clients;
        if (own == null) {
            return;
        }
        for (SyncRounds.Sync sync = syncs.takeOwn(); sync != null; sync = syncs.takeOwn()) {
            own.onSynced(sync.afterZxid());
        }
    }

    /** Everything up to this is in the tree now. */
    void applied(long zxid) {
        while (!proposals.isEmpty() && proposals.getFirst().zxid() <= zxid) {
            proposals.removeFirst();
        }
    }
}
