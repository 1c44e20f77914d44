package io.quorate.simulation.server;

import io.quorate.core.port.ClientLinks;
import io.quorate.core.port.ClientOrigin;
import io.quorate.core.port.CloseReason;
import io.quorate.core.replica.Replica;
import io.quorate.simulation.SimRandom;
import io.quorate.simulation.SimScheduler;
import io.quorate.simulation.Trace;
import io.quorate.simulation.Violation;
import io.quorate.simulation.client.Transport;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The network between clients and one server, and the server's side of it as its port. */
public final class SimClientLinks implements ClientLinks {

    private static final int CONGESTED_BYTES = 16 << 10;
    private static final int RELAXED_BYTES = 2 << 10;
    private static final long LINKS_PER_SERVER = 1_000_000;

    private final SimScheduler time;
    private final SimRandom random;
    private final Trace trace;
    private final LinkFaults faults;
    private final Map<Long, SimLink> links = new TreeMap<>();
    private final ArrayDeque<Input> inbox = new ArrayDeque<>();
    private final String server;
    /** Links that the server has sent something to, or closed, in this turn. */
    private final ArrayList<SimLink> touched = new ArrayList<>();

    private Runnable wakeUp = () -> {};
    private boolean listening;
    private long lastLink;
    private int inboxPeak;

    /** What the server will be told in its next turn. @param frame null unless it is a frame */
    private record Input(
            SimLink link, InputKind kind, @Nullable ByteBuffer frame) {}

    private enum InputKind {
        OPENED,
        FRAME,
        CLOSED,
        CONGESTED,
        RELAXED
    }

    /** @param serverId whose links these are; those of different servers never have the same number */
    public SimClientLinks(SimScheduler time, SimRandom random, Trace trace, LinkFaults faults, long serverId) {
        this.time = time;
        this.random = random.stream("client links " + serverId);
        lastLink = serverId * LINKS_PER_SERVER;
        server = "server " + serverId;
        this.trace = trace;
        this.faults = faults;
    }

    // -------------------------------------------------------------------------------------------------- client's side

    /** As {@link Transport#connect}. */
    Transport.Connection connect(String address, Transport.Peer peer) {
        SimLink link = new SimLink(++lastLink, address, peer);
        LinkEnd end = new LinkEnd(link);
        link.clientEnd = end;
        link.lastToServer = time.nowNanos();
        link.lastToClient = time.nowNanos();
        atServer(link, () -> open(link));
        return end;
    }

    private final class LinkEnd implements Transport.Connection {

        private final SimLink link;

        LinkEnd(SimLink link) {
            this.link = link;
        }

        @Override
        public long link() {
            return link.id;
        }

        @Override
        public void send(ByteBuffer frame) {
            atServer(link, () -> arriveAtServer(link, frame));
        }

        @Override
        public void close() {
            link.toClientUntil = Math.min(link.toClientUntil, time.nowNanos());
            atServer(link, () -> endAtServer(link));
        }
    }

    private void open(SimLink link) {
        if (!listening) {
            atClient(link, link::tellClientClosed);
            link.toServerUntil = time.nowNanos();
            return;
        }
        links.put(link.id, link);
        link.opened = true;
        enqueue(new Input(link, InputKind.OPENED, null));
    }

    private void arriveAtServer(SimLink link, ByteBuffer frame) {
        if (!link.opened || link.closedByServer) {
            return;
        }
        if (link.paused) {
            link.unread.addLast(frame);
        } else {
            enqueue(new Input(link, InputKind.FRAME, frame));
        }
    }

    private void endAtServer(SimLink link) {
        if (links.remove(link.id) != null) {
            enqueue(new Input(link, InputKind.CLOSED, null));
        }
    }

    // -------------------------------------------------------------------------------------------------------- delays

    private void atServer(SimLink link, Runnable arrival) {
        long when = Math.max(link.lastToServer + 1, time.nowNanos() + delay());
        link.lastToServer = when;
        time.at(when, () -> {
            if (time.nowNanos() <= link.toServerUntil) {
                arrival.run();
            }
        });
    }

    private void atClient(SimLink link, Runnable arrival) {
        long when = Math.max(link.lastToClient + 1, time.nowNanos() + delay());
        link.lastToClient = when;
        time.at(when, () -> {
            if (time.nowNanos() <= link.toClientUntil) {
                arrival.run();
            }
        });
    }

    private long delay() {
        if (random.oneIn(faults.stallOneIn())) {
            return random.below(faults.stallNanos());
        }
        return random.between(faults.leastDelayNanos(), faults.mostDelayNanos());
    }

    private void enqueue(Input input) {
        if (listening) {
            inbox.addLast(input);
            inboxPeak = Math.max(inboxPeak, inbox.size());
            wakeUp.run();
        }
    }

    // -------------------------------------------------------------------------------------------------- server's side

    /** A server begins to accept connections. @param wakeUp run whenever something is there to be fed */
    void listen(Runnable serverWakeUp) {
        wakeUp = serverWakeUp;
        listening = true;
    }

    /**
     * Tells the replica what has arrived; frames only as long as it takes them. False when something is left.
     *
     * @param heard told of every frame that is fed, by link
     */
    boolean feed(Replica replica, KillGate gate, LongConsumer heard) {
        for (Input next = inbox.peekFirst(); next != null; next = inbox.peekFirst()) {
            if (next.kind == InputKind.FRAME && !replica.takesFrames()) {
                return false;
            }
            inbox.removeFirst();
            if (!gate.pass()) {
                return true;
            }
            feed(replica, next, heard);
        }
        return true;
    }

    private void feed(Replica replica, Input input, LongConsumer heard) {
        long link = input.link.id;
        switch (input.kind) {
            case OPENED -> replica.onClientOpened(link, ClientOrigin.of(input.link.address));
            case CLOSED -> replica.onClientClosed(link);
            case CONGESTED -> replica.onClientWritable(link, false);
            case RELAXED -> replica.onClientWritable(link, true);
            case FRAME -> {
                ByteBuffer frame = input.frame;
                if (frame != null && !input.link.closedByServer) {
                    heard.accept(link);
                    trace.frame(server + " reads", link, frame);
                    replica.onClientFrame(link, frame);
                }
            }
        }
    }

    /** The most that was waiting to be fed since the last call. */
    int takeInboxPeak() {
        int peak = inboxPeak;
        inboxPeak = inbox.size();
        return peak;
    }

    /** The turn is over: what it sent leaves. */
    void flush() {
        for (SimLink link : touched) {
            flush(link, link.unflushed.size());
            if (link.closedByServer) {
                links.remove(link.id);
                atClient(link, link::tellClientClosed);
                enqueue(new Input(link, InputKind.CLOSED, null));
            }
        }
        touched.clear();
    }

    private void flush(SimLink link, int count) {
        for (int i = 0; i < count; i++) {
            ByteBuffer message = link.unflushed.removeFirst();
            link.underWayBytes += message.remaining();
            atClient(link, () -> arriveAtClient(link, message));
        }
        if (!link.congested && link.underWayBytes > CONGESTED_BYTES) {
            link.congested = true;
            enqueue(new Input(link, InputKind.CONGESTED, null));
        }
    }

    private void arriveAtClient(SimLink link, ByteBuffer message) {
        link.underWayBytes -= message.remaining();
        if (link.congested && link.underWayBytes < RELAXED_BYTES) {
            link.congested = false;
            enqueue(new Input(link, InputKind.RELAXED, null));
        }
        Violation.unless(
                message.getInt(0) == message.remaining() - Integer.BYTES, "protocol", "length prefix of a message");
        ByteBuffer frame = message.slice(Integer.BYTES, message.remaining() - Integer.BYTES);
        trace.frame("client reads", link.id, frame);
        link.tellClient(frame);
    }

    /** The server has died: nothing more goes in, of what it sent last something may still come out. */
    void serverDied() {
        listening = false;
        inbox.clear();
        touched.clear();
        for (SimLink link : List.copyOf(links.values())) {
            flush(link, (int) random.below(link.unflushed.size() + 1));
            link.unflushed.clear();
            link.closedByServer = true;
            link.toServerUntil = time.nowNanos();
            breakTowardsClient(link);
        }
        links.clear();
    }

    @Override
    public void send(long link, ByteBuffer message) {
        SimLink found = links.get(link);
        if (found != null && !found.closedByServer) {
            ByteBuffer copy = ByteBuffer.allocate(message.remaining());
            found.unflushed.addLast(copy.put(message.duplicate()).flip());
            touch(found);
        }
    }

    @Override
    public void close(long link, CloseReason reason) {
        SimLink found = links.get(link);
        if (found != null && !found.closedByServer) {
            trace.note(server + " closes for " + reason + " link", link);
            found.closedByServer = true;
            found.unread.clear();
            touch(found);
        }
    }

    @Override
    public void pauseReading(long link) {
        SimLink found = links.get(link);
        if (found != null) {
            found.paused = true;
        }
    }

    @Override
    public void resumeReading(long link) {
        SimLink found = links.get(link);
        if (found != null && found.paused) {
            found.paused = false;
            for (ByteBuffer frame = found.unread.pollFirst(); frame != null; frame = found.unread.pollFirst()) {
                enqueue(new Input(found, InputKind.FRAME, frame));
            }
        }
    }

    private void touch(SimLink link) {
        if (!touched.contains(link)) {
            touched.add(link);
        }
    }

    // -------------------------------------------------------------------------------------------------------- faults

    /** Resets a connection: both sides learn of it, and in both directions the last part of what was sent is lost. */
    public boolean reset() {
        SimLink link = anyLink();
        if (link == null) {
            return false;
        }
        trace.note("reset of link", link.id);
        long when = time.nowNanos() + random.below(faults.mostDelayNanos());
        link.toServerUntil = Math.min(link.toServerUntil, when);
        time.at(when, () -> endAtServer(link));
        breakTowardsClient(link);
        return true;
    }

    /** From now on nothing arrives in one direction, and nobody is told. */
    public boolean halfOpen() {
        SimLink link = anyLink();
        if (link == null) {
            return false;
        }
        boolean towardsServer = random.oneIn(2);
        trace.note("silence " + (towardsServer ? "towards server" : "towards client") + " on link", link.id);
        if (towardsServer) {
            link.toServerUntil = time.nowNanos();
        } else {
            link.toClientUntil = time.nowNanos();
        }
        return true;
    }

    private void breakTowardsClient(SimLink link) {
        long when = time.nowNanos() + random.below(faults.mostDelayNanos());
        boolean silent = link.toClientUntil <= time.nowNanos();
        link.toClientUntil = Math.min(link.toClientUntil, when);
        if (!silent) {
            time.at(when, link::tellClientClosed);
        }
    }

    private @Nullable SimLink anyLink() {
        List<SimLink> open = List.copyOf(links.values());
        return open.isEmpty() ? null : open.get((int) random.below(open.size()));
    }
}
