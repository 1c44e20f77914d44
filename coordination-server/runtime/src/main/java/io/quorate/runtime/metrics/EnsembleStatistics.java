package io.quorate.runtime.metrics;

import java.util.Map;

/**
 * What a member has seen of its ensemble since the start. Times are histograms in microseconds.
 *
 * @param lookingCount how often this server began to look for a leader
 * @param electionTime from there to a role
 * @param unavailableTime from there until a term stood here
 * @param leaderUnavailableTime the same, where this server became the leader
 */
public record EnsembleStatistics(
        long lookingCount,
        LatencyHistogram electionTime,
        LatencyHistogram unavailableTime,
        LatencyHistogram leaderUnavailableTime,
        Leading leading,
        Learning learning) {

    /**
     * As a leader.
     *
     * @param lostToDisloyalVoters terms that ended because voters were looking elsewhere
     * @param followerSyncTime how long it took to bring a follower up to date; likewise observers
     * @param diffs learners brought up to date by what they lacked, behind a truncation or not
     * @param snapshots learners brought up to date by the whole state
     * @param quorumAckTime from a proposal to its quorum
     * @param ackTime from a proposal to the acknowledgement, by learner
     */
    public record Leading(
            long proposals,
            long commits,
            long lostToDisloyalVoters,
            LatencyHistogram followerSyncTime,
            LatencyHistogram observerSyncTime,
            long diffs,
            long snapshots,
            LatencyHistogram quorumAckTime,
            Map<Long, LatencyHistogram> ackTime) {}

    /**
     * As a learner.
     *
     * @param proposalLatency from a proposal's creation to its arrival, by the clocks of two servers
     * @param ackCreationTime from its arrival to the acknowledgement
     * @param commitLatency from a proposal's creation to the arrival of its commit, by the clocks of two servers
     */
    public record Learning(
            long proposals,
            long commits,
            LatencyHistogram proposalLatency,
            LatencyHistogram ackCreationTime,
            LatencyHistogram commitLatency) {}
}
