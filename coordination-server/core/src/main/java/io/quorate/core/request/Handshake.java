package io.quorate.core.request;

import io.quorate.core.port.CloseReason;
import io.quorate.core.session.Session;
import io.quorate.core.session.SessionIds;
import io.quorate.core.session.SessionPassword;
import io.quorate.core.session.TimeoutRange;
import io.quorate.core.wire.MalformedRecord;
import io.quorate.core.wire.WireReader;
import io.quorate.core.wire.client.ConnectRequest;
import io.quorate.core.wire.client.OpCode;
import io.quorate.core.wire.client.Operation;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** How a connection gets its session: a new one, or the one it had (client protocol 2). */
final class Handshake {

    /** Goes on, later in the turn, with the frames that arrived behind a handshake that is settled now. */
    interface HeldFrames {
        void release(ClientLink link);
    }

    /** What it shares with the router. */
    record Connections(
            ClientLinkTable links,
            ZxidWaiters waiters,
            ForwardedRequests forwarded,
            HeldFrames heldFrames,
            ConnectionThrottle throttle) {}

    private final ServerState state;
    private final TimeoutRange timeouts;
    private final SessionIds ids;
    private final WritePath writes;
    private final Responder responder;
    private final ClientLinkTable links;
    private final ZxidWaiters waiters;
    private final ForwardedRequests forwarded;
    private final HeldFrames heldFrames;
    private final ConnectionThrottle throttle;
    private final WireReader in = new WireReader();

    Handshake(
            ServerState state,
            TimeoutRange timeouts,
            SessionIds ids,
            WritePath writes,
            Responder responder,
            Connections connections) {
        this.state = state;
        this.timeouts = timeouts;
        this.ids = ids;
        this.writes = writes;
        this.responder = responder;
        links = connections.links();
        waiters = connections.waiters();
        forwarded = connections.forwarded();
        heldFrames = connections.heldFrames();
        throttle = connections.throttle();
    }

    /** The first frame of a connection. */
    void begin(ClientLink link, ByteBuffer frame) {
        ConnectRequest request;
        try {
            request = ConnectRequest.read(in.over(frame));
        } catch (MalformedRecord malformed) {
            responder.close(link, CloseReason.MALFORMED_FRAME);
            return;
        }
        if (request.lastZxidSeen() > state.appliedZxid()) {
            // It has seen a state that we do not have: it must find a server that does.
            responder.close(link, CloseReason.ZXID_AHEAD);
            return;
        }
        if (!(request.sessionId() == 0 ? throttle.admitsNewSession() : throttle.admitsResumption())) {
            responder.close(link, CloseReason.CONNECTION_THROTTLED);
            return;
        }
        link.readOnlyAware = request.readOnlyAware();
        link.timeoutMillis = timeouts.negotiate(request.timeoutMillis());
        if (request.sessionId() == 0) {
            create(link);
        } else {
            resume(link, request);
        }
    }

    private void create(ClientLink link) {
        if (!writes.acceptsWrites()) {
            responder.close(link, CloseReason.NOT_SERVING);
            return;
        }
        link.phase = ClientLink.Phase.CONNECTING;
        links.pause(link);
        link.connectingSessionId = ids.next(id -> state.sessions().find(id) != null);
        Operation.Write operation = new Operation.CreateSession(link.timeoutMillis);
        PendingRequest request = handshakeRequest(link, operation);
        request.afterZxid = writes.submit(operation, new Requester(link.connectingSessionId, 0, link.identities))
                .afterZxid();
        link.pipeline.add(request);
        if (request.afterZxid == WritePath.FORWARDED) {
            forwarded.write(link.connectingSessionId, link, request);
        } else {
            waiters.await(link, request);
        }
    }

    private PendingRequest handshakeRequest(ClientLink link, Operation.@Nullable Write operation) {
        return new PendingRequest(
                0,
                OpCode.CREATE_SESSION,
                operation,
                link.identities,
                state.time().nanos());
    }

    /** The password is judged before anything is done to the connection that has the session now. */
    private void resume(ClientLink link, ConnectRequest request) {
        long sessionId = request.sessionId();
        long afterZxid = SessionPassword.matches(sessionId, request.password())
                ? writes.resume(sessionId, link.timeoutMillis)
                : WritePath.NO_SESSION;
        link.connectingSessionId = sessionId;
        link.resumes = true;
        if (afterZxid == WritePath.NO_SESSION) {
            refuse(link);
        } else if (afterZxid <= state.appliedZxid()) {
            progressWith(link);
        } else {
            await(link, sessionId, afterZxid);
        }
    }

    /** The leader has to be asked, or it knows a session whose creation is not applied here yet. */
    private void await(ClientLink link, long sessionId, long afterZxid) {
        link.phase = ClientLink.Phase.CONNECTING;
        links.pause(link);
        PendingRequest waiting = handshakeRequest(link, null);
        waiting.afterZxid = afterZxid;
        link.pipeline.add(waiting);
        if (afterZxid != WritePath.FORWARDED) {
            waiters.await(link, waiting);
            return;
        }
        ForwardedRequests.Waiting earlier = forwarded.resumption(sessionId, link, waiting);
        if (earlier != null) {
            responder.close(earlier.link(), CloseReason.SESSION_RESUMED_ELSEWHERE);
        }
    }

    /** The session is none that could be resumed. */
    void refuse(ClientLink link) {
        if (!link.isClosed()) {
            state.events().sessionRefused(link.connectingSessionId);
            responder.sessionInvalid(link);
        }
    }

    /** Goes on with a connection whose session may be there now. */
    void progress(ClientLink link) {
        if (link.phase == ClientLink.Phase.CONNECTING && link.pipeline.isEmpty()) {
            progressWith(link);
        }
    }

    private void progressWith(ClientLink link) {
        Session session = state.sessions().find(link.connectingSessionId);
        if (session == null || session.isClosing()) {
            refuse(link);
            return;
        }
        if (link.resumes) {
            ClientLink older = links.find(session.link());
            if (older != null) {
                responder.close(older, CloseReason.SESSION_RESUMED_ELSEWHERE);
            }
            session.setTimeoutMillis(link.timeoutMillis);
            state.events().sessionResumed(session.id(), link.timeoutMillis);
        }
        settle(link, session);
    }

    private void settle(ClientLink link, Session session) {
        link.phase = ClientLink.Phase.SERVING;
        link.session = session;
        session.bind(link.id);
        state.expiry().touch(session, state.time().nanos());
        responder.connected(link, session);
        if (link.heldFrames.isEmpty()) {
            links.resumeIfDrained(link);
        } else {
            heldFrames.release(link);
        }
    }
}
