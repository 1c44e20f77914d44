package io.quorate.core.zab;

import io.quorate.core.quorum.AckTally;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Asks the voters whether this server still leads, so that no sync is answered from a history that others have left
 * behind: a leader may be the last to hear that it is none any more. A voter that answers had not turned to another
 * leader when it was asked. One round serves all syncs of a turn.
 */
final class SyncRounds {

    /**
     * A sync that waits.
     *
     * @param afterZxid must be committed before a learner is answered, and applied before a client is
     * @param round must have been answered by a quorum
     */
    record Sync(long afterZxid, long round) {}

    private final Member member;
    private final Learners learners;
    private final AckTally answers;
    /** Those of this server's own clients. */
    private final ArrayDeque<Sync> own = new ArrayDeque<>();
    /** A quorum holds what was proposed with this zxid, so it has followed this server since. */
    private long heldZxid;
    /** The last round that was asked. */
    private long round;
    /** Whether a sync waits for the next one. */
    private boolean wanted;

    SyncRounds(Member member, Learners learners) {
        this.member = member;
        this.learners = learners;
        answers = new AckTally(member.membership().rule());
    }

    /** A learner's. */
    void add(LearnerLink learner, long afterZxid) {
        learner.syncs.addLast(next(afterZxid));
    }

    /** An own client's. */
    void addOwn(long afterZxid) {
        own.addLast(next(afterZxid));
    }

    private Sync next(long afterZxid) {
        wanted = true;
        return new Sync(afterZxid, round + 1);
    }

    /** How many wait for their answer. */
    int pending() {
        int pending = own.size();
        for (LearnerLink learner : learners.all()) {
            pending += learner.syncs.size();
        }
        return pending;
    }

    boolean isWanted() {
        return wanted;
    }

    /** Asks for everything that has come since it was last called. */
    void ask() {
        if (wanted) {
            wanted = false;
            round++;
            answers.acked(member.serverId(), round);
            // A sign of life comes back as it was sent. No zxid is negative, so the others are told apart.
            learners.ping(-round);
        }
    }

    /** Asks anew for what still waits: who was asked may have gone with the question, and come back. */
    void askAgain() {
        wanted |= pending() > 0;
    }

    /** A quorum holds a proposal: that answers for every sync that came before it was made. */
    void onHeld(long zxid) {
        heldZxid = zxid;
    }

    /** A learner has answered a sign of life. @return whether that may have released a sync */
    boolean onAnswer(LearnerLink learner, long zxid) {
        if (zxid < 0 && -zxid <= round && learner.voter) {
            answers.acked(learner.serverId, -zxid);
            return true;
        }
        return false;
    }

    /** Takes a learner's oldest sync if it may be answered. */
    boolean take(LearnerLink learner, long committed) {
        return take(learner.syncs, committed) != null;
    }

    /** Takes the oldest sync of an own client that a quorum has answered for; null when there is none. */
    @Nullable
    Sync takeOwn() {
        return take(own, Long.MAX_VALUE);
    }

    private @Nullable Sync take(ArrayDeque<Sync> syncs, long reached) {
        Sync oldest = syncs.peekFirst();
        if (oldest == null || oldest.afterZxid > reached) {
            return null;
        }
        boolean leadsStill = oldest.round <= answers.quorumZxid() || oldest.afterZxid < heldZxid;
        return leadsStill ? syncs.removeFirst() : null;
    }
}
