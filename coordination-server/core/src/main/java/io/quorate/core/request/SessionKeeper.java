package io.quorate.core.request;

import io.quorate.core.auth.ClientIdentities;
import io.quorate.core.session.ExpiryWheel;
import io.quorate.core.session.Session;
import io.quorate.core.wire.client.Operation;
import java.util.ArrayDeque;

/** Closes the sessions that have not been heard of in time (client protocol 11.1). */
final class SessionKeeper {

    private static final int SERVER_CXID = 0;

    private final ServerState state;
    private final ExpiryWheel wheel;
    private final WritePath writes;
    /** Ids of sessions whose close waits to be submitted, since the log takes so much at a time. */
    private final ArrayDeque<Long> toClose = new ArrayDeque<>();

    SessionKeeper(ServerState state, ExpiryWheel wheel, WritePath writes) {
        this.state = state;
        this.wheel = wheel;
        this.writes = writes;
    }

    long nextDeadlineNanos() {
        if (!writes.acceptsWrites()) {
            return Long.MAX_VALUE;
        }
        boolean more = !toClose.isEmpty() && writes.hasRoom();
        return more ? state.time().nanos() : wheel.nextDeadlineNanos();
    }

    /** While writes are refused nothing expires: the close could not be logged, and the clients could not help it. */
    void onTime() {
        if (!writes.acceptsWrites()) {
            return;
        }
        wheel.drainExpired(state.time().nanos(), this::expire);
        while (!toClose.isEmpty() && writes.hasRoom()) {
            close(toClose.removeFirst());
        }
    }

    /** Has those closed that own nodes and are not known: what a replica does that begins to serve (9.6). */
    void closeUnknownOwners() {
        for (long sessionId : state.tree().sessionsWithEphemerals()) {
            if (state.sessions().find(sessionId) == null) {
                toClose.addLast(sessionId);
            }
        }
    }

    private void close(long sessionId) {
        writes.submit(new Operation.CloseSession(), new Requester(sessionId, SERVER_CXID, ClientIdentities.none()));
    }

    private void expire(Session session) {
        if (session.isClosing()) {
            return; // its client has asked for that already
        }
        state.events().sessionExpired(session.id(), session.timeoutMillis());
        session.setClosing(true);
        toClose.addLast(session.id());
    }
}
