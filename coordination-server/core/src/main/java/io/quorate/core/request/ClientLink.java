package io.quorate.core.request;

import io.quorate.core.auth.ClientIdentities;
import io.quorate.core.base.TurnTime;
import io.quorate.core.session.Session;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What the replica knows of one client connection. */
final class ClientLink {

    /** Where the connection stands. Only moves down this list. */
    enum Phase {
        /** Nothing has arrived, or too little. */
        AWAITING_HANDSHAKE,
        /** The handshake is being settled: further frames wait unread. */
        CONNECTING,
        SERVING,
        /** Something that ends the connection waits its turn behind earlier requests: what arrives later is dropped. */
        ENDING,
        /** A close was asked for: whatever still arrives is dropped. */
        CLOSED
    }

    final long id;
    final long openedNanos;
    final long openedMillis;
    final String address;
    final SessionPipeline pipeline = new SessionPipeline();
    /** Frames that arrived behind the handshake and have not had their turn; copies. Later ones queue up here too. */
    final ArrayDeque<ByteBuffer> heldFrames = new ArrayDeque<>();

    final LinkStats stats = new LinkStats();

    /** Replaced, never changed, when it gains one: requests under way keep those they were read with. */
    ClientIdentities identities;

    Phase phase = Phase.AWAITING_HANDSHAKE;
    /** What is said last, once the pipeline is empty; null unless the connection is ending with it. */
    @Nullable
    Refusal refusal;
    /** Whether the client sent the readOnly byte: decides the shape of the handshake's response. */
    boolean readOnlyAware;
    /** Bound from the handshake on; null before. */
    @Nullable
    Session session;
    /** The session that this connection is to have; 0 before its handshake. */
    long connectingSessionId;
    /** Whether that session is resumed, not created. */
    boolean resumes;
    /** The timeout negotiated on this connection, milliseconds: what a touch by it grants. */
    int timeoutMillis;
    /** Whether we have told the edge to stop reading. */
    boolean paused;
    /** Whether the client takes what we send; while it does not, we do not read from it. */
    boolean writable = true;

    ClientLink(long id, String address, ClientIdentities identities, TurnTime time) {
        this.id = id;
        this.address = address;
        this.identities = identities;
        openedNanos = time.nanos();
        openedMillis = time.epochMillis();
    }

    boolean isClosed() {
        return phase == Phase.CLOSED;
    }

    long sessionId() {
        return session == null ? 0 : session.id();
    }
}
