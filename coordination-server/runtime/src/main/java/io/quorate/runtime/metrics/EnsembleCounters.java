package io.quorate.runtime.metrics;

import io.quorate.core.port.ServerEvents;
import java.util.Map;
import java.util.TreeMap;

/** Counts what happens between members. Used by the replica thread alone. */
final class EnsembleCounters implements ServerEvents {

    private static final long NANOS_PER_MICRO = 1000;
    private static final long MICROS_PER_MILLI = 1000;
    private static final String LOOKING = "LOOKING";
    private static final String SNAPSHOT = "SNAP";

    private final LatencyHistogram electionTime = new LatencyHistogram();
    private final LatencyHistogram unavailableTime = new LatencyHistogram();
    private final LatencyHistogram leaderUnavailableTime = new LatencyHistogram();
    private final LatencyHistogram followerSyncTime = new LatencyHistogram();
    private final LatencyHistogram observerSyncTime = new LatencyHistogram();
    private final LatencyHistogram quorumAckTime = new LatencyHistogram();
    private final Map<Long, LatencyHistogram> ackTime = new TreeMap<>();
    private final LatencyHistogram proposalLatency = new LatencyHistogram();
    private final LatencyHistogram ackCreationTime = new LatencyHistogram();
    private final LatencyHistogram commitLatency = new LatencyHistogram();

    private long lookingCount;
    private long proposed;
    private long committed;
    private long disloyalties;
    private long diffs;
    private long snapshots;

    private static void record(LatencyHistogram histogram, long nanos) {
        histogram.record(nanos / NANOS_PER_MICRO);
    }

    @Override
    public void roleChanged(String role, long leader, String reason) {
        if (role.equals(LOOKING)) {
            lookingCount++;
        }
    }

    @Override
    public void votersLost() {
        disloyalties++;
    }

    @Override
    public void electionDecided(long nanos) {
        record(electionTime, nanos);
    }

    @Override
    public void serviceRegained(boolean leading, long nanos) {
        record(unavailableTime, nanos);
        if (leading) {
            record(leaderUnavailableTime, nanos);
        }
    }

    @Override
    public void learnerJoined(long serverId, boolean observer, String how, long nanos) {
        record(observer ? observerSyncTime : followerSyncTime, nanos);
        if (how.equals(SNAPSHOT)) {
            snapshots++;
        } else {
            diffs++;
        }
    }

    @Override
    public void txnProposed(long zxid, int bytes) {
        proposed++;
    }

    @Override
    public void txnCommitted(long zxid, long latencyNanos) {
        committed++;
        record(quorumAckTime, latencyNanos);
    }

    @Override
    public void ackReceived(long serverId, long latencyNanos) {
        record(ackTime.computeIfAbsent(serverId, id -> new LatencyHistogram()), latencyNanos);
    }

    @Override
    public void proposalReceived(long zxid, long latencyMillis) {
        proposalLatency.record(latencyMillis * MICROS_PER_MILLI);
    }

    @Override
    public void proposalAcknowledged(long zxid, long latencyNanos) {
        record(ackCreationTime, latencyNanos);
    }

    @Override
    public void commitReceived(long zxid, long latencyMillis) {
        commitLatency.record(latencyMillis * MICROS_PER_MILLI);
    }

    EnsembleStatistics statistics() {
        Map<Long, LatencyHistogram> acks = new TreeMap<>();
        ackTime.forEach((serverId, histogram) -> acks.put(serverId, histogram.copy()));
        return new EnsembleStatistics(
                lookingCount,
                electionTime.copy(),
                unavailableTime.copy(),
                leaderUnavailableTime.copy(),
                new EnsembleStatistics.Leading(
                        proposed,
                        committed,
                        disloyalties,
                        followerSyncTime.copy(),
                        observerSyncTime.copy(),
                        diffs,
                        snapshots,
                        quorumAckTime.copy(),
                        acks),
                new EnsembleStatistics.Learning(
                        proposalLatency.count(),
                        commitLatency.count(),
                        proposalLatency.copy(),
                        ackCreationTime.copy(),
                        commitLatency.copy()));
    }
}
