package io.quorate.core.port;

import io.quorate.core.wire.client.OpCode;

/**
 * Observations, the source of logs, metrics and coverage marks. Nothing depends on what is done with them. Called on
 * the replica thread; implementations must be quick and must not throw.
 */
public interface ServerEvents {

    default void linkOpened(long link, String address) {}

    default void linkClosed(long link, CloseReason reason) {}

    default void sessionOpened(long sessionId, int timeoutMillis) {}

    default void sessionResumed(long sessionId, int timeoutMillis) {}

    /** A client asked for a session that is unknown or closing, or with a wrong password. */
    default void sessionRefused(long sessionId) {}

    default void sessionExpired(long sessionId, int timeoutMillis) {}

    default void sessionClosed(long sessionId) {}

    /** @param latencyNanos from reading the request to queueing its reply, in turn time */
    default void requestAnswered(OpCode op, long latencyNanos) {}

    /** A request has been refused for one of the server's bounds. */
    default void limitReached(LimitReached limit) {}

    /** A request became a transaction. @param bytes its size in the log */
    default void txnProposed(long zxid, int bytes) {}

    /** A transaction is durable and in the tree. @param latencyNanos since it was proposed */
    default void txnApplied(long zxid, long latencyNanos) {}

    /** @param delivered connections that were told */
    default void watchesFired(int delivered) {}

    /** The tree's digest is not the one the transaction predicted: the replica has diverged. */
    default void digestMismatch(long zxid, long expected, long actual) {}

    /** Another member has a newer membership that lists other servers: one of the two is configured wrongly. */
    default void membershipDiffers(long fromServerId, String theirText) {}

    /** A connection to the election port was closed because of what came, or did not come, over it. */
    default void electionLinkRefused(String address, String reason) {}

    /** The log found no room and refuses writes, or has found room again. */
    default void writesRefused(String reason) {}

    default void writesAcceptedAgain() {}

    /** The tree's digest at a zxid, every 128 transactions: what operators compare between members. */
    default void digestRecorded(long zxid, long digest) {}

    /** What this server is now, whom it follows (its own id where it leads, -1 for nobody), and why it changed. */
    default void roleChanged(String role, long leader, String reason) {}

    /** An election is over, and a role begins. @param nanos since this server began to look for a leader */
    default void electionDecided(long nanos) {}

    /** A leader serves, or a learner has caught up with one. @param nanos since the role began */
    default void termEstablished(long epoch, long nanos) {}

    /** A term stands here: writes are possible again. @param nanos since this server began to look for a leader */
    default void serviceRegained(boolean leading, long nanos) {}

    /** Loading the state anew has found something that an operator should look into. */
    default void loadingWarned(String what) {}

    /** A leader wants the history cut behind a transaction that is not in it; it is asked for a snapshot. */
    default void truncationNotPossible(long leader, long zxid) {}

    /** The whole state has been replaced. @param source by what */
    default void stateReplaced(long zxid, String source) {}

    /**
     * A learner has been brought up to date.
     *
     * @param how DIFF, TRUNC or SNAP
     * @param nanos since it was known what it lacks
     */
    default void learnerJoined(long serverId, boolean observer, String how, long nanos) {}

    /** A leader gives up because its voters look for another one. */
    default void votersLost() {}

    default void learnerLeft(long serverId, String reason) {}

    /** On a learner: a proposal has come. @param latencyMillis by two servers' clocks, since the leader made it */
    default void proposalReceived(long zxid, long latencyMillis) {}

    /** On a learner: a proposal is durable and acknowledged. @param latencyNanos since it came */
    default void proposalAcknowledged(long zxid, long latencyNanos) {}

    /** On a learner: a commit has come. @param latencyMillis by two servers' clocks, since the leader proposed it */
    default void commitReceived(long zxid, long latencyMillis) {}

    /** On a leader: a learner has a proposal. One in each round trip is told. @param latencyNanos since it was sent */
    default void ackReceived(long serverId, long latencyNanos) {}

    /** A quorum holds a transaction. @param latencyNanos since it was proposed */
    default void txnCommitted(long zxid, long latencyNanos) {}

    default void snapshotStarted(long zxid) {}

    default void snapshotFinished(long zxid, long bytes) {}

    default void snapshotFailed(long zxid, String reason) {}

    default void filePurged(DiskFile file) {}
}
