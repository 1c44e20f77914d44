package io.quorate.runtime.loop;

import io.quorate.core.port.CloseReason;
import io.quorate.core.port.DiskFile;
import io.quorate.core.port.LimitReached;
import io.quorate.core.port.ServerEvents;
import io.quorate.core.wire.client.OpCode;
import io.quorate.runtime.netty.RefusalLog;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes to the log what an operator wants to find there, and passes everything on to the counters. */
final class EventLog implements ServerEvents {

    private static final Logger LOG = LoggerFactory.getLogger("io.quorate.server");

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final ServerEvents next;
    private final RefusalLog refusals;

    EventLog(ServerEvents next, LongSupplier nanoClock) {
        this.next = next;
        refusals = new RefusalLog(nanoClock, "election port, which is for members alone");
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    @Override
    public void linkOpened(long link, String address) {
        next.linkOpened(link, address);
    }

    @Override
    public void linkClosed(long link, CloseReason reason) {
        switch (reason) {
            case TOO_MANY_CONNECTIONS, MALFORMED_FRAME, ZXID_AHEAD, UNKNOWN_OPERATION ->
                LOG.info("Connection {} closed: {}", link, reason);
            default -> LOG.debug("Connection {} closed: {}", link, reason);
        }
        next.linkClosed(link, reason);
    }

    @Override
    public void sessionOpened(long sessionId, int timeoutMillis) {
        LOG.debug("Session {} opened, timeout {} ms", hex(sessionId), timeoutMillis);
        next.sessionOpened(sessionId, timeoutMillis);
    }

    @Override
    public void sessionResumed(long sessionId, int timeoutMillis) {
        LOG.debug("Session {} resumed, timeout {} ms", hex(sessionId), timeoutMillis);
        next.sessionResumed(sessionId, timeoutMillis);
    }

    @Override
    public void sessionRefused(long sessionId) {
        LOG.info("Session {} refused: unknown, closing or with another password", hex(sessionId));
        next.sessionRefused(sessionId);
    }

    @Override
    public void sessionExpired(long sessionId, int timeoutMillis) {
        LOG.info("Expiring session {}, timeout of {}ms exceeded", hex(sessionId), timeoutMillis);
        next.sessionExpired(sessionId, timeoutMillis);
    }

    @Override
    public void sessionClosed(long sessionId) {
        LOG.debug("Session {} closed", hex(sessionId));
        next.sessionClosed(sessionId);
    }

    @Override
    public void requestAnswered(OpCode op, long latencyNanos) {
        next.requestAnswered(op, latencyNanos);
    }

    @Override
    public void limitReached(LimitReached limit) {
        LOG.debug("A request was refused for a limit: {}", limit);
        next.limitReached(limit);
    }

    @Override
    public void txnProposed(long zxid, int bytes) {
        next.txnProposed(zxid, bytes);
    }

    @Override
    public void txnApplied(long zxid, long latencyNanos) {
        next.txnApplied(zxid, latencyNanos);
    }

    @Override
    public void watchesFired(int delivered) {
        next.watchesFired(delivered);
    }

    @Override
    public void digestMismatch(long zxid, long expected, long actual) {
        LOG.error(
                "Digest differs after zxid {}: the transaction says {}, the tree has {}", hex(zxid), expected, actual);
        next.digestMismatch(zxid, expected, actual);
    }

    @Override
    public void digestRecorded(long zxid, long digest) {
        next.digestRecorded(zxid, digest);
    }

    @Override
    public void writesRefused(String reason) {
        LOG.error("Writes are refused: {}", reason);
        next.writesRefused(reason);
    }

    @Override
    public void writesAcceptedAgain() {
        LOG.info("Writes are accepted again");
        next.writesAcceptedAgain();
    }

    @Override
    public void roleChanged(String role, long leader, String reason) {
        LOG.info("{} (leader: {}): {}", role, leader < 0 ? "none" : leader, reason);
        next.roleChanged(role, leader, reason);
    }

    @Override
    public void termEstablished(long epoch, long nanos) {
        LOG.info("Epoch {} stands here, {} ms after this role began", epoch, nanos / NANOS_PER_MILLI);
        next.termEstablished(epoch, nanos);
    }

    @Override
    public void electionDecided(long nanos) {
        next.electionDecided(nanos);
    }

    @Override
    public void serviceRegained(boolean leading, long nanos) {
        LOG.info("Serves again, {} ms after it began to look for a leader", nanos / NANOS_PER_MILLI);
        next.serviceRegained(leading, nanos);
    }

    @Override
    public void proposalReceived(long zxid, long latencyMillis) {
        next.proposalReceived(zxid, latencyMillis);
    }

    @Override
    public void proposalAcknowledged(long zxid, long latencyNanos) {
        next.proposalAcknowledged(zxid, latencyNanos);
    }

    @Override
    public void commitReceived(long zxid, long latencyMillis) {
        next.commitReceived(zxid, latencyMillis);
    }

    @Override
    public void ackReceived(long serverId, long latencyNanos) {
        next.ackReceived(serverId, latencyNanos);
    }

    @Override
    public void loadingWarned(String what) {
        LOG.warn("While the state was loaded anew: {}", what);
        next.loadingWarned(what);
    }

    @Override
    public void truncationNotPossible(long leader, long zxid) {
        LOG.info(
                "The history here does not hold zxid {}, where leader {} wants it cut: it is asked for a snapshot",
                hex(zxid),
                leader);
        next.truncationNotPossible(leader, zxid);
    }

    @Override
    public void stateReplaced(long zxid, String source) {
        LOG.info("The state at zxid {} was taken over from {}", hex(zxid), source);
        next.stateReplaced(zxid, source);
    }

    @Override
    public void learnerJoined(long serverId, boolean observer, String how, long nanos) {
        LOG.info("Server {} has been brought up to date by {} in {} ms", serverId, how, nanos / NANOS_PER_MILLI);
        next.learnerJoined(serverId, observer, how, nanos);
    }

    @Override
    public void votersLost() {
        next.votersLost();
    }

    @Override
    public void learnerLeft(long serverId, String reason) {
        LOG.info("Server {} is given up: {}", serverId, reason);
        next.learnerLeft(serverId, reason);
    }

    @Override
    public void membershipDiffers(long fromServerId, String theirText) {
        LOG.error(
                "Server {} has a newer membership that lists other servers than coordination.servers here: {}",
                fromServerId,
                theirText);
        next.membershipDiffers(fromServerId, theirText);
    }

    @Override
    public void electionLinkRefused(String address, String reason) {
        refusals.refused(address, reason);
        next.electionLinkRefused(address, reason);
    }

    @Override
    public void txnCommitted(long zxid, long latencyNanos) {
        next.txnCommitted(zxid, latencyNanos);
    }

    @Override
    public void snapshotStarted(long zxid) {
        LOG.debug("Snapshot at zxid {} started", hex(zxid));
        next.snapshotStarted(zxid);
    }

    @Override
    public void snapshotFinished(long zxid, long bytes) {
        LOG.info("Snapshot at zxid {} written, {} bytes", hex(zxid), bytes);
        next.snapshotFinished(zxid, bytes);
    }

    @Override
    public void snapshotFailed(long zxid, String reason) {
        LOG.warn("Snapshot at zxid {} given up, the server goes on: {}", hex(zxid), reason);
        next.snapshotFailed(zxid, reason);
    }

    @Override
    public void filePurged(DiskFile file) {
        LOG.debug("Purged {}", file);
        next.filePurged(file);
    }
}
