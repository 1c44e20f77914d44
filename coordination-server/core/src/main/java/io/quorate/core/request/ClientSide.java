package io.quorate.core.request;

import io.quorate.core.auth.AuthSchemes;
import io.quorate.core.auth.Authenticator;
import io.quorate.core.auth.ClientIdentities;
import io.quorate.core.auth.EnforcedSchemes;
import io.quorate.core.auth.WhoAmI;
import io.quorate.core.base.ThrottleOptions;
import io.quorate.core.port.ClientOrigin;
import io.quorate.core.port.CloseReason;
import io.quorate.core.port.ConnectionView;
import io.quorate.core.port.LimitReached;
import io.quorate.core.port.RandomSource;
import io.quorate.core.session.SessionIds;
import io.quorate.core.session.TimeoutRange;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that faces clients, put together: the inputs of client connections enter here. */
public final class ClientSide {

    private static final long NANOS_PER_MILLI = 1_000_000;

    /**
     * How clients are served.
     *
     * @param reconfigEnabled whether reconfig is more than an error
     * @param random decides which handshakes a throttle refuses
     */
    public record Options(
            TimeoutRange timeouts,
            EnforcedSchemes enforcedSchemes,
            boolean reconfigEnabled,
            ThrottleOptions throttle,
            RandomSource random) {}

    private final ServerState state;
    private final WritePath writes;
    private final Authenticator authenticator;
    private final ClientLinkTable links;
    private final ZxidWaiters waiters = new ZxidWaiters();
    private final Responder responder;
    private final Handshake handshake;
    private final RequestRouter router;
    private final CommitStage commitStage;
    private final ForwardedRequests forwarded = new ForwardedRequests();
    /** Null on a learner. */
    private final @Nullable Upkeep upkeep;
    /** Connections in the order of opening, until their handshake: who does not shake hands in time is closed. */
    private final ArrayDeque<ClientLink> awaitingHandshake = new ArrayDeque<>();
    /** Connections whose held frames are more than there has been room for. */
    private final ArrayDeque<ClientLink> awaitingRoom = new ArrayDeque<>();

    /** @param upkeep null on a learner, which leaves it to its leader */
    public ClientSide(
            ServerState state,
            TxnApplier applier,
            WritePath writes,
            SessionIds ids,
            AuthSchemes schemes,
            Options options,
            @Nullable Upkeep upkeep) {
        this.state = state;
        this.writes = writes;
        authenticator = new Authenticator(schemes);
        LargeRequests largeRequests = new LargeRequests(state.limits());
        links = new ClientLinkTable(state.links());
        responder = new Responder(state, new WhoAmI(schemes), largeRequests);
        handshake = new Handshake(
                state,
                options.timeouts(),
                ids,
                writes,
                responder,
                new Handshake.Connections(
                        links,
                        waiters,
                        forwarded,
                        this::replayHeldFrames,
                        new ConnectionThrottle(options.throttle(), state.time(), options.random())));
        router = new RequestRouter(
                state,
                writes,
                responder,
                new RequestRouter.Connections(links, waiters, forwarded, largeRequests),
                new Credentials(authenticator, options.enforcedSchemes()),
                options.reconfigEnabled());
        commitStage = new CommitStage(
                state, applier, responder, handshake, links, new CommitStage.Waiting(waiters, forwarded));
        this.upkeep = upkeep;
    }

    /**
     * The leader has answered the oldest sync.
     *
     * @param committedZxid what had been committed by then
     */
    public void onSynced(long committedZxid) {
        ForwardedRequests.Waiting waiting = forwarded.takeSync();
        if (waiting != null) {
            release(waiting, committedZxid);
        }
    }

    /**
     * The leader knows, or does not know, a session that a client wants to resume.
     *
     * @param committedZxid what had been committed by then, the session's creation included
     */
    public void onRevalidated(long sessionId, boolean valid, long committedZxid) {
        ForwardedRequests.Waiting waiting = forwarded.takeResumption(sessionId);
        if (waiting != null && valid) {
            release(waiting, committedZxid);
        } else if (waiting != null) {
            handshake.refuse(waiting.link());
        }
    }

    /** Lets a request go on once everything committed so far is applied. */
    private void release(ForwardedRequests.Waiting waiting, long committedZxid) {
        waiting.request().afterZxid = committedZxid;
        if (committedZxid > state.appliedZxid()) {
            waiters.awaitReleased(waiting.link(), waiting.request());
        } else {
            commitStage.goOn(waiting.link());
        }
    }

    public CommitStage commitStage() {
        return commitStage;
    }

    /**
     * A client has connected.
     *
     * @param id names the connection in every later input and command; never used again
     * @param origin what access rules and operators see of it
     */
    public void onOpened(long id, ClientOrigin origin) {
        String address = origin.address();
        ClientIdentities identities = authenticator.identify(origin, state.limits());
        ClientLink link = new ClientLink(id, address, identities, state.time());
        boolean full = state.limits().links().max() > 0
                && links.size() >= state.limits().links().max();
        int perAddress = state.limits().links().maxPerAddress();
        links.add(link);
        state.events().linkOpened(id, address);
        if (full || perAddress > 0 && links.countOf(address) > perAddress) {
            responder.close(link, CloseReason.TOO_MANY_CONNECTIONS);
            return;
        }
        if (identities.hasOverflowed()) {
            state.events().limitReached(LimitReached.IDENTITIES);
            responder.close(link, CloseReason.AUTHENTICATION_FAILED);
            return;
        }
        awaitingHandshake.addLast(link);
    }

    /** A frame has arrived, without its length prefix. Its bytes are the caller's again when this returns. */
    public void onFrame(long id, ByteBuffer frame) {
        ClientLink link = links.find(id);
        if (link == null) {
            return;
        }
        link.stats.received++;
        switch (link.phase) {
            case AWAITING_HANDSHAKE -> handshake.begin(link, frame);
            case CONNECTING -> link.heldFrames.addLast(copyOf(frame));
            case SERVING -> serve(link, frame);
            case ENDING, CLOSED -> {
                // what arrives behind the end is nobody's
            }
        }
    }

    /** A length prefix that no frame may have, or another violation that the edge has found. */
    public void onViolation(long id, CloseReason reason) {
        ClientLink link = links.find(id);
        if (link != null) {
            responder.close(link, reason);
        }
    }

    /** The connection takes more output, or has stopped taking it. */
    public void onWritable(long id, boolean writable) {
        ClientLink link = links.find(id);
        if (link == null || link.isClosed()) {
            return;
        }
        link.writable = writable;
        if (writable) {
            links.resumeIfDrained(link);
        } else {
            links.pause(link);
        }
    }

    /** The connection is gone, whoever ended it. Its session stays until its timeout. */
    public void onClosed(long id) {
        ClientLink link = links.remove(id);
        if (link != null) {
            responder.forget(link);
        }
    }

    public void onTime() {
        closeIdleHandshakes();
        if (upkeep != null) {
            upkeep.onTime();
        }
    }

    public long nextDeadlineNanos() {
        long deadline = upkeep == null ? Long.MAX_VALUE : upkeep.nextDeadlineNanos();
        ClientLink oldest = oldestWithoutHandshake();
        return oldest == null ? deadline : Math.min(deadline, handshakeDeadlineNanos(oldest));
    }

    /** Closes every connection; sessions are left as they are. */
    public void closeAll(CloseReason reason) {
        List.copyOf(links.all()).forEach(link -> responder.close(link, reason));
    }

    /** Whether requests may be looked at: a write could be taken now, and not too many are in process. */
    public boolean takesRequests() {
        int limit = state.limits().requests().maxInProcess();
        // While no write is taken the ones under way may wait for long, and reads must not wait for them.
        boolean held = limit > 0 && waiters.size() >= limit && writes.acceptsWrites();
        return writes.takesRequests() && !held;
    }

    /** Whether a write could be taken now. */
    public boolean acceptsWrites() {
        return writes.acceptsWrites();
    }

    public int connectionCount() {
        return links.size();
    }

    /** Requests that have been read and not answered because they wait for a transaction. */
    public int outstanding() {
        return waiters.size() + forwarded.size();
    }

    /** One line per connection, in the order of opening. */
    public List<ConnectionView> connections() {
        List<ConnectionView> views = new ArrayList<>(links.size());
        links.all().forEach(link -> views.add(link.stats.view(link)));
        return views;
    }

    /** The session that a connection has; 0 while it has none. */
    public long sessionOf(long id) {
        ClientLink link = links.find(id);
        return link == null ? 0 : link.sessionId();
    }

    public void resetConnectionStatistics() {
        links.all().forEach(link -> link.stats.reset());
    }

    private void serve(ClientLink link, ByteBuffer frame) {
        if (link.heldFrames.isEmpty()) {
            router.route(link, frame);
        } else {
            link.heldFrames.addLast(copyOf(frame));
        }
    }

    /** Goes on with frames that had been held for their handshake, and then for want of room. */
    public void endOfTurn() {
        for (int waiting = awaitingRoom.size(); waiting > 0 && takesRequests(); waiting--) {
            ClientLink link = awaitingRoom.removeFirst();
            replayHeldFrames(link);
            links.resumeIfDrained(link);
        }
    }

    /** Any of them may be a write: like all frames, they are looked at only while one could be taken. */
    private void replayHeldFrames(ClientLink link) {
        while (link.phase == ClientLink.Phase.SERVING && !link.heldFrames.isEmpty()) {
            if (!takesRequests()) {
                awaitingRoom.addLast(link);
                return;
            }
            router.route(link, link.heldFrames.removeFirst());
        }
        link.heldFrames.clear();
    }

    private void closeIdleHandshakes() {
        for (ClientLink link = oldestWithoutHandshake();
                link != null && handshakeDeadlineNanos(link) <= state.time().nanos();
                link = oldestWithoutHandshake()) {
            responder.close(link, CloseReason.IDLE_WITHOUT_SESSION);
        }
    }

    /** Forgets those that have shaken hands or gone since. */
    private @Nullable ClientLink oldestWithoutHandshake() {
        ClientLink oldest = awaitingHandshake.peekFirst();
        while (oldest != null && oldest.phase != ClientLink.Phase.AWAITING_HANDSHAKE) {
            awaitingHandshake.removeFirst();
            oldest = awaitingHandshake.peekFirst();
        }
        return oldest;
    }

    private long handshakeDeadlineNanos(ClientLink link) {
        return link.openedNanos + state.limits().links().idleHandshakeMillis() * NANOS_PER_MILLI;
    }

    private static ByteBuffer copyOf(ByteBuffer frame) {
        ByteBuffer copy = ByteBuffer.allocate(frame.remaining());
        return copy.put(frame).flip();
    }
}
