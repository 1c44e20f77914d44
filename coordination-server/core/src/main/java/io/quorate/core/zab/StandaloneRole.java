package io.quorate.core.zab;

import io.quorate.core.base.NodePath;
import io.quorate.core.base.TurnTime;
import io.quorate.core.base.Verify;
import io.quorate.core.log.LogWriter;
import io.quorate.core.port.ServerEvents;
import io.quorate.core.request.CommitStage;
import io.quorate.core.request.Prepared;
import io.quorate.core.request.Requester;
import io.quorate.core.request.TxnPreparer;
import io.quorate.core.request.TxnResult;
import io.quorate.core.request.WritePath;
import io.quorate.core.session.Session;
import io.quorate.core.session.SessionTable;
import io.quorate.core.tree.TxnStamp;
import io.quorate.core.txn.Txn;
import io.quorate.core.txn.TxnBody;
import io.quorate.core.txn.TxnCodec;
import io.quorate.core.txn.Zxid;
import io.quorate.core.wire.ErrorCode;
import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.client.Operation;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A server without peers: what its own log holds is committed. Nothing is applied, and so nothing is answered, before
 * the log has reported it durable.
 */
public final class StandaloneRole implements Role, WritePath {

    /** Proposed and not applied. @param proposedNanos turn time */
    private record Proposal(Txn txn, long proposedNanos) {}

    private final TxnPreparer preparer;
    private final LogWriter log;
    private final TurnTime time;
    private final ServerEvents events;
    private final SessionTable sessions;
    private final int maxRecordBytes;
    private final WireWriter encoded = new WireWriter(1024);
    private final ArrayDeque<Proposal> proposals = new ArrayDeque<>();
    /** Where committed transactions go. Set before the first turn. */
    private @Nullable CommitStage commits;

    /** Last zxid handed to the log. Invariant: equals the log's own. */
    private long lastProposed;

    public StandaloneRole(
            TxnPreparer preparer, Database database, TurnTime time, ServerEvents events, int maxRecordBytes) {
        this.preparer = preparer;
        this.time = time;
        this.events = events;
        this.maxRecordBytes = maxRecordBytes;
        log = database.log();
        sessions = database.sessions();
        lastProposed = log.lastZxid();
    }

    /** Clients and role need each other: the role comes first and is told here where its commits go. */
    public void start(CommitStage commitStage) {
        commits = commitStage;
    }

    @Override
    public RoleName name() {
        return RoleName.STANDALONE;
    }

    @Override
    public boolean acceptsWrites() {
        return !log.isFull();
    }

    @Override
    public boolean hasRoom() {
        return log.acceptsAppends();
    }

    @Override
    public Submission submit(Operation.Write operation, Requester requester) {
        TxnStamp stamp = new TxnStamp(Zxid.nextWithoutPeers(lastProposed), time.epochMillis());
        Prepared prepared = preparer.prepare(operation, requester, stamp);
        Txn txn = prepared.txn();
        if (txn == null) {
            return new Submission(lastProposed, prepared.refusal());
        }
        encode(txn);
        if (encoded.size() > maxRecordBytes && txn.body() instanceof TxnBody.CloseSession) {
            txn = withoutPaths(txn);
            encode(txn);
        }
        if (encoded.size() > maxRecordBytes) {
            // It could not be read back at the next start, so it must not be written.
            preparer.discardLast();
            return new Submission(lastProposed, TxnResult.failed(ErrorCode.MARSHALLING_ERROR));
        }
        log.append(stamp.zxid(), encoded.written());
        lastProposed = stamp.zxid();
        proposals.addLast(new Proposal(txn, time.nanos()));
        events.txnProposed(stamp.zxid(), encoded.size());
        return new Submission(stamp.zxid(), null);
    }

    /** Whatever has been answered is in the tree already. */
    @Override
    public long sync(@Nullable NodePath path, Requester requester) {
        return 0;
    }

    @Override
    public long resume(long sessionId, int timeoutMillis) {
        Session session = sessions.find(sessionId);
        return session == null || session.isClosing() ? NO_SESSION : 0;
    }

    private void encode(Txn txn) {
        encoded.clear();
        TxnCodec.write(txn, encoded);
    }

    /**
     * A close that must not fail for owning too much. Its list says nothing that the tree does not know when it is
     * applied: whatever the session owns then. The digest goes with the list, since the two are told apart by shape
     * only (quorum protocol 8.3).
     */
    private static Txn withoutPaths(Txn close) {
        return new Txn(
                close.sessionId(),
                close.cxid(),
                close.zxid(),
                close.timeMillis(),
                new TxnBody.CloseSession(null),
                null);
    }

    @Override
    public void onLogDurable(long zxid) {
        CommitStage stage = commits;
        Verify.that(stage != null, "a role commits only once it has been started");
        for (Proposal head = proposals.peekFirst();
                head != null && head.txn.zxid() <= zxid;
                head = proposals.peekFirst()) {
            proposals.removeFirst();
            stage.apply(head.txn);
            preparer.applied(head.txn.zxid());
            events.txnApplied(head.txn.zxid(), time.nanos() - head.proposedNanos);
        }
        Verify.that(zxid <= lastProposed, "durable beyond what was proposed", zxid, lastProposed);
    }

    @Override
    public long lastProposedZxid() {
        return lastProposed;
    }
}
