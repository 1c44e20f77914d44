package io.quorate.runtime.metrics;

import com.sun.management.UnixOperatingSystemMXBean;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.quorate.core.port.CloseReason;
import io.quorate.core.port.LimitReached;
import io.quorate.core.replica.ReplicaStatus;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The meters under ZooKeeper's own bare names (operations 4.2 to 4.6), so that dashboards and alert rules find them.
 * All are gauges, the ever-growing ones too: a Micrometer counter would be published with {@code _total} at its end.
 * Times are milliseconds. While there is no server, a meter is NaN. Reads what the replica publishes; any thread.
 */
public final class CoordinationMetrics implements MeterBinder {

    private static final double NANOS_PER_MILLI = 1_000_000;
    private static final double MILLIS_PER_SECOND = 1000;

    private final Supplier<@Nullable ReplicaStatus> status;
    private final Supplier<@Nullable ServerStatistics> statistics;
    private final List<Long> servers;

    /**
     * @param status null while there is no server; likewise {@code statistics}
     * @param servers ids of the ensemble's members; empty for a server that stands alone
     */
    public CoordinationMetrics(
            Supplier<@Nullable ReplicaStatus> status,
            Supplier<@Nullable ServerStatistics> statistics,
            Collection<Long> servers) {
        this.status = status;
        this.statistics = statistics;
        this.servers = List.copyOf(servers);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauges gauges = new Gauges(registry, status, statistics);
        bindState(gauges);
        bindTraffic(gauges);
        bindConnections(gauges);
        bindEncryption(gauges);
        bindLimits(gauges);
        bindStorage(gauges);
        bindProcess(gauges);
        new EnsembleMetrics(gauges).bind(servers);
    }

    private void bindState(Gauges gauges) {
        // ZooKeeper counts its root under two names; the figures must agree with those of the four-letter words.
        gauges.state("znode_count", "Nodes in the tree", at -> at.nodes() + 1);
        gauges.state("ephemerals_count", "Ephemeral nodes", ReplicaStatus::ephemerals);
        gauges.state("watch_count", "Watches of every kind", ReplicaStatus::watches);
        gauges.state("approximate_data_size", "Bytes of all paths and data", ReplicaStatus::dataBytes);
        gauges.state("num_alive_connections", "Open client connections", ReplicaStatus::connections);
        gauges.state("global_sessions", "Open sessions", ReplicaStatus::sessions);
        gauges.state("outstanding_requests", "Requests that wait for a transaction", ReplicaStatus::outstanding);
        gauges.state(
                "coordination_accepts_writes", "1, or 0 while the disk has no room", at -> at.acceptsWrites() ? 1 : 0);
        gauges.state("coordination_applied_zxid", "Last applied transaction", ReplicaStatus::appliedZxid);
        gauges.state("coordination_durable_zxid", "Last transaction forced to disk", ReplicaStatus::durableZxid);
    }

    private void bindTraffic(Gauges gauges) {
        gauges.count(
                "packets_received", "Requests answered", at -> at.requests().answered());
        gauges.count(
                "packets_sent",
                "Replies and watch events sent",
                at -> at.requests().answered() + at.watchesFired());
        gauges.count("min_latency", "Fastest request, ms", at -> at.requests().latencyMinNanos() / NANOS_PER_MILLI);
        gauges.count("max_latency", "Slowest request, ms", at -> at.requests().latencyMaxNanos() / NANOS_PER_MILLI);
        gauges.count("avg_latency", "Mean over the requests, ms", CoordinationMetrics::averageMillis);
        gauges.count("coordination_watches_fired", "Watch events sent", ServerStatistics::watchesFired);
        gauges.summary("readlatency", "Time of reads, ms", ServerStatistics::readLatency);
        gauges.summary("updatelatency", "Time of writes, ms", ServerStatistics::writeLatency);
        gauges.summary("coordination_commitlatency", "From proposal to commit, ms", ServerStatistics::commitLatency);
    }

    private void bindConnections(Gauges gauges) {
        gauges.count(
                "connection_request_count",
                "Sessions asked for",
                at -> at.sessions().opened()
                        + at.sessions().resumed()
                        + at.sessions().refused());
        gauges.count(
                "connection_revalidate_count",
                "Sessions resumed",
                at -> at.sessions().resumed());
        gauges.count(
                "stale_sessions_expired",
                "Sessions expired",
                at -> at.sessions().expired());
        gauges.count("connection_drop_count", "Client connections closed", CoordinationMetrics::closed);
        closed(gauges, "connection_rejected", "Connections refused by a limit", CloseReason.TOO_MANY_CONNECTIONS);
        closed(
                gauges,
                "sessionless_connections_expired",
                "Connections without session timed out",
                CloseReason.IDLE_WITHOUT_SESSION);
        closed(
                gauges,
                "large_requests_rejected",
                "Connections over the limit for large requests",
                CloseReason.LARGE_REQUEST_LIMIT);
        gauges.count(
                "coordination_election_links_refused",
                "Connections to the election port closed for what came, or did not come, over them",
                ServerStatistics::electionLinksRefused);
    }

    private void bindEncryption(Gauges gauges) {
        gauges.count(
                "outstanding_tls_handshake",
                "Connections that are about to be encrypted",
                at -> at.encryption().underWay());
        gauges.count(
                "unsuccessful_handshake",
                "Connections that could not be encrypted",
                at -> at.encryption().failed());
        gauges.count(
                "tls_handshake_exceeded",
                "Connections closed because too many others were about to be encrypted",
                at -> at.encryption().exceeded());
        gauges.count(
                "coordination_tls_keys_refused",
                "Times that new keys could not be used",
                at -> at.encryption().keysRefused());
        gauges.count(
                "coordination_tls_certificate_expires_seconds",
                "When the first certificate of the server expires, seconds since 1970; 0 without any",
                at -> at.encryption().expiresMillis() / MILLIS_PER_SECOND);
    }

    private void bindLimits(Gauges gauges) {
        reached(gauges, "throttled_ops", "Reads refused because they had waited too long", LimitReached.WAIT_TIME);
        reached(gauges, "coordination_watches_refused", "Reads refused for max-watches", LimitReached.WATCHES);
        reached(gauges, "coordination_replies_refused", "Reads refused for max-reply-bytes", LimitReached.REPLY_BYTES);
        reached(
                gauges,
                "coordination_identities_refused",
                "Credentials refused for max-identities or max-identity-chars",
                LimitReached.IDENTITIES);
    }

    private void bindStorage(Gauges gauges) {
        gauges.summary("fsynctime", "Time of forces of the log, ms", ServerStatistics::forceTime);
        gauges.count(
                "fsync_threshold_exceed_count",
                "Forces of the log slower than fsync.warningthresholdms",
                at -> at.storage().slowForces());
        gauges.count("digest_mismatches_count", "Digests that differed", ServerStatistics::digestMismatches);
        gauges.count(
                "coordination_transactions",
                "Transactions proposed",
                at -> at.storage().txnsProposed());
        gauges.count(
                "coordination_transaction_bytes",
                "Bytes of them",
                at -> at.storage().txnBytes());
        gauges.count(
                "coordination_snapshots", "Snapshots taken", at -> at.storage().snapshotsFinished());
        gauges.count(
                "coordination_snapshots_failed",
                "Snapshots that failed",
                at -> at.storage().snapshotsFailed());
        gauges.count(
                "coordination_snapshot_last_bytes",
                "Size of the newest snapshot",
                at -> at.storage().lastSnapshotBytes());
        gauges.count(
                "coordination_files_purged",
                "Snapshots and logs removed",
                at -> at.storage().filesPurged());
        gauges.count(
                "coordination_disk_full_count",
                "Times the disk had no room",
                at -> at.storage().timesFull());
    }

    private static void bindProcess(Gauges gauges) {
        gauges.gauge(
                "uptime",
                "Since the start of the process, ms",
                () -> ManagementFactory.getRuntimeMXBean().getUptime());
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
            gauges.gauge("open_file_descriptor_count", "Open files and sockets", unix::getOpenFileDescriptorCount);
            gauges.gauge("max_file_descriptor_count", "Limit of them", unix::getMaxFileDescriptorCount);
        }
    }

    private static void closed(Gauges gauges, String name, String help, CloseReason reason) {
        gauges.count(name, help, at -> at.closed(reason));
    }

    private static void reached(Gauges gauges, String name, String help, LimitReached limit) {
        gauges.count(name, help, at -> at.reached(limit));
    }

    private static double averageMillis(ServerStatistics at) {
        long answered = at.requests().answered();
        return answered == 0 ? 0 : at.requests().latencyTotalNanos() / NANOS_PER_MILLI / answered;
    }

    private static double closed(ServerStatistics at) {
        long sum = 0;
        for (CloseReason reason : CloseReason.values()) {
            sum += at.closed(reason);
        }
        return sum;
    }
}
