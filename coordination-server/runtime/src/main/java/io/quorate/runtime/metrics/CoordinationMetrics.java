package io.quorate.runtime.metrics;

import com.sun.management.UnixOperatingSystemMXBean;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.quorate.core.port.CloseReason;
import io.quorate.core.port.LimitReached;
import io.quorate.core.replica.ReplicaStatus;
import java.lang.management.ManagementFactory;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The meters under ZooKeeper's own bare names (operations 4.2 to 4.5), so that dashboards and alert rules find them.
 * All are gauges, the ever-growing ones too: a Micrometer counter would be published with {@code _total} at its end.
 * Times are milliseconds. While there is no server, a meter is NaN. Reads what the replica publishes; any thread.
 */
public final class CoordinationMetrics implements MeterBinder {

    private static final double NANOS_PER_MILLI = 1_000_000;
    private static final double MICROS_PER_MILLI = 1000;
    private static final double[] QUANTILES = {0.5, 0.9, 0.99};

    private final Supplier<@Nullable ReplicaStatus> status;
    private final Supplier<@Nullable ServerStatistics> statistics;

    /** @param status null while there is no server; likewise {@code statistics} */
    public CoordinationMetrics(
            Supplier<@Nullable ReplicaStatus> status, Supplier<@Nullable ServerStatistics> statistics) {
        this.status = status;
        this.statistics = statistics;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        bindState(registry);
        bindTraffic(registry);
        bindConnections(registry);
        bindLimits(registry);
        bindStorage(registry);
        bindProcess(registry);
    }

    private void bindState(MeterRegistry registry) {
        // ZooKeeper counts its root under two names; the figures must agree with those of the four-letter words.
        state(registry, "znode_count", "Nodes in the tree", at -> at.nodes() + 1);
        state(registry, "ephemerals_count", "Ephemeral nodes", ReplicaStatus::ephemerals);
        state(registry, "watch_count", "Watches of every kind", ReplicaStatus::watches);
        state(registry, "approximate_data_size", "Bytes of all paths and data", ReplicaStatus::dataBytes);
        state(registry, "num_alive_connections", "Open client connections", ReplicaStatus::connections);
        state(registry, "global_sessions", "Open sessions", ReplicaStatus::sessions);
        state(registry, "outstanding_requests", "Requests that wait for a transaction", ReplicaStatus::outstanding);
        state(
                registry,
                "coordination_accepts_writes",
                "1, or 0 while the disk has no room",
                at -> at.acceptsWrites() ? 1 : 0);
        state(registry, "coordination_applied_zxid", "Last applied transaction", ReplicaStatus::appliedZxid);
        state(registry, "coordination_durable_zxid", "Last transaction forced to disk", ReplicaStatus::durableZxid);
    }

    private void bindTraffic(MeterRegistry registry) {
        count(
                registry,
                "packets_received",
                "Requests answered",
                at -> at.requests().answered());
        count(
                registry,
                "packets_sent",
                "Replies and watch events sent",
                at -> at.requests().answered() + at.watchesFired());
        count(
                registry,
                "min_latency",
                "Fastest request, ms",
                at -> at.requests().latencyMinNanos() / NANOS_PER_MILLI);
        count(
                registry,
                "max_latency",
                "Slowest request, ms",
                at -> at.requests().latencyMaxNanos() / NANOS_PER_MILLI);
        count(registry, "avg_latency", "Mean over the requests, ms", CoordinationMetrics::averageMillis);
        count(registry, "coordination_watches_fired", "Watch events sent", ServerStatistics::watchesFired);
        summary(registry, "readlatency", "Time of reads, ms", ServerStatistics::readLatency);
        summary(registry, "updatelatency", "Time of writes, ms", ServerStatistics::writeLatency);
        summary(registry, "coordination_commitlatency", "From proposal to commit, ms", ServerStatistics::commitLatency);
    }

    private void bindConnections(MeterRegistry registry) {
        count(
                registry,
                "connection_request_count",
                "Sessions asked for",
                at -> at.sessions().opened()
                        + at.sessions().resumed()
                        + at.sessions().refused());
        count(
                registry,
                "connection_revalidate_count",
                "Sessions resumed",
                at -> at.sessions().resumed());
        count(
                registry,
                "stale_sessions_expired",
                "Sessions expired",
                at -> at.sessions().expired());
        count(registry, "connection_drop_count", "Client connections closed", CoordinationMetrics::closed);
        closed(registry, "connection_rejected", "Connections refused by a limit", CloseReason.TOO_MANY_CONNECTIONS);
        closed(
                registry,
                "sessionless_connections_expired",
                "Connections without session timed out",
                CloseReason.IDLE_WITHOUT_SESSION);
        closed(
                registry,
                "large_requests_rejected",
                "Connections over the limit for large requests",
                CloseReason.LARGE_REQUEST_LIMIT);
        count(
                registry,
                "coordination_election_links_refused",
                "Connections to the election port closed for what came, or did not come, over them",
                ServerStatistics::electionLinksRefused);
    }

    private void bindLimits(MeterRegistry registry) {
        reached(registry, "throttled_ops", "Reads refused because they had waited too long", LimitReached.WAIT_TIME);
        reached(registry, "coordination_watches_refused", "Reads refused for max-watches", LimitReached.WATCHES);
        reached(
                registry,
                "coordination_replies_refused",
                "Reads refused for max-reply-bytes",
                LimitReached.REPLY_BYTES);
        reached(
                registry,
                "coordination_identities_refused",
                "Credentials refused for max-identities or max-identity-chars",
                LimitReached.IDENTITIES);
    }

    private void bindStorage(MeterRegistry registry) {
        summary(registry, "fsynctime", "Time of forces of the log, ms", ServerStatistics::forceTime);
        count(
                registry,
                "fsync_threshold_exceed_count",
                "Forces of the log slower than fsync.warningthresholdms",
                at -> at.storage().slowForces());
        count(registry, "digest_mismatches_count", "Digests that differed", ServerStatistics::digestMismatches);
        count(
                registry,
                "coordination_transactions",
                "Transactions proposed",
                at -> at.storage().txnsProposed());
        count(
                registry,
                "coordination_transaction_bytes",
                "Bytes of them",
                at -> at.storage().txnBytes());
        count(
                registry,
                "coordination_snapshots",
                "Snapshots taken",
                at -> at.storage().snapshotsFinished());
        count(
                registry,
                "coordination_snapshots_failed",
                "Snapshots that failed",
                at -> at.storage().snapshotsFailed());
        count(
                registry,
                "coordination_snapshot_last_bytes",
                "Size of the newest snapshot",
                at -> at.storage().lastSnapshotBytes());
        count(
                registry,
                "coordination_files_purged",
                "Snapshots and logs removed",
                at -> at.storage().filesPurged());
        count(
                registry,
                "coordination_disk_full_count",
                "Times the disk had no room",
                at -> at.storage().timesFull());
    }

    private static void bindProcess(MeterRegistry registry) {
        gauge(
                registry,
                "uptime",
                "Since the start of the process, ms",
                () -> ManagementFactory.getRuntimeMXBean().getUptime());
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
            gauge(registry, "open_file_descriptor_count", "Open files and sockets", unix::getOpenFileDescriptorCount);
            gauge(registry, "max_file_descriptor_count", "Limit of them", unix::getMaxFileDescriptorCount);
        }
    }

    private void state(MeterRegistry registry, String name, String help, ToDoubleFunction<ReplicaStatus> value) {
        gauge(registry, name, help, () -> valueOrNaN(status.get(), value));
    }

    private void count(MeterRegistry registry, String name, String help, ToDoubleFunction<ServerStatistics> value) {
        gauge(registry, name, help, () -> valueOrNaN(statistics.get(), value));
    }

    private void closed(MeterRegistry registry, String name, String help, CloseReason reason) {
        count(registry, name, help, at -> at.closed(reason));
    }

    private void reached(MeterRegistry registry, String name, String help, LimitReached limit) {
        count(registry, name, help, at -> at.reached(limit));
    }

    /** Laid out as a summary: quantiles, count and sum. Without a sample a quantile is NaN. */
    private void summary(
            MeterRegistry registry, String name, String help, Function<ServerStatistics, LatencyHistogram> histogram) {
        for (double quantile : QUANTILES) {
            Gauge.builder(name, () -> valueOrNaN(statistics.get(), at -> millis(histogram.apply(at), quantile)))
                    .tag("quantile", Double.toString(quantile))
                    .description(help)
                    .register(registry);
        }
        count(
                registry,
                name + "_count",
                help + ": how many",
                at -> histogram.apply(at).count());
        count(registry, name + "_sum", help + ": sum", at -> histogram.apply(at).totalMicros() / MICROS_PER_MILLI);
    }

    private static void gauge(MeterRegistry registry, String name, String help, Supplier<Number> value) {
        Gauge.builder(name, value).description(help).register(registry);
    }

    private static <T> double valueOrNaN(@Nullable T source, ToDoubleFunction<T> value) {
        return source == null ? Double.NaN : value.applyAsDouble(source);
    }

    private static double millis(LatencyHistogram histogram, double quantile) {
        return histogram.count() == 0 ? Double.NaN : histogram.percentileMicros(quantile) / MICROS_PER_MILLI;
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
