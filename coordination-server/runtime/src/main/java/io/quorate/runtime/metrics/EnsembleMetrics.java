package io.quorate.runtime.metrics;

import io.micrometer.core.instrument.Tags;
import io.quorate.core.replica.EnsembleStatus;
import io.quorate.core.replica.EnsembleStatus.Learner;
import io.quorate.core.replica.ReplicaStatus;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Election and replication, under ZooKeeper's names (operations 4.6) where it has one. */
final class EnsembleMetrics {

    private static final List<String> ROLES = List.of("LOOKING", "LEADING", "FOLLOWING", "OBSERVING", "STANDALONE");
    private static final LatencyHistogram EMPTY = new LatencyHistogram();

    private final Gauges gauges;

    EnsembleMetrics(Gauges gauges) {
        this.gauges = gauges;
    }

    /** @param servers ids of the members; empty for a server that stands alone */
    void bind(List<Long> servers) {
        for (String role : ROLES) {
            gauges.state(
                    "coordination_role",
                    Tags.of("role", role),
                    "1 for what this server is",
                    at -> at.role().equals(role) ? 1 : 0);
        }
        if (servers.isEmpty()) {
            return;
        }
        bindView();
        bindElections();
        bindLeading();
        bindLearning();
        servers.forEach(this::bindLearner);
    }

    private void bindView() {
        ensemble("coordination_epoch", "Epoch of the term, -1 before it is known", EnsembleStatus::epoch);
        ensemble("coordination_leader_id", "Who leads, -1 for nobody", EnsembleStatus::leaderId);
        ensemble("quorum_size", "Voters in the membership", at -> at.voters().size());
        ensemble("learners", "Connected learners", at -> at.learners().size());
        ensemble("synced_followers", "Followers that are up to date", at -> at.synced(false));
        ensemble("synced_non_voting_followers", "Those of them without a vote", EnsembleStatus::syncedNonVoting);
        ensemble("synced_observers", "Observers that are up to date", at -> at.synced(true));
        ofLeader("pending_syncs", "Syncs that wait for their answer", EnsembleStatus.Leading::pendingSyncs);
        ofLeader("leader_uptime", "Since it was elected, ms", EnsembleStatus.Leading::uptimeMillis);
        ofLeader("last_proposal_size", "Bytes of the last proposal", EnsembleStatus.Leading::lastProposalBytes);
        ofLeader("min_proposal_size", "Bytes of the smallest one", EnsembleStatus.Leading::minProposalBytes);
        ofLeader("max_proposal_size", "Bytes of the largest one", EnsembleStatus.Leading::maxProposalBytes);
    }

    /** Not a number where this server does not lead. */
    private void ofLeader(String name, String help, ToDoubleFunction<EnsembleStatus.Leading> value) {
        ensemble(
                name,
                help,
                at -> at.leading() == null ? Double.NaN : value.applyAsDouble(Objects.requireNonNull(at.leading())));
    }

    private void ensemble(String name, String help, ToDoubleFunction<EnsembleStatus> value) {
        gauges.state(name, help, at -> ofEnsemble(at, value));
    }

    private static double ofEnsemble(ReplicaStatus status, ToDoubleFunction<EnsembleStatus> value) {
        EnsembleStatus ensemble = status.ensemble();
        return ensemble == null ? Double.NaN : value.applyAsDouble(ensemble);
    }

    private void bindElections() {
        gauges.count(
                "looking_count",
                "Times it looked for a leader",
                at -> at.ensemble().lookingCount());
        time("election_time", "From looking to a role, ms", EnsembleStatistics::electionTime);
        time("unavailable_time", "From looking until a term stood, ms", EnsembleStatistics::unavailableTime);
        time(
                "leader_unavailable_time",
                "The same where it became leader, ms",
                EnsembleStatistics::leaderUnavailableTime);
    }

    private void bindLeading() {
        leading("proposal_count", "Proposals made", EnsembleStatistics.Leading::proposals);
        leading("commit_count", "Proposals committed", EnsembleStatistics.Leading::commits);
        leading(
                "quit_leading_due_to_disloyal_voter",
                "Terms ended because voters looked elsewhere",
                EnsembleStatistics.Leading::lostToDisloyalVoters);
        leading("diff_count", "Learners that got what they lacked", EnsembleStatistics.Leading::diffs);
        leading("snap_count", "Learners that got the whole state", EnsembleStatistics.Leading::snapshots);
        time(
                "follower_sync_time",
                "Bringing a follower up to date, ms",
                at -> at.leading().followerSyncTime());
        time(
                "observer_sync_time",
                "Bringing an observer up to date, ms",
                at -> at.leading().observerSyncTime());
        time(
                "quorum_ack_latency",
                "From a proposal to its quorum, ms",
                at -> at.leading().quorumAckTime());
    }

    private void leading(String name, String help, ToDoubleFunction<EnsembleStatistics.Leading> value) {
        gauges.count(name, help, at -> value.applyAsDouble(at.ensemble().leading()));
    }

    private void bindLearning() {
        gauges.count(
                "learner_proposal_received_count",
                "Proposals received",
                at -> at.ensemble().learning().proposals());
        gauges.count(
                "learner_commit_received_count",
                "Commits received",
                at -> at.ensemble().learning().commits());
        time(
                "proposal_latency",
                "From a proposal to its arrival, two servers' clocks, ms",
                at -> at.learning().proposalLatency());
        time(
                "proposal_ack_creation_latency",
                "From its arrival to the acknowledgement, ms",
                at -> at.learning().ackCreationTime());
        time(
                "commit_propagation_latency",
                "From a proposal to its commit's arrival, two servers' clocks, ms",
                at -> at.learning().commitLatency());
    }

    private void time(String name, String help, Function<EnsembleStatistics, LatencyHistogram> histogram) {
        gauges.summary(name, help, at -> histogram.apply(at.ensemble()));
    }

    private void bindLearner(long serverId) {
        Tags tags = Tags.of("key", Long.toString(serverId));
        gauges.summary(
                "ack_latency",
                tags,
                "From a proposal to this learner's acknowledgement, ms",
                at -> at.ensemble().leading().ackTime().getOrDefault(serverId, EMPTY));
        gauges.state(
                "coordination_learner_lag",
                tags,
                "On the leader: proposals that this learner has not acknowledged; NaN while it is not up to date",
                at -> ofEnsemble(at, ensemble -> lag(ensemble, serverId)));
    }

    private static double lag(EnsembleStatus status, long serverId) {
        for (Learner learner : status.learners()) {
            if (learner.serverId() == serverId && learner.serving()) {
                return learner.lag();
            }
        }
        return Double.NaN;
    }
}
