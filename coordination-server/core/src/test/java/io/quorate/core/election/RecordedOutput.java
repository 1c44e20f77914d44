package io.quorate.core.election;

import io.quorate.core.wire.peer.Notification;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Keeps what an election does to the world, and answers as the test wants it. */
final class RecordedOutput implements Election.Output {

    record Sent(long to, Notification message) {}

    final List<Sent> sent = new ArrayList<>();
    final TreeSet<Long> unreachable = new TreeSet<>();
    final List<Long> lookingAgain = new ArrayList<>();
    boolean delivered = true;
    int connects;

    /** What was sent since the last call, to whomever. */
    List<Sent> take() {
        List<Sent> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    @Override
    public void send(long serverId, Notification message) {
        sent.add(new Sent(serverId, message));
    }

    @Override
    public void connectAll() {
        connects++;
    }

    @Override
    public boolean delivered() {
        return delivered;
    }

    @Override
    public boolean unreachable(long serverId) {
        return unreachable.contains(serverId);
    }

    @Override
    public void lookingAgain(long serverId) {
        lookingAgain.add(serverId);
    }
}
