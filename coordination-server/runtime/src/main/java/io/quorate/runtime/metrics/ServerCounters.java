package io.quorate.runtime.metrics;

import io.quorate.core.port.CloseReason;
import io.quorate.core.port.DiskFile;
import io.quorate.core.port.LimitReached;
import io.quorate.core.port.ServerEvents;
import io.quorate.core.wire.client.OpCode;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Counts what happens. Written by the replica thread alone; others see the {@link ServerStatistics} that it publishes.
 */
public final class ServerCounters implements ServerEvents {

    private static final long NANOS_PER_MICRO = 1000;

    private static final int MAX_DIGESTS = 1024;

    private record RecordedDigest(long zxid, long digest) {}

    /** Sees recorded digests, oldest first. */
    public interface DigestVisitor {
        void visit(long zxid, long digest);
    }

    private final long[] answeredByOperation = new long[OpCode.values().length];
    private final long[] closedByReason = new long[CloseReason.values().length];
    private final LatencyHistogram readLatency = new LatencyHistogram();
    private final LatencyHistogram writeLatency = new LatencyHistogram();
    private final LatencyHistogram commitLatency = new LatencyHistogram();
    private final ForceTimes forceTimes = new ForceTimes();
    private final TlsCounters tls = new TlsCounters();
    private final EnsembleCounters ensemble = new EnsembleCounters();
    private final long[] limitsReached = new long[LimitReached.values().length];
    /** Newest last. */
    private final ArrayDeque<RecordedDigest> digests = new ArrayDeque<>();

    private long answered;
    private long latencyTotalNanos;
    private long latencyMinNanos = Long.MAX_VALUE;
    private long latencyMaxNanos;
    private long linksOpened;
    private long sessionsOpened;
    private long sessionsResumed;
    private long sessionsRefused;
    private long sessionsExpired;
    private long sessionsClosed;
    private long txnsProposed;
    private long txnBytes;
    private long watchesFired;
    private long digestMismatches;
    private long snapshotsFinished;
    private long snapshotsFailed;
    private long lastSnapshotBytes;
    private long filesPurged;
    private long timesFull;
    private long electionLinksRefused;

    @Override
    public void linkOpened(long link, String address) {
        linksOpened++;
    }

    @Override
    public void linkClosed(long link, CloseReason reason) {
        closedByReason[reason.ordinal()]++;
    }

    @Override
    public void sessionOpened(long sessionId, int timeoutMillis) {
        sessionsOpened++;
    }

    @Override
    public void sessionResumed(long sessionId, int timeoutMillis) {
        sessionsResumed++;
    }

    @Override
    public void sessionRefused(long sessionId) {
        sessionsRefused++;
    }

    @Override
    public void sessionExpired(long sessionId, int timeoutMillis) {
        sessionsExpired++;
    }

    @Override
    public void sessionClosed(long sessionId) {
        sessionsClosed++;
    }

    @Override
    public void requestAnswered(OpCode op, long latencyNanos) {
        answeredByOperation[op.ordinal()]++;
        answered++;
        latencyTotalNanos += latencyNanos;
        latencyMinNanos = Math.min(latencyMinNanos, latencyNanos);
        latencyMaxNanos = Math.max(latencyMaxNanos, latencyNanos);
        (op.isWrite() ? writeLatency : readLatency).record(latencyNanos / NANOS_PER_MICRO);
    }

    @Override
    public void limitReached(LimitReached limit) {
        limitsReached[limit.ordinal()]++;
    }

    /** Where encryption is counted. */
    public TlsCounters tls() {
        return tls;
    }

    /** Where the log's lane counts its forces. */
    public ForceTimes forceTimes() {
        return forceTimes;
    }

    @Override
    public void txnProposed(long zxid, int bytes) {
        ensemble.txnProposed(zxid, bytes);
        txnsProposed++;
        txnBytes += bytes;
    }

    @Override
    public void txnApplied(long zxid, long latencyNanos) {
        commitLatency.record(latencyNanos / NANOS_PER_MICRO);
    }

    @Override
    public void watchesFired(int delivered) {
        watchesFired += delivered;
    }

    @Override
    public void digestMismatch(long zxid, long expected, long actual) {
        digestMismatches++;
    }

    @Override
    public void digestRecorded(long zxid, long digest) {
        digests.addLast(new RecordedDigest(zxid, digest));
        if (digests.size() > MAX_DIGESTS) {
            digests.removeFirst();
        }
    }

    public void forEachDigest(DigestVisitor visitor) {
        digests.forEach(recorded -> visitor.visit(recorded.zxid, recorded.digest));
    }

    @Override
    public void electionLinkRefused(String address, String reason) {
        electionLinksRefused++;
    }

    @Override
    public void writesRefused(String reason) {
        timesFull++;
    }

    @Override
    public void snapshotFinished(long zxid, long bytes) {
        snapshotsFinished++;
        lastSnapshotBytes = bytes;
    }

    @Override
    public void snapshotFailed(long zxid, String reason) {
        snapshotsFailed++;
    }

    @Override
    public void filePurged(DiskFile file) {
        filesPurged++;
    }

    @Override
    public void roleChanged(String role, long leader, String reason) {
        ensemble.roleChanged(role, leader, reason);
    }

    @Override
    public void votersLost() {
        ensemble.votersLost();
    }

    @Override
    public void electionDecided(long nanos) {
        ensemble.electionDecided(nanos);
    }

    @Override
    public void serviceRegained(boolean leading, long nanos) {
        ensemble.serviceRegained(leading, nanos);
    }

    @Override
    public void learnerJoined(long serverId, boolean observer, String how, long nanos) {
        ensemble.learnerJoined(serverId, observer, how, nanos);
    }

    @Override
    public void txnCommitted(long zxid, long latencyNanos) {
        ensemble.txnCommitted(zxid, latencyNanos);
    }

    @Override
    public void ackReceived(long serverId, long latencyNanos) {
        ensemble.ackReceived(serverId, latencyNanos);
    }

    @Override
    public void proposalReceived(long zxid, long latencyMillis) {
        ensemble.proposalReceived(zxid, latencyMillis);
    }

    @Override
    public void proposalAcknowledged(long zxid, long latencyNanos) {
        ensemble.proposalAcknowledged(zxid, latencyNanos);
    }

    @Override
    public void commitReceived(long zxid, long latencyMillis) {
        ensemble.commitReceived(zxid, latencyMillis);
    }

    /** Forgets the latencies and request counts, as {@code srst} asks. */
    public void resetRequestStatistics() {
        answered = 0;
        latencyTotalNanos = 0;
        latencyMinNanos = Long.MAX_VALUE;
        latencyMaxNanos = 0;
    }

    /** What has been counted so far, as a value that may leave the replica thread. */
    public ServerStatistics statistics() {
        return new ServerStatistics(
                answeredByOperation.clone(),
                closedByReason.clone(),
                readLatency.copy(),
                writeLatency.copy(),
                commitLatency.copy(),
                forceTimes.times(),
                limitsReached.clone(),
                new ServerStatistics.Requests(
                        answered, latencyTotalNanos, answered == 0 ? 0 : latencyMinNanos, latencyMaxNanos),
                new ServerStatistics.Sessions(
                        linksOpened, sessionsOpened, sessionsResumed, sessionsRefused, sessionsExpired, sessionsClosed),
                new ServerStatistics.Storage(
                        txnsProposed,
                        txnBytes,
                        snapshotsFinished,
                        snapshotsFailed,
                        lastSnapshotBytes,
                        filesPurged,
                        timesFull,
                        forceTimes.slow()),
                watchesFired,
                digestMismatches,
                electionLinksRefused,
                tls.statistics(),
                ensemble.statistics());
    }

    @Override
    public String toString() {
        return "ServerCounters" + Arrays.toString(answeredByOperation);
    }
}
