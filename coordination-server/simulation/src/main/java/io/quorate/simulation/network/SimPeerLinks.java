package io.quorate.simulation.network;

import io.quorate.core.port.PeerInputs;
import io.quorate.core.port.PeerLinks;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** The edge of one server towards the other members, from its start to its death. */
public final class SimPeerLinks implements PeerLinks {

    private final SimNetwork network;
    private final SimHost host;
    private final Runnable wakeUp;
    private final Map<Long, LinkEnd> ends = new LinkedHashMap<>();
    private final ArrayDeque<PeerEvent> inbox = new ArrayDeque<>();
    private final Set<LinkEnd> touched = new LinkedHashSet<>();
    private int inboxPeak;
    private boolean dead;

    SimPeerLinks(SimNetwork network, SimHost host, Runnable wakeUp) {
        this.network = network;
        this.host = host;
        this.wakeUp = wakeUp;
    }

    SimNetwork network() {
        return network;
    }

    SimHost host() {
        return host;
    }

    long node() {
        return host.node;
    }

    boolean isSilent() {
        return host.silent;
    }

    /** Links that have begun and not come to their end. */
    public int openLinks() {
        return ends.size();
    }

    /** Whether {@link #drain} would tell something. */
    public boolean hasMore() {
        return !inbox.isEmpty();
    }

    /** The most that was waiting to be told since the last call. */
    public int takeInboxPeak() {
        int peak = inboxPeak;
        inboxPeak = inbox.size();
        return peak;
    }

    /**
     * Tells the server everything that has happened, in order.
     *
     * @param goesOn asked before each; false when the server dies there
     */
    public void drain(PeerInputs inputs, BooleanSupplier goesOn) {
        for (PeerEvent next = inbox.pollFirst(); next != null; next = inbox.pollFirst()) {
            if (!goesOn.getAsBoolean()) {
                return;
            }
            if (next instanceof PeerEvent.Closed || !next.end().isClosing()) {
                if (next instanceof PeerEvent.Bytes piece) {
                    network.trace().frame("member " + host.node + " reads", piece.end().link, piece.bytes());
                }
                next.tell(inputs);
            }
        }
    }

    /** The turn is over: what it sent leaves. */
    public void flush() {
        List<LinkEnd> written = new ArrayList<>(touched);
        touched.clear();
        written.forEach(LinkEnd::flush);
    }

    void told(PeerEvent event) {
        if (!dead) {
            inbox.addLast(event);
            inboxPeak = Math.max(inboxPeak, inbox.size());
            wakeUp.run();
        }
    }

    void touched(LinkEnd end) {
        touched.add(end);
    }

    void began(LinkEnd end) {
        ends.put(end.link, end);
    }

    void ended(LinkEnd end) {
        ends.remove(end.link);
    }

    /** Nothing goes in any more; of what was sent last, something may still come out. */
    void die(boolean silently) {
        dead = true;
        inbox.clear();
        touched.clear();
        new ArrayList<>(ends.values()).forEach(end -> end.died(silently));
        ends.clear();
    }

    @Override
    public long connect(Purpose purpose, String hostName, int port, int timeoutMillis) {
        LinkEnd end = new LinkEnd(network.nextLink(), purpose, this);
        if (!dead) {
            began(end);
            network.dial(end, hostName, port, timeoutMillis);
        }
        return end.link;
    }

    @Override
    public void send(long link, ByteBuffer bytes) {
        LinkEnd end = ends.get(link);
        if (end != null) {
            end.send(bytes);
        }
    }

    @Override
    public void close(long link) {
        LinkEnd end = ends.get(link);
        if (end != null) {
            end.close();
        }
    }

    @Override
    public void pauseReading(long link) {
        LinkEnd end = ends.get(link);
        if (end != null) {
            end.pause(true);
        }
    }

    @Override
    public void resumeReading(long link) {
        LinkEnd end = ends.get(link);
        if (end != null) {
            end.pause(false);
        }
    }
}
