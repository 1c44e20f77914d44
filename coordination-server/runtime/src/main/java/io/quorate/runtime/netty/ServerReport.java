package io.quorate.runtime.netty;

import io.quorate.core.port.ConnectionView;
import io.quorate.core.port.LimitReached;
import io.quorate.core.replica.EnsembleStatus;
import io.quorate.core.replica.Replica;
import io.quorate.core.replica.ReplicaStatus;
import io.quorate.runtime.metrics.LatencyHistogram;
import io.quorate.runtime.metrics.ServerCounters;
import io.quorate.runtime.metrics.ServerStatistics;
import java.util.Locale;

/** {@code srvr}, {@code stat}, {@code mntr} and {@code hash}: the server as a whole. */
final class ServerReport {

    private static final double NANOS_PER_MILLI = 1_000_000;
    private static final double MICROS_PER_MILLI = 1000;

    record Sources(ServerFacts facts, ServerCounters counters, Replica replica, ClientPort port) {}

    private final Sources sources;
    private final ReplicaStatus status;
    private final ServerStatistics statistics;
    private final StringBuilder out = new StringBuilder(1024);

    private ServerReport(Sources sources) {
        this.sources = sources;
        status = sources.replica.status();
        statistics = sources.counters.statistics();
    }

    static String render(FourLetterWord word, Sources sources) {
        ServerReport report = new ServerReport(sources);
        switch (word) {
            case MNTR -> report.monitor();
            case HASH -> report.digests();
            default -> report.server(word == FourLetterWord.STAT);
        }
        return report.out.toString();
    }

    private void server(boolean withClients) {
        out.append("Zookeeper version: ").append(version()).append('\n');
        if (withClients) {
            out.append("Clients:\n");
            for (ConnectionView view : sources.replica.admin().connections()) {
                ConnectionReport.appendShort(out, view, sources.port);
            }
            out.append('\n');
        }
        ServerStatistics.Requests requests = statistics.requests();
        out.append("Latency min/avg/max: ")
                .append(millis(requests.latencyMinNanos()))
                .append('/');
        out.append(average())
                .append('/')
                .append(millis(requests.latencyMaxNanos()))
                .append('\n');
        out.append("Received: ").append(statistics.requests().answered()).append('\n');
        out.append("Sent: ")
                .append(statistics.requests().answered() + statistics.watchesFired())
                .append('\n');
        out.append("Connections: ").append(status.connections()).append('\n');
        out.append("Outstanding: ").append(status.outstanding()).append('\n');
        out.append("Zxid: 0x").append(Long.toHexString(status.appliedZxid())).append('\n');
        out.append("Mode: ").append(mode()).append('\n');
        out.append("Node count: ").append(nodeCount()).append('\n');
        EnsembleStatus.Leading leading =
                status.ensemble() == null ? null : status.ensemble().leading();
        if (leading != null) {
            out.append("Proposal sizes last/min/max: ")
                    .append(leading.lastProposalBytes())
                    .append('/')
                    .append(leading.minProposalBytes())
                    .append('/')
                    .append(leading.maxProposalBytes())
                    .append('\n');
        }
    }

    private String version() {
        return sources.facts.version() + ", built on " + sources.facts.builtOn();
    }

    private static long millis(long nanos) {
        return Math.round(nanos / NANOS_PER_MILLI);
    }

    private String average() {
        ServerStatistics.Requests requests = statistics.requests();
        double millis =
                requests.answered() == 0 ? 0 : requests.latencyTotalNanos() / NANOS_PER_MILLI / requests.answered();
        return trimmed(millis);
    }

    /** At most four places, and at least one. */
    private static String trimmed(double value) {
        String text = String.format(Locale.ROOT, "%.4f", value);
        int end = text.length();
        while (text.charAt(end - 1) == '0' && text.charAt(end - 2) != '.') {
            end--;
        }
        return text.substring(0, end);
    }

    /** The reference counts the root twice, since it finds it under two names. */
    private int nodeCount() {
        return status.nodes() + 1;
    }

    private String mode() {
        return switch (status.role()) {
            case "LEADING" -> "leader";
            case "FOLLOWING" -> "follower";
            case "OBSERVING" -> "observer";
            default -> "standalone";
        };
    }

    private void monitor() {
        line("version", version());
        line("server_state", mode());
        EnsembleStatus ensemble = status.ensemble();
        if (ensemble != null) {
            place(ensemble);
        }
        line("avg_latency", average());
        line("min_latency", millis(statistics.requests().latencyMinNanos()));
        line("max_latency", millis(statistics.requests().latencyMaxNanos()));
        line("packets_received", statistics.requests().answered());
        line("packets_sent", statistics.requests().answered() + statistics.watchesFired());
        line("num_alive_connections", status.connections());
        line("outstanding_requests", status.outstanding());
        line("znode_count", nodeCount());
        line("watch_count", status.watches());
        line("ephemerals_count", status.ephemerals());
        line("approximate_data_size", status.dataBytes());
        line("global_sessions", status.sessions());
        line("local_sessions", 0);
        line("uptime", ProcessFigures.uptimeMillis());
        line("open_file_descriptor_count", ProcessFigures.openFiles());
        line("max_file_descriptor_count", ProcessFigures.maxOpenFiles());
        line("connection_count", statistics.sessions().linksOpened());
        line("stale_sessions_expired", statistics.sessions().expired());
        line("snap_count", statistics.storage().snapshotsFinished());
        line("fsync_threshold_exceed_count", statistics.storage().slowForces());
        line("throttled_ops", statistics.reached(LimitReached.WAIT_TIME));
        line("digest_mismatches_count", statistics.digestMismatches());
        line("node_changed_watch_count", statistics.watchesFired());
        summary("readlatency", statistics.readLatency());
        summary("updatelatency", statistics.writeLatency());
        summary("commit_latency", statistics.commitLatency());
        summary("fsynctime", statistics.forceTime());
        if (ensemble != null) {
            ensemble(ensemble);
        }
    }

    /** Where this member is in its ensemble. Words are answered only while it serves: it takes part in broadcasts. */
    private void place(EnsembleStatus ensemble) {
        line("peer_state", status.role().toLowerCase(Locale.ROOT) + " - broadcast");
        if (status.role().equals("OBSERVING")) {
            line("observer_master_id", ensemble.leaderId());
        }
    }

    private void ensemble(EnsembleStatus ensemble) {
        line("quorum_size", ensemble.voters().size());
        EnsembleStatus.Leading leading = ensemble.leading();
        if (leading == null) {
            return;
        }
        line("learners", ensemble.learners().size());
        // The first is what the second was called before ZooKeeper 3.6; dashboards still ask for it.
        line("followers", ensemble.synced(false));
        line("synced_followers", ensemble.synced(false));
        line("synced_non_voting_followers", ensemble.syncedNonVoting());
        line("synced_observers", ensemble.synced(true));
        line("pending_syncs", leading.pendingSyncs());
        line("leader_uptime", leading.uptimeMillis());
        line("last_proposal_size", leading.lastProposalBytes());
        line("min_proposal_size", leading.minProposalBytes());
        line("max_proposal_size", leading.maxProposalBytes());
    }

    /** A summary as the reference's built-in provider lays it out; milliseconds. */
    private void summary(String name, LatencyHistogram histogram) {
        double average = histogram.count() == 0 ? 0 : histogram.totalMicros() / MICROS_PER_MILLI / histogram.count();
        line("avg_" + name, trimmed(average));
        line("max_" + name, Math.round(histogram.maxMicros() / MICROS_PER_MILLI));
        line("cnt_" + name, histogram.count());
        line("sum_" + name, Math.round(histogram.totalMicros() / MICROS_PER_MILLI));
        line("p50_" + name, Math.round(histogram.percentileMicros(0.5) / MICROS_PER_MILLI));
        line("p95_" + name, Math.round(histogram.percentileMicros(0.95) / MICROS_PER_MILLI));
        line("p99_" + name, Math.round(histogram.percentileMicros(0.99) / MICROS_PER_MILLI));
        line("p999_" + name, Math.round(histogram.percentileMicros(0.999) / MICROS_PER_MILLI));
    }

    private void line(String key, Object value) {
        out.append("zk_").append(key).append('\t').append(value).append('\n');
    }

    private void digests() {
        sources.counters.forEachDigest((zxid, digest) ->
                out.append(Long.toHexString(zxid)).append(": ").append(digest).append('\n'));
    }
}
