package io.quorate.core.request;

import io.quorate.core.auth.WhoAmI;
import io.quorate.core.port.CloseReason;
import io.quorate.core.port.LimitReached;
import io.quorate.core.session.Session;
import io.quorate.core.session.SessionPassword;
import io.quorate.core.wire.ErrorCode;
import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.client.ClientReply;
import io.quorate.core.wire.client.OpCode;
import io.quorate.core.wire.client.Operation;

/** Answers requests whose turn has come: executes reads, renders what writes came to. */
final class Responder {

    private static final long NO_PIPELINE_ZXID = 0;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final ServerState state;
    private final LargeRequests largeRequests;
    private final ReadExecutor reads;
    private final ClientReply reply = new ClientReply();

    Responder(ServerState state, WhoAmI whoAmI, LargeRequests largeRequests) {
        this.state = state;
        this.largeRequests = largeRequests;
        reads = new ReadExecutor(state, new WatchOperations(state), whoAmI);
    }

    /** Answers everything at the head of the connection's pipeline that may be answered now. */
    void drain(ClientLink link) {
        long applied = state.appliedZxid();
        for (PendingRequest head = link.pipeline.takeReady(applied);
                head != null;
                head = link.pipeline.takeReady(applied)) {
            largeRequests.done(head);
            if (waitedTooLong(head)) {
                head.error = ErrorCode.THROTTLED;
                state.events().limitReached(LimitReached.WAIT_TIME);
            }
            answer(link, head);
        }
        if (link.refusal != null && link.pipeline.isEmpty() && !link.isClosed()) {
            refuseAndClose(link, link.refusal);
        }
    }

    /** Refuses and closes once everything before has been answered; nothing that arrives later is looked at. */
    void endWith(ClientLink link, Refusal refusal) {
        if (link.pipeline.isEmpty()) {
            refuseAndClose(link, refusal);
        } else {
            link.phase = ClientLink.Phase.ENDING;
            link.refusal = refusal;
        }
    }

    /** Whether a read has been held so long that its client had better ask again (client protocol 11.6). */
    private boolean waitedTooLong(PendingRequest request) {
        long limitMillis = state.limits().requests().maxWaitMillis();
        return limitMillis > 0
                && request.operation instanceof Operation.Read
                && request.op != OpCode.PING
                && request.error == ErrorCode.OK
                && state.time().nanos() - request.readNanos > limitMillis * NANOS_PER_MILLI;
    }

    /** Answers one request; nothing is done for a connection that is being closed. */
    void answer(ClientLink link, PendingRequest request) {
        if (link.isClosed()) {
            return;
        }
        if (request.error != ErrorCode.OK) {
            header(link, request, request.error);
        } else if (request.op == OpCode.CREATE_SESSION) {
            return; // the handshake answers it
        } else if (request.op == OpCode.AUTH || request.op == OpCode.SASL) {
            header(link, request, ErrorCode.OK);
        } else if (request.isWrite()) {
            answerWrite(link, request);
        } else {
            answerRead(link, request);
        }
        long latencyNanos = state.time().nanos() - request.readNanos;
        link.stats.answered(
                request, state.appliedZxid(), latencyNanos, state.time().epochMillis());
        state.events().requestAnswered(request.op, latencyNanos);
    }

    private void answerWrite(ClientLink link, PendingRequest request) {
        TxnResult result = request.result == null ? TxnResult.DONE : request.result;
        if (result.saysSessionMoved()) {
            close(link, CloseReason.SESSION_RESUMED_ELSEWHERE);
            return;
        }
        WireWriter out = reply.begin(request.xid, state.appliedZxid(), result.error());
        WriteReply.write(out, request.op, request.operation, result);
        state.links().send(link.id, reply.end());
        if (request.op == OpCode.CLOSE_SESSION) {
            close(link, CloseReason.SESSION_CLOSED);
        }
    }

    private void answerRead(ClientLink link, PendingRequest request) {
        int xid = request.op == OpCode.PING ? ClientReply.PING_XID : request.xid;
        WireWriter out = reply.begin(xid, state.appliedZxid(), ErrorCode.OK);
        ErrorCode error = reads.execute(request, link, out);
        if (out.size() > state.limits().frames().maxReplyBytes()) {
            state.events().limitReached(LimitReached.REPLY_BYTES);
            error = ErrorCode.MARSHALLING_ERROR;
        }
        state.links()
                .send(link.id, error == ErrorCode.OK ? reply.end() : reply.header(xid, state.appliedZxid(), error));
    }

    private void header(ClientLink link, PendingRequest request, ErrorCode error) {
        boolean aboutConnection = request.op == OpCode.AUTH || request.op == OpCode.SASL;
        long zxid = aboutConnection ? NO_PIPELINE_ZXID : state.appliedZxid();
        if (request.op == OpCode.SASL) {
            // No SASL mechanism is configured: an empty token tells the client to go on without.
            reply.begin(request.xid, zxid, error).writeBuffer(null);
            state.links().send(link.id, reply.end());
        } else {
            state.links().send(link.id, reply.header(request.xid, zxid, error));
        }
        if (error == ErrorCode.AUTH_FAILED) {
            close(link, CloseReason.AUTHENTICATION_FAILED);
        }
    }

    private void refuseAndClose(ClientLink link, Refusal refusal) {
        state.links().send(link.id, reply.header(refusal.xid(), refusal.zxid(), refusal.error()));
        close(link, refusal.reason());
    }

    void connected(ClientLink link, Session session) {
        byte[] password = SessionPassword.of(session.id());
        state.links().send(link.id, reply.connected(session.id(), link.timeoutMillis, password, link.readOnlyAware));
    }

    void sessionInvalid(ClientLink link) {
        state.links().send(link.id, reply.sessionInvalid(link.readOnlyAware));
        close(link, CloseReason.SESSION_INVALID);
    }

    void close(ClientLink link, CloseReason reason) {
        if (link.isClosed()) {
            return;
        }
        forget(link);
        state.links().close(link.id, reason);
        state.events().linkClosed(link.id, reason);
    }

    /** Everything that belongs to the connection and not to its session goes with it. */
    void forget(ClientLink link) {
        link.phase = ClientLink.Phase.CLOSED;
        state.watches().dropLink(link.id);
        link.heldFrames.clear();
        Session session = link.session;
        if (session != null && session.link() == link.id) {
            session.unbind();
        }
    }
}
