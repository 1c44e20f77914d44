package io.quorate.simulation.history;

import java.util.ArrayList;
import java.util.List;

/** Everything that one connection brought its client, in order, after the handshake. The end may be missing. */
public final class Conversation {

    private final long link;
    private final long session;
    private final List<Received> received = new ArrayList<>();

    Conversation(long link, long session) {
        this.link = link;
        this.session = session;
    }

    public long link() {
        return link;
    }

    public long session() {
        return session;
    }

    public List<Received> received() {
        return received;
    }

    public void event(Received.Event event) {
        received.add(event);
    }

    @Override
    public String toString() {
        return String.format("link %d of session 0x%x", link, session);
    }
}
