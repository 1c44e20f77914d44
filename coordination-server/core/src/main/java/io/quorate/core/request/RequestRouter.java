package io.quorate.core.request;

import io.quorate.core.port.CloseReason;
import io.quorate.core.port.LimitReached;
import io.quorate.core.session.Session;
import io.quorate.core.wire.ErrorCode;
import io.quorate.core.wire.MalformedRecord;
import io.quorate.core.wire.WireReader;
import io.quorate.core.wire.client.OpCode;
import io.quorate.core.wire.client.Operation;
import io.quorate.core.wire.client.OperationDecoder;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Admits, classifies and dispatches the requests of connections that have their session (client protocol 4.2). */
final class RequestRouter {

    private static final int HEADER_BYTES = 8;

    /** What it shares with the handshake and the responder. */
    record Connections(
            ClientLinkTable links, ZxidWaiters waiters, ForwardedRequests forwarded, LargeRequests largeRequests) {}

    private final ServerState state;
    private final WritePath writes;
    private final Responder responder;
    private final ClientLinkTable links;
    private final ZxidWaiters waiters;
    private final ForwardedRequests forwarded;
    private final LargeRequests largeRequests;
    private final Credentials credentials;
    private final boolean reconfigEnabled;
    private final WireReader in = new WireReader();

    RequestRouter(
            ServerState state,
            WritePath writes,
            Responder responder,
            Connections connections,
            Credentials credentials,
            boolean reconfigEnabled) {
        this.state = state;
        this.writes = writes;
        this.responder = responder;
        links = connections.links();
        waiters = connections.waiters();
        forwarded = connections.forwarded();
        largeRequests = connections.largeRequests();
        this.credentials = credentials;
        this.reconfigEnabled = reconfigEnabled;
    }

    void route(ClientLink link, ByteBuffer frame) {
        if (frame.remaining() < HEADER_BYTES) {
            responder.close(link, CloseReason.MALFORMED_FRAME);
            return;
        }
        int frameBytes = frame.remaining();
        in.over(frame);
        int xid = in.readInt();
        OpCode op = OpCode.of(in.readInt());
        if (op == OpCode.AUTH || op == OpCode.SASL) {
            routeCredentials(link, xid, op);
        } else if (!credentials.suffice(link)) {
            responder.endWith(link, Refusal.authenticationRequired(xid));
        } else if (touch(link)) {
            routeOperation(link, xid, op, frameBytes);
        }
    }

    /** Takes effect before any later request is looked at; the reply keeps its place in the order. */
    private void routeCredentials(ClientLink link, int xid, OpCode op) {
        PendingRequest request =
                new PendingRequest(xid, op, null, link.identities, state.time().nanos());
        try {
            request.error = credentials.present(link, op, in);
        } catch (MalformedRecord malformed) {
            responder.close(link, CloseReason.MALFORMED_FRAME);
            return;
        }
        if (link.identities.hasOverflowed()) {
            state.events().limitReached(LimitReached.IDENTITIES);
        }
        enqueue(link, request);
        if (request.error == ErrorCode.AUTH_FAILED && !link.isClosed()) {
            link.phase = ClientLink.Phase.ENDING;
        }
    }

    /** Whether the session still stands; requests of one that does not are dropped without an answer. */
    private boolean touch(ClientLink link) {
        Session session = link.session;
        if (session == null || session.isClosing()) {
            return false;
        }
        state.expiry().touch(session, state.time().nanos());
        return true;
    }

    private void routeOperation(ClientLink link, int xid, @Nullable OpCode op, int frameBytes) {
        if (!largeRequests.admits(frameBytes)) {
            responder.close(link, CloseReason.LARGE_REQUEST_LIMIT);
            return;
        }
        if (op == null || !op.isAcceptedFromClients()) {
            responder.endWith(link, Refusal.unknownOperation(xid));
            return;
        }
        PendingRequest request;
        try {
            Operation operation = OperationDecoder.decode(op, in);
            request = new PendingRequest(
                    xid, op, operation, link.identities, state.time().nanos());
            request.error = op == OpCode.RECONFIG && !reconfigEnabled ? ErrorCode.RECONFIG_DISABLED : ErrorCode.OK;
        } catch (MalformedRecord malformed) {
            request = new PendingRequest(
                    xid, op, null, link.identities, state.time().nanos());
            request.error = ErrorCode.MARSHALLING_ERROR;
        }
        if (request.isWrite() && request.error == ErrorCode.OK) {
            submit(link, request);
        } else if (request.operation instanceof Operation.Sync sync && request.error == ErrorCode.OK) {
            sync(link, request, sync);
        }
        request.largeBytes = largeRequests.sizeThatCounts(frameBytes);
        enqueue(link, request);
        throttle(link, xid);
    }

    private void submit(ClientLink link, PendingRequest request) {
        if (!writes.acceptsWrites()) {
            request.error = ErrorCode.NOT_READ_ONLY;
            return;
        }
        Operation.Write operation = (Operation.Write) request.operation;
        WritePath.Submission submission =
                writes.submit(operation, new Requester(link.sessionId(), request.xid, request.identities));
        request.afterZxid = submission.afterZxid();
        request.result = submission.refusal();
        if (request.afterZxid == WritePath.FORWARDED) {
            forwarded.write(link.sessionId(), link, request);
        }
        if (operation instanceof Operation.CloseSession && link.session != null) {
            link.session.setClosing(true);
        }
    }

    private void sync(ClientLink link, PendingRequest request, Operation.Sync sync) {
        request.afterZxid = writes.sync(sync.path(), new Requester(link.sessionId(), request.xid, request.identities));
        if (request.afterZxid == WritePath.FORWARDED) {
            forwarded.sync(link, request);
        }
    }

    private void enqueue(ClientLink link, PendingRequest request) {
        boolean mayWait = request.afterZxid > state.appliedZxid();
        if (!mayWait && link.pipeline.isEmpty()) {
            responder.answer(link, request);
            return;
        }
        link.pipeline.add(request);
        largeRequests.begun(request);
        if (mayWait && request.afterZxid != WritePath.FORWARDED) {
            waiters.await(link, request);
        }
    }

    /** Back-pressure is by not reading: no request is ever failed for being one too many (client protocol 11.5). */
    private void throttle(ClientLink link, int xid) {
        int limit = state.limits().requests().maxOutstanding();
        if (xid > 0
                && !link.pipeline.isEmpty()
                && (waiters.size() + forwarded.size() > limit || link.pipeline.size() > limit)) {
            links.pause(link);
        }
    }
}
