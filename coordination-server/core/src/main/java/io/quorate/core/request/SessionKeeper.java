package io.quorate.core.request;

import io.quorate.core.auth.ClientIdentities;
import io.quorate.core.session.Session;
import io.quorate.core.wire.client.Operation;
import java.util.ArrayDeque;

/** Closes the sessions that have not been heard of in time (client protocol 11.1). */
final class SessionKeeper {

    private static final int SERVER_CXID = 0;

    private final ServerState state;
    private final WritePath writes;
    /** Sessions to be closed whose close has not been submitted: the log takes so much at a time. */
    private final ArrayDeque<Long> toClose = new ArrayDeque<>();

    SessionKeeper(ServerState state, WritePath writes) {
        this.state = state;
        this.writes = writes;
    }

    long nextDeadlineNanos() {
        if (!writes.acceptsWrites()) {
            return Long.MAX_VALUE;
        }
        boolean more = !toClose.isEmpty() && writes.hasRoom();
        return more ? state.time().nanos() : state.expiry().nextDeadlineNanos();
    }

    /** While writes are refused nothing expires: the close could not be logged, and the clients could not help it. */
    void onTime() {
        if (!writes.acceptsWrites()) {
            return;
        }
        state.expiry().drainExpired(state.time().nanos(), this::expire);
        while (!toClose.isEmpty() && writes.hasRoom()) {
            submitClose(toClose.removeFirst());
        }
    }

    /** Closes, as soon as there is room, a session whose nodes have outlived it. */
    void close(long sessionId) {
        toClose.addLast(sessionId);
    }

    private void submitClose(long sessionId) {
        writes.submit(new Operation.CloseSession(), new Requester(sessionId, SERVER_CXID, ClientIdentities.none()));
    }

    private void expire(Session session) {
        state.events().sessionExpired(session.id(), session.timeoutMillis());
        session.setClosing(true);
        toClose.addLast(session.id());
    }
}
