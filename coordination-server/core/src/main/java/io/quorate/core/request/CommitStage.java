package io.quorate.core.request;

import io.quorate.core.port.CloseReason;
import io.quorate.core.session.Session;
import io.quorate.core.tree.TreeChange;
import io.quorate.core.txn.Txn;
import io.quorate.core.txn.TxnType;
import io.quorate.core.watch.WatchSink;
import io.quorate.core.wire.Acl;
import io.quorate.core.wire.client.ClientReply;
import java.util.ArrayList;
import java.util.List;

/**
 * What happens when a transaction is committed, in this order: it is applied, watchers are told, and whoever waited for
 * its zxid is answered. The order is what lets a client see the event of a change before any reply that reflects it
 * (client protocol 8.3).
 */
public final class CommitStage {

    private static final int DIGEST_INTERVAL = 128;

    /** Who waits for transactions: by their zxid, or for the one that answers a request handed to the leader. */
    record Waiting(ZxidWaiters waiters, ForwardedRequests forwarded) {}

    private final ServerState state;
    private final TxnApplier applier;
    private final Responder responder;
    private final Handshake handshake;
    private final ClientLinkTable links;
    private final ZxidWaiters waiters;
    private final ForwardedRequests forwarded;
    private final List<TreeChange> changes = new ArrayList<>();
    private final ClientReply events = new ClientReply();
    /** The zxid of the transaction being applied, for its events. */
    private long eventZxid;

    private int delivered;
    private final WatchSink sink;

    CommitStage(
            ServerState state,
            TxnApplier applier,
            Responder responder,
            Handshake handshake,
            ClientLinkTable links,
            Waiting waiting) {
        this.state = state;
        this.applier = applier;
        this.responder = responder;
        this.handshake = handshake;
        this.links = links;
        waiters = waiting.waiters();
        forwarded = waiting.forwarded();
        sink = (linkId, type, path, acl) -> {
            ClientLink link = links.find(linkId);
            if (link != null && state.aclChecker().allows(acl, Acl.READ, link.identities)) {
                state.links().send(linkId, events.event(type, path, eventZxid));
                delivered++;
            }
        };
    }

    /** Applies the next transaction of the history. */
    public void apply(Txn txn) {
        Session closing =
                txn.body().type() == TxnType.CLOSE_SESSION ? state.sessions().find(txn.sessionId()) : null;
        changes.clear();
        TxnResult result = applier.apply(txn, changes);
        Long predicted = txn.digest();
        if (predicted != null && predicted != state.tree().digest()) {
            state.events().digestMismatch(txn.zxid(), predicted, state.tree().digest());
        }
        if (txn.zxid() % DIGEST_INTERVAL == 0) {
            state.events().digestRecorded(txn.zxid(), state.tree().digest());
        }
        tellWatchers(txn.zxid());
        if (txn.body().type() == TxnType.CREATE_SESSION) {
            sessionOpened(txn.sessionId());
        }
        answerForwarded(txn, result);
        answerWaiters(txn.zxid(), result);
        if (closing != null) {
            sessionGone(closing);
        }
    }

    private void tellWatchers(long zxid) {
        eventZxid = zxid;
        delivered = 0;
        for (TreeChange change : changes) {
            switch (change.kind()) {
                case CREATED -> state.watches().nodeCreated(change.path(), change.acl(), change.parentAcl(), sink);
                case DELETED -> state.watches().nodeDeleted(change.path(), change.acl(), change.parentAcl(), sink);
                case DATA_CHANGED -> state.watches().dataChanged(change.path(), change.acl(), sink);
            }
        }
        if (delivered > 0) {
            state.events().watchesFired(delivered);
        }
    }

    private void answerWaiters(long zxid, TxnResult result) {
        for (ZxidWaiters.Waiter waiter = waiters.takeReady(zxid); waiter != null; waiter = waiters.takeReady(zxid)) {
            PendingRequest request = waiter.request();
            if (waiter.afterZxid() == zxid && request.isWrite() && request.result == null) {
                request.result = result;
            }
            goOn(waiter.link());
        }
    }

    private void answerForwarded(Txn txn, TxnResult result) {
        ForwardedRequests.Waiting waiting = forwarded.takeWrite(txn.sessionId(), txn.cxid());
        if (waiting != null) {
            waiting.request().afterZxid = txn.zxid();
            waiting.request().result = result;
            goOn(waiting.link());
        }
    }

    /** Answers what may be answered now on a connection. */
    void goOn(ClientLink link) {
        responder.drain(link);
        handshake.progress(link);
        links.resumeIfDrained(link);
    }

    private void sessionOpened(long sessionId) {
        Session session = state.sessions().find(sessionId);
        if (session != null) {
            state.expiry().touch(session, state.time().nanos());
            state.events().sessionOpened(sessionId, session.timeoutMillis());
        }
    }

    /** Whoever holds a connection of a session that is no more loses it, without a frame. */
    private void sessionGone(Session session) {
        ClientLink link = links.find(session.link());
        if (link != null) {
            responder.close(link, CloseReason.SESSION_EXPIRED);
        }
        state.expiry().remove(session);
        state.events().sessionClosed(session.id());
    }
}
