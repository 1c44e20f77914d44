package io.quorate.core.replica;

import java.util.List;

/**
 * What a member shows of the ensemble as it sees it.
 *
 * @param leaderId whom it follows, itself included; -1 for nobody
 * @param epoch of the term; -1 before it is known
 * @param serving whether clients are served
 * @param doubted whether its data is lost or incomplete, so that it does not vote until it has its leader's
 * @param acceptedEpoch the highest one that it has promised
 * @param currentEpoch the one whose history it holds
 * @param elections entered since the start, the one under way included
 * @param lastElectionReason why the last one was entered
 * @param learners of a leader; empty elsewhere
 */
public record EnsembleStatus(
        long leaderId,
        long epoch,
        boolean serving,
        boolean doubted,
        long acceptedEpoch,
        long currentEpoch,
        long elections,
        String lastElectionReason,
        List<Long> voters,
        List<Long> observers,
        List<Learner> learners) {

    /**
     * A learner as its leader sees it.
     *
     * @param serving whether it has been brought up to date
     * @param lag proposals that it has not acknowledged; 0 for an observer, which acknowledges none
     * @param how it was brought up to date: DIFF, TRUNC or SNAP
     */
    public record Learner(long serverId, boolean observer, boolean serving, long lag, String how) {}
}
