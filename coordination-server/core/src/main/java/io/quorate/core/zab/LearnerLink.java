package io.quorate.core.zab;

import io.quorate.core.txn.Zxid;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What the leader knows of one learner's connection. */
final class LearnerLink {

    /** Where the learner stands. Only moves down this list. */
    enum Stage {
        /** Connected; has not said who it is. */
        AWAITING_INFO,
        /** Waits for the term's epoch to be agreed upon and durable here. */
        AWAITING_EPOCH,
        /** Has been told the epoch. */
        AWAITING_EPOCH_ACK,
        /** Has promised it, and waits until a quorum has. */
        AWAITING_SYNC,
        /** Is being sent the whole tree. */
        RECEIVING_SNAPSHOT,
        /** Is being sent the transactions that it lacks. */
        RECEIVING_HISTORY,
        /** Has been sent its history and NEWLEADER, and gets whatever is proposed. */
        AWAITING_HISTORY_ACK,
        /** Has all of it durably. */
        SYNCED,
        /** Has been told to serve. */
        SERVING
    }

    final long link;
    Stage stage = Stage.AWAITING_INFO;
    long serverId = -1;
    boolean observer;
    boolean voter;
    /** Its position when it came. */
    long position;
    /** COMMITs up to here mean nothing to it: it had the transactions before it came, or does not get them. */
    long knownZxid;
    /** Of the history that it lacks, the last transaction that it has been sent; where it begins before the first. */
    long historyZxid;
    /** The latest transaction of the history when it was sent a slice last. */
    long historyEndZxid;
    /** How it was brought up to date. */
    String how = "";
    /** When that began. */
    long syncSinceNanos;
    /** Until when it counts as alive unless it is heard again. */
    long deadlineNanos;
    /** The last proposal sent on this link. */
    long sentZxid;
    /** The last proposal acknowledged on this link. */
    long ackedZxid;
    /**
     * Since when a proposal has been waiting for its acknowledgement, at the earliest since the history is
     * acknowledged; meaningful while {@code sent > acked}.
     */
    long waitingSinceNanos;
    /** The proposal whose round trip is being measured; 0 for none. */
    long measuredZxid;
    /** When it was sent. */
    long measuredSinceNanos;
    /** Whether the link takes output. */
    boolean writable = true;

    @Nullable
    SnapshotStream snapshot;
    /** Syncs to be answered, in this order. */
    final ArrayDeque<SyncRounds.Sync> syncs = new ArrayDeque<>();

    LearnerLink(long link, long deadlineNanos) {
        this.link = link;
        this.deadlineNanos = deadlineNanos;
    }

    /** Whether proposals and commits are sent to it as they are made. */
    boolean isForwarding() {
        return stage.compareTo(Stage.AWAITING_HISTORY_ACK) >= 0;
    }

    /** Whether the next slice of a snapshot, or of the history, may be sent to it. */
    boolean takesSlice() {
        return writable && (stage == Stage.RECEIVING_SNAPSHOT || stage == Stage.RECEIVING_HISTORY);
    }

    /** It has given a sign of life. Before it serves it has as long as it takes to be brought up to date. */
    void heard(long nowNanos, long limitNanos) {
        if (stage == Stage.SERVING) {
            deadlineNanos = nowNanos + limitNanos;
        }
    }

    /** Proposals of this term that it has not acknowledged. */
    long lag(long lastProposed) {
        long held = Math.max(ackedZxid, knownZxid);
        return observer || sentZxid <= ackedZxid
                ? 0
                : lastProposed - Math.max(held, Zxid.of(Zxid.epoch(lastProposed), 0));
    }

    /** Why it is to be given up; null while it keeps up. */
    @Nullable
    String silence(long nowNanos, long limitNanos) {
        if (nowNanos > deadlineNanos) {
            return "it has not been heard for too long";
        }
        // Before it has acknowledged the history it acknowledges no proposal, and has until the deadline for that.
        boolean acknowledges = stage.compareTo(Stage.SYNCED) >= 0;
        return acknowledges && sentZxid > ackedZxid && nowNanos - waitingSinceNanos > limitNanos
                ? "it has not acknowledged a proposal for too long"
                : null;
    }

    @Override
    public String toString() {
        return (observer ? "observer " : "follower ") + serverId;
    }
}
