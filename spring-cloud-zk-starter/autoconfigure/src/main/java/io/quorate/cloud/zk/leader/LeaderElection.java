package io.quorate.cloud.zk.leader;

import java.util.List;
import java.util.Optional;

/**
 * The election for one role. At most one candidate leads at a time, as far as candidates can know: a process that
 * stands still cannot notice that its session has gone, so what must not happen twice is written through
 * {@link #inLeadership(FencedWork)}, or carries the token's epoch to a store that refuses smaller ones. Thread-safe;
 * nothing but {@code inLeadership} waits for the server.
 */
public interface LeaderElection {

    String role();

    /** Whether this candidate leads. False from the moment at which the connection is lost. */
    boolean isLeader();

    /** The token of this candidate's leadership; empty when it does not lead. */
    Optional<LeadershipToken> token();

    /** Who leads, as last seen; empty when nobody does, or before the first look. */
    Optional<Participant> leader();

    /** All candidates in the order in which they will lead, as last seen. */
    List<Participant> participants();

    /**
     * Goes to the back of the queue. When this returns, {@link #isLeader()} is false; it turns true again when all
     * others have led, which is at once where there are none. Does nothing when this application is no candidate at
     * present.
     */
    void resign();

    /**
     * Runs work as the leader, on this thread. The work commits its changes through the {@link Fence} that it is given.
     *
     * @return what the work returns
     * @throws NotLeaderException when this candidate does not lead, or stopped leading before a commit
     * @throws FencedTransactionException when the server refused a commit for another reason
     */
    <T> T inLeadership(FencedWork<T> work);
}
