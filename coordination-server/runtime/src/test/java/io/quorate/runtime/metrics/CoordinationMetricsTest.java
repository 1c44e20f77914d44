package io.quorate.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quorate.core.port.CloseReason;
import io.quorate.core.replica.EnsembleStatus;
import io.quorate.core.replica.ReplicaStatus;
import io.quorate.core.wire.client.OpCode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CoordinationMetricsTest {

    private static final List<String> OF_THE_PROCESS =
            List.of("uptime", "open_file_descriptor_count", "max_file_descriptor_count");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ServerCounters counters = new ServerCounters();
    private @Nullable ReplicaStatus status =
            new ReplicaStatus("STANDALONE", 1, 0x20, 0x1f, false, 11, 12, 13, 14, 15, 16, 17, 18, -1, 0, null);

    private double value(String name) {
        return registry.get(name).gauge().value();
    }

    @Test
    void stateIsShownUnderZooKeepersNames() {
        new CoordinationMetrics(() -> status, counters::statistics, List.of()).bindTo(registry);

        assertThat(value("num_alive_connections")).isEqualTo(11);
        assertThat(value("global_sessions")).isEqualTo(12);
        assertThat(value("outstanding_requests")).isEqualTo(13);
        assertThat(value("znode_count")).as("the root has two names").isEqualTo(15);
        assertThat(value("ephemerals_count")).isEqualTo(15);
        assertThat(value("approximate_data_size")).isEqualTo(16);
        assertThat(value("watch_count")).isEqualTo(17);
        assertThat(value("coordination_applied_zxid")).isEqualTo(0x20);
        assertThat(value("coordination_durable_zxid")).isEqualTo(0x1f);
        assertThat(value("coordination_accepts_writes")).isZero();
    }

    @Test
    void countersAndLatenciesFollowTheEvents() {
        new CoordinationMetrics(() -> status, counters::statistics, List.of()).bindTo(registry);
        counters.requestAnswered(OpCode.GET_DATA, 2_000_000);
        counters.requestAnswered(OpCode.GET_DATA, 4_000_000);
        counters.requestAnswered(OpCode.SET_DATA, 9_000_000);
        counters.watchesFired(3);
        counters.sessionOpened(1, 1000);
        counters.sessionResumed(1, 1000);
        counters.sessionRefused(2);
        counters.sessionExpired(1, 1000);
        counters.linkClosed(1, CloseReason.TOO_MANY_CONNECTIONS);
        counters.linkClosed(2, CloseReason.IDLE_WITHOUT_SESSION);
        counters.electionLinkRefused("10.0.0.1:4711", "no election handshake in time");

        assertThat(value("packets_received")).isEqualTo(3);
        assertThat(value("packets_sent")).isEqualTo(6);
        assertThat(value("min_latency")).isEqualTo(2);
        assertThat(value("max_latency")).isEqualTo(9);
        assertThat(value("avg_latency")).isEqualTo(5);
        assertThat(value("readlatency_count")).isEqualTo(2);
        assertThat(value("readlatency_sum")).isEqualTo(6);
        assertThat(value("updatelatency_count")).isEqualTo(1);
        assertThat(registry.get("updatelatency").tag("quantile", "0.99").gauge().value())
                .isEqualTo(9);
        assertThat(value("connection_request_count")).isEqualTo(3);
        assertThat(value("connection_revalidate_count")).isEqualTo(1);
        assertThat(value("stale_sessions_expired")).isEqualTo(1);
        assertThat(value("connection_drop_count")).isEqualTo(2);
        assertThat(value("connection_rejected")).isEqualTo(1);
        assertThat(value("sessionless_connections_expired")).isEqualTo(1);
        assertThat(value("large_requests_rejected")).isZero();
        assertThat(value("coordination_election_links_refused")).isEqualTo(1);
    }

    @Test
    void encryptionIsShown() {
        new CoordinationMetrics(() -> status, counters::statistics, List.of()).bindTo(registry);
        counters.tls().begun();
        counters.tls().begun();
        counters.tls().ended();
        counters.tls().failed();
        counters.tls().exceeded();
        counters.tls().keysRefused();
        counters.tls().keysTaken(1_800_000_000_000L);

        assertThat(value("outstanding_tls_handshake")).isEqualTo(1);
        assertThat(value("unsuccessful_handshake")).isEqualTo(1);
        assertThat(value("tls_handshake_exceeded")).isEqualTo(1);
        assertThat(value("coordination_tls_keys_refused")).isEqualTo(1);
        assertThat(value("coordination_tls_certificate_expires_seconds")).isEqualTo(1_800_000_000);
    }

    private static EnsembleStatus leadingTwo() {
        return new EnsembleStatus(
                1,
                7,
                true,
                false,
                7,
                7,
                3,
                "start",
                List.of(1L, 2L, 3L),
                List.of(4L),
                List.of(
                        new EnsembleStatus.Learner(2, false, true, 5, "DIFF"),
                        new EnsembleStatus.Learner(3, false, false, 9, "SNAP"),
                        new EnsembleStatus.Learner(4, true, true, 0, "SNAP"),
                        new EnsembleStatus.Learner(5, false, true, 0, "SNAP")),
                new EnsembleStatus.Leading(1500, 6, 70, 40, 900));
    }

    private double ofLearner(String name, int server) {
        return registry.get(name).tag("key", Integer.toString(server)).gauge().value();
    }

    @Test
    void whatALeaderSeesOfItsEnsembleIsShown() {
        status = new ReplicaStatus("LEADING", 1, 0x20, 0x1f, true, 0, 0, 0, 0, 0, 0, 0, 0, -1, 0, leadingTwo());
        new CoordinationMetrics(() -> status, counters::statistics, List.of(1L, 2L, 3L, 4L)).bindTo(registry);

        assertThat(registry.get("coordination_role")
                        .tag("role", "LEADING")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(registry.get("coordination_role")
                        .tag("role", "FOLLOWING")
                        .gauge()
                        .value())
                .isZero();
        assertThat(value("coordination_epoch")).isEqualTo(7);
        assertThat(value("coordination_leader_id")).isEqualTo(1);
        assertThat(value("quorum_size")).isEqualTo(3);
        assertThat(value("learners")).isEqualTo(4);
        assertThat(value("synced_followers")).isEqualTo(2);
        assertThat(value("synced_non_voting_followers")).isEqualTo(1);
        assertThat(value("pending_syncs")).isEqualTo(6);
        assertThat(value("leader_uptime")).isEqualTo(1500);
        assertThat(value("last_proposal_size")).isEqualTo(70);
        assertThat(value("min_proposal_size")).isEqualTo(40);
        assertThat(value("max_proposal_size")).isEqualTo(900);
        assertThat(value("synced_observers")).isEqualTo(1);
        assertThat(ofLearner("coordination_learner_lag", 2)).isEqualTo(5);
        assertThat(ofLearner("coordination_learner_lag", 3))
                .as("not up to date")
                .isNaN();
        assertThat(ofLearner("coordination_learner_lag", 1)).as("itself").isNaN();
    }

    @Test
    void electionAndReplicationFollowTheEvents() {
        new CoordinationMetrics(() -> status, counters::statistics, List.of(1L, 2L)).bindTo(registry);
        counters.roleChanged("LOOKING", -1, "start");
        counters.electionDecided(20_000_000);
        counters.roleChanged("LEADING", 1, "elected");
        counters.serviceRegained(true, 50_000_000);
        counters.serviceRegained(false, 30_000_000);
        counters.votersLost();
        counters.learnerJoined(2, false, "DIFF", 1_000_000);
        counters.learnerJoined(2, false, "TRUNC", 1_000_000);
        counters.learnerJoined(3, true, "SNAP", 3_000_000);
        counters.txnProposed(1, 10);
        counters.txnCommitted(1, 4_000_000);
        counters.ackReceived(2, 2_000_000);
        counters.proposalReceived(1, 6);
        counters.proposalAcknowledged(1, 7_000_000);
        counters.commitReceived(1, 8);

        assertThat(value("looking_count")).isEqualTo(1);
        assertThat(value("election_time_sum")).isEqualTo(20);
        assertThat(value("unavailable_time_sum")).isEqualTo(80);
        assertThat(value("leader_unavailable_time_sum")).isEqualTo(50);
        assertThat(value("quit_leading_due_to_disloyal_voter")).isEqualTo(1);
        assertThat(value("diff_count")).isEqualTo(2);
        assertThat(value("snap_count")).isEqualTo(1);
        assertThat(value("follower_sync_time_sum")).isEqualTo(2);
        assertThat(value("observer_sync_time_sum")).isEqualTo(3);
        assertThat(value("proposal_count")).isEqualTo(1);
        assertThat(value("commit_count")).isEqualTo(1);
        assertThat(value("quorum_ack_latency_sum")).isEqualTo(4);
        assertThat(ofLearner("ack_latency_sum", 2)).isEqualTo(2);
        assertThat(ofLearner("ack_latency_count", 1)).isZero();
        assertThat(value("proposal_latency_sum")).isEqualTo(6);
        assertThat(value("learner_proposal_received_count")).isEqualTo(1);
        assertThat(value("proposal_ack_creation_latency_sum")).isEqualTo(7);
        assertThat(value("commit_propagation_latency_sum")).isEqualTo(8);
        assertThat(value("learner_commit_received_count")).isEqualTo(1);
    }

    @Test
    void aServerThatStandsAloneHasNoFiguresOfAnEnsemble() {
        new CoordinationMetrics(() -> status, counters::statistics, List.of()).bindTo(registry);

        assertThat(registry.find("quorum_size").gauge()).isNull();
        assertThat(registry.get("coordination_role")
                        .tag("role", "STANDALONE")
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void withoutAServerThereAreNoFigures() {
        status = null;
        new CoordinationMetrics(() -> status, () -> null, List.of(1L, 2L)).bindTo(registry);

        assertThat(registry.getMeters())
                .filteredOn(meter -> !OF_THE_PROCESS.contains(meter.getId().getName()))
                .hasSizeGreaterThan(30)
                .allSatisfy(meter -> assertThat(valueOf(meter)).isNaN());
        assertThat(value("uptime")).isPositive();
    }

    private static double valueOf(Meter meter) {
        return meter.measure().iterator().next().getValue();
    }
}
