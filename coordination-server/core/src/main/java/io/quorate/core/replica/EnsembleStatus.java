package io.quorate.core.replica;

import java.util.List;
import org.jspecify.annotations.Nullable;

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
 * @param leading what is told of a leader; null elsewhere
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
        List<Learner> learners,
        @Nullable Leading leading) {

    /**
     * Of a leader.
     *
     * @param uptimeMillis since it was elected
     * @param pendingSyncs syncs of all members' clients that wait for their answer
     * @param lastProposalBytes -1 before the first proposal of the term or since the last reset, as the other two
     */
    public record Leading(
            long uptimeMillis, int pendingSyncs, int lastProposalBytes, int minProposalBytes, int maxProposalBytes) {}

    /**
     * A learner as its leader sees it.
     *
     * @param serving whether it has been brought up to date
     * @param lag proposals that it has not acknowledged; 0 for an observer, which acknowledges none
     * @param how it was brought up to date: DIFF, TRUNC or SNAP
     */
    public record Learner(long serverId, boolean observer, boolean serving, long lag, String how) {}

    /** How many learners are up to date, of the followers or of the observers. */
    public int synced(boolean observer) {
        int count = 0;
        for (Learner learner : learners) {
            count += learner.serving() && learner.observer() == observer ? 1 : 0;
        }
        return count;
    }

    /** How many followers are up to date and yet have no vote. */
    public int syncedNonVoting() {
        int count = 0;
        for (Learner learner : learners) {
            boolean votes = voters.contains(learner.serverId());
            count += learner.serving() && !learner.observer() && !votes ? 1 : 0;
        }
        return count;
    }
}
