package io.quorate.core.zab;

import io.quorate.core.base.NodePath;
import io.quorate.core.request.Prepared;
import io.quorate.core.request.Requester;
import io.quorate.core.request.TxnPreparer;
import io.quorate.core.request.TxnResult;
import io.quorate.core.request.WritePath;
import io.quorate.core.session.Session;
import io.quorate.core.tree.TxnStamp;
import io.quorate.core.txn.Txn;
import io.quorate.core.txn.TxnBody;
import io.quorate.core.wire.ErrorCode;
import io.quorate.core.wire.client.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes as the leader takes them: its own clients' and those that learners forward. A request that fails becomes a
 * transaction that says so: a learner's client would wait for ever without it (quorum protocol 5.1, I8), and a leader
 * that has been deposed without noticing must not tell its own clients what its tree holds.
 */
final class LeaderWrites implements WritePath {

    private final Member member;
    private final Broadcast broadcast;
    private final TxnPreparer preparer;
    /**
     * Sessions whose creation is proposed and not applied here. A learner whose disk is quicker than ours serves such a
     * session already.
     */
    private final Map<Long, Opening> opening = new HashMap<>();

    /** A session on its way into the table, and what will hold for it there. */
    private static final class Opening {
        final long zxid;
        long owner;
        boolean closing;

        Opening(long zxid, long owner) {
            this.zxid = zxid;
            this.owner = owner;
        }
    }

    LeaderWrites(Member member, Broadcast broadcast) {
        this.member = member;
        this.broadcast = broadcast;
        preparer = member.preparers().get();
    }

    @Override
    public boolean acceptsWrites() {
        return !member.database().log().isFull();
    }

    /**
     * Nor is there room behind the epoch's last zxid: the term ends within a tick, and whatever has come meanwhile,
     * from clients or learners, is lost with its connection, as the reference has it (quorum protocol 7.6).
     */
    @Override
    public boolean hasRoom() {
        return member.database().takesAppends() && !broadcast.isExhausted();
    }

    @Override
    public Submission submit(Operation.Write operation, Requester requester) {
        ErrorCode refusal = checkSession(operation, requester, member.serverId());
        Prepared prepared =
                refusal == ErrorCode.OK ? prepare(operation, requester) : new Prepared(null, TxnResult.failed(refusal));
        Txn txn = prepared.txn();
        if (txn != null) {
            propose(txn, member.serverId());
        } else if (prepared.refusal() != null && requester.sessionId() != 0) {
            fail(requester, prepared.refusal());
        } else {
            return new Submission(broadcast.lastProposed(), prepared.refusal());
        }
        return new Submission(broadcast.lastProposed(), null);
    }

    private void propose(Txn txn, long origin) {
        if (txn.body() instanceof TxnBody.CreateSession) {
            opening.put(txn.sessionId(), new Opening(txn.zxid(), origin));
        }
        broadcast.propose(txn);
    }

    /** A learner's request, which always becomes a transaction. Only while {@link #hasRoom}. */
    void submitForwarded(Operation.Write operation, Requester requester, long learnerId) {
        ErrorCode refusal = checkSession(operation, requester, learnerId);
        if (refusal != ErrorCode.OK) {
            fail(requester, TxnResult.failed(refusal));
            return;
        }
        Prepared prepared = prepare(operation, requester);
        Txn txn = prepared.txn();
        if (txn != null) {
            closing(operation, requester);
            propose(txn, learnerId);
        } else if (prepared.refusal() != null) {
            fail(requester, prepared.refusal());
        }
    }

    /** A request that cannot even be looked at. */
    void failForwarded(Requester requester, ErrorCode error) {
        fail(requester, TxnResult.failed(error));
    }

    private void closing(Operation.Write operation, Requester requester) {
        if (!(operation instanceof Operation.CloseSession)) {
            return;
        }
        Opening opened = opening.get(requester.sessionId());
        Session session = member.database().sessions().find(requester.sessionId());
        if (opened != null) {
            opened.closing = true;
        } else if (session != null) {
            session.setClosing(true);
        }
    }

    private void fail(Requester requester, TxnResult refusal) {
        TxnBody body = refusal.parts().isEmpty()
                ? new TxnBody.Failed(refusal.error())
                : new TxnBody.Multi(failures(refusal.parts()));
        broadcast.propose(new Txn(
                requester.sessionId(),
                requester.cxid(),
                broadcast.nextZxid(),
                member.time().epochMillis(),
                body,
                null));
    }

    private static List<TxnBody> failures(List<TxnResult> results) {
        List<TxnBody> parts = new ArrayList<>(results.size());
        for (TxnResult result : results) {
            parts.add(new TxnBody.Failed(result.error()));
        }
        return parts;
    }

    private Prepared prepare(Operation.Write operation, Requester requester) {
        TxnStamp stamp = new TxnStamp(broadcast.nextZxid(), member.time().epochMillis());
        Prepared prepared = preparer.prepare(operation, requester, stamp);
        Txn txn = prepared.txn();
        if (txn == null || broadcast.sizeOf(txn) <= member.maxRecordBytes()) {
            return prepared;
        }
        if (txn.body() instanceof TxnBody.CloseSession) {
            // The list says nothing that every member's tree does not know when the close is applied.
            return new Prepared(withoutPaths(txn), null);
        }
        // No member could read it back, so it gets no zxid.
        preparer.discardLast();
        return new Prepared(null, TxnResult.failed(ErrorCode.MARSHALLING_ERROR));
    }

    private static Txn withoutPaths(Txn close) {
        return new Txn(
                close.sessionId(),
                close.cxid(),
                close.zxid(),
                close.timeMillis(),
                new TxnBody.CloseSession(null),
                null);
    }

    /** Whether the session stands, and is used through the server that it is known to be used through (5.5). */
    private ErrorCode checkSession(Operation.Write operation, Requester requester, long serverId) {
        if (requester.sessionId() == 0 || operation instanceof Operation.CreateSession) {
            return ErrorCode.OK;
        }
        if (operation instanceof Operation.CloseSession) {
            return ErrorCode.OK;
        }
        Opening opened = opening.get(requester.sessionId());
        if (opened != null) {
            return judge(opened.closing, opened.owner, serverId);
        }
        Session session = member.database().sessions().find(requester.sessionId());
        if (session == null) {
            return ErrorCode.SESSION_EXPIRED;
        }
        if (session.owner() == Session.NO_OWNER) {
            session.setOwner(serverId);
        }
        return judge(session.isClosing(), session.owner(), serverId);
    }

    private static ErrorCode judge(boolean closing, long owner, long serverId) {
        if (closing) {
            return ErrorCode.SESSION_EXPIRED;
        }
        return owner == serverId ? ErrorCode.OK : ErrorCode.SESSION_MOVED;
    }

    @Override
    public long sync(@Nullable NodePath path, Requester requester) {
        broadcast.syncOwn();
        return FORWARDED;
    }

    @Override
    public long resume(long sessionId, int timeoutMillis) {
        return moveTo(sessionId, member.serverId());
    }

    /**
     * A client goes on with its session through a server.
     *
     * @return the zxid that must be applied for it; {@link #NO_SESSION} when there is none to go on with
     */
    long moveTo(long sessionId, long serverId) {
        Opening opened = opening.get(sessionId);
        if (opened != null && !opened.closing) {
            opened.owner = serverId;
            return opened.zxid;
        }
        Session session = member.database().sessions().find(sessionId);
        if (opened != null || session == null || session.isClosing()) {
            return NO_SESSION;
        }
        session.setOwner(serverId);
        return 0;
    }

    /** To be told of everything that has been applied. */
    void applied(Txn txn) {
        broadcast.applied(txn.zxid());
        preparer.applied(txn.zxid());
        if (txn.body() instanceof TxnBody.CreateSession) {
            Opening opened = opening.remove(txn.sessionId());
            Session session = member.database().sessions().find(txn.sessionId());
            if (session != null && opened != null) {
                session.setOwner(opened.owner);
                session.setClosing(opened.closing);
            }
        }
    }
}
