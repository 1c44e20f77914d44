package io.quorate.simulation.network;

import io.quorate.core.port.PeerLinks.Purpose;
import io.quorate.simulation.SimRandom;
import io.quorate.simulation.SimScheduler;
import io.quorate.simulation.Trace;
import io.quorate.simulation.Violation;
import io.quorate.simulation.network.Segment.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The network between members, in virtual time: everything that is random in it comes from one seed. Where members are
 * found outlives their servers; a server's links end with it.
 */
public final class SimNetwork {

    /** After which a request to connect that got lost is sent again, as systems do. */
    private static final long RETRY_NANOS = 1_000_000_000L;

    private static final int MOST_SEGMENT_BYTES = 64 << 10;
    private static final int SMALL_SEGMENT_BYTES = 12;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final SimScheduler time;
    /** Delays and cuts of a network that works. */
    private final SimRandom random;
    /** What a fault destroys: apart, so that a fault leaves the delays of others alone. */
    private final SimRandom faults;

    private final Trace trace;
    private final NetworkOptions options;
    private final Map<Long, SimHost> hosts = new LinkedHashMap<>();
    private final Routes routes = new Routes();
    /** Those that one side at least believes in, and perhaps some that have just ended. */
    private final List<SimConnection> connections = new ArrayList<>();

    private long lastLink;
    private long lastConnection;

    public SimNetwork(SimScheduler time, SimRandom random, Trace trace, NetworkOptions options) {
        this.time = time;
        this.random = random.stream("peer links");
        this.faults = random.stream("network faults");
        this.trace = trace;
        this.options = options;
    }

    // ------------------------------------------------------------------------------------------------ who is where

    /** Where a member is found from now on, whether it runs or not. Connections that stand go on. */
    public void place(long node, String host, int electionPort, int quorumPort) {
        SimHost placed = hosts.computeIfAbsent(node, id -> new SimHost(id, host));
        placed.name = host;
        placed.ports.put(Purpose.ELECTION, electionPort);
        placed.ports.put(Purpose.QUORUM, quorumPort);
    }

    /** A member's server begins to listen. @param wakeUp run whenever something is there to be told */
    public SimPeerLinks start(long node, Runnable wakeUp) {
        SimHost host = host(node);
        Violation.unless(host.life == null, "simulation", "member %d listens already", node);
        SimPeerLinks life = new SimPeerLinks(this, host, wakeUp);
        host.life = life;
        host.silent = false;
        trace.note("listens: member", node);
        moveAll();
        return life;
    }

    /** The server is gone; its system goes on, and tells the others. Of what was sent last, something still arrives. */
    public void kill(long node) {
        end(node, false);
    }

    /** The machine is gone: nobody is told, and who calls gets no answer, until the member starts again. */
    public void vanish(long node) {
        end(node, true);
    }

    private void end(long node, boolean silently) {
        SimHost host = host(node);
        SimPeerLinks life = host.life;
        trace.note(silently ? "vanishes: member" : "dies: member", node);
        host.silent = silently;
        host.life = null;
        if (life != null) {
            life.die(silently);
        }
        moveAll();
    }

    private SimHost host(long node) {
        SimHost host = hosts.get(node);
        if (host == null) {
            throw new IllegalArgumentException("member " + node + " has not been placed");
        }
        return host;
    }

    // ------------------------------------------------------------------------------------------------------ faults

    /** Nobody of these reaches anybody of those, nor the other way round. */
    public void partition(Collection<Long> ones, Collection<Long> others) {
        trace.note("partition", ones + " from " + others);
        routes.separate(ones, others);
    }

    /** One alone. */
    public void isolate(long node) {
        List<Long> others = new ArrayList<>(hosts.keySet());
        others.remove(node);
        partition(List.of(node), others);
    }

    /** Two sides that do not reach each other; one member reaches both. */
    public void bridge(long bridge) {
        List<Long> others = new ArrayList<>(hosts.keySet());
        others.remove(bridge);
        int half = others.size() / 2;
        partition(others.subList(0, half), others.subList(half, others.size()));
    }

    /** Everybody reaches the members beside it in the order in which they were placed, and nobody else. */
    public void ring() {
        trace.note("ring", hosts.keySet().toString());
        routes.ring(new ArrayList<>(hosts.keySet()));
    }

    /** What one sends does not reach the other; the way back is open, as long as nobody waits for a confirmation. */
    public void loseOneWay(long from, long to) {
        trace.note("one way lost", from + " to " + to);
        routes.block(from, to);
    }

    /**
     * Everybody reaches everybody. What has waited arrives. Connections that are broken stay so, and whoever has not
     * learned it does.
     */
    public void heal() {
        trace.note("heal", hosts.size());
        routes.openAll();
        for (SimConnection connection : connections()) {
            connection.dialler.out().breakSilence();
            connection.acceptor.out().breakSilence();
        }
        moveAll();
    }

    /** Connections that have been slowed down are no longer. */
    public void regainSpeed() {
        for (SimConnection connection : connections()) {
            connection.dialler.out().regainSpeed();
            connection.acceptor.out().regainSpeed();
        }
    }

    /** Nothing arrives for a while, in either direction. */
    public void stall(SimConnection connection, long nanos) {
        trace.note("stall of", connection.toString());
        connection.dialler.out().stall(nanos);
        connection.acceptor.out().stall(nanos);
    }

    /** What travels on a connection takes so much longer from now on, in either direction. */
    public void slowDown(SimConnection connection, long nanos) {
        trace.note("slower from now on: ", connection.toString());
        connection.dialler.out().slowDown(nanos);
        connection.acceptor.out().slowDown(nanos);
    }

    /** A member's system refuses new connections, or accepts them again. Those that stand go on. */
    public void refuse(long node, boolean whether) {
        trace.note(whether ? "refuses connections: member" : "accepts connections: member", node);
        host(node).refusing = whether;
    }

    /** Breaks a connection: both sides learn of it, and the last part of what is under way is lost either way. */
    public void reset(SimConnection connection) {
        trace.note("reset of", connection.toString());
        connection.dialler.out().breakOff();
        connection.acceptor.out().breakOff();
    }

    /** Breaks a connection so that only one member learns of it; what the other one sends leads nowhere. */
    public void halfOpen(SimConnection connection, long whoLearns) {
        trace.note("half-open but for " + whoLearns, connection.toString());
        LinkEnd end = connection.endOf(whoLearns);
        end.out().fallSilent();
        end.in().breakOff();
    }

    /** Connections that one side at least believes in, in the order in which they were made. */
    public List<SimConnection> connections() {
        connections.removeIf(connection -> !connection.isAlive());
        return List.copyOf(connections);
    }

    /** Any of them, by the seed; null when there is none. */
    public @Nullable SimConnection anyConnection() {
        List<SimConnection> alive = connections();
        return alive.isEmpty() ? null : alive.get((int) faults.below(alive.size()));
    }

    private void moveAll() {
        for (SimConnection connection : connections()) {
            connection.dialler.out().move();
            connection.acceptor.out().move();
        }
    }

    // --------------------------------------------------------------------------------------------------- connecting

    void dial(LinkEnd end, String hostName, int port, int timeoutMillis) {
        trace.note("member " + end.owner.node() + " dials on link " + end.link, hostName + ":" + port);
        time.after(timeoutMillis * NANOS_PER_MILLI, () -> {
            if (!end.stands()) {
                end.abort();
            }
        });
        time.after(linkDelayNanos(), () -> {
            SimHost target = find(hostName);
            if (target == null) {
                end.abort();
            } else {
                attempt(end, target, port);
            }
        });
    }

    private @Nullable SimHost find(String name) {
        for (SimHost host : hosts.values()) {
            if (host.name.equals(name)) {
                return host;
            }
        }
        return null;
    }

    private void attempt(LinkEnd end, SimHost target, int port) {
        if (end.isClosed()) {
            return;
        }
        SimHost caller = end.owner.host();
        boolean heard = !target.silent && routes.isOpen(caller, target) && routes.isOpen(target, caller);
        if (!heard) {
            time.after(RETRY_NANOS, () -> attempt(end, target, port));
            return;
        }
        SimPeerLinks life = target.life;
        Purpose purpose = target.purposeOf(port);
        if (life == null || purpose == null || target.refusing) {
            time.after(linkDelayNanos(), end::abort);
            return;
        }
        accept(end, life, purpose);
    }

    private void accept(LinkEnd dialler, SimPeerLinks life, Purpose purpose) {
        LinkEnd acceptor = new LinkEnd(nextLink(), purpose, life);
        Pipe there = new Pipe(this, dialler, acceptor);
        Pipe back = new Pipe(this, acceptor, dialler);
        dialler.join(there, back, false);
        acceptor.join(back, there, true);
        SimConnection connection = new SimConnection(++lastConnection, dialler, acceptor);
        connections.removeIf(ended -> !ended.isAlive());
        connections.add(connection);
        trace.note("accepted: links " + dialler.link + " and " + acceptor.link + " are", connection.toString());
        life.began(acceptor);
        life.told(new PeerEvent.Accepted(acceptor, dialler.owner.host().name));
        back.put(Kind.CONNECTED);
    }

    // ------------------------------------------------------------------------------------------------ for its parts

    NetworkOptions options() {
        return options;
    }

    Trace trace() {
        return trace;
    }

    SimRandom faults() {
        return faults;
    }

    long nextLink() {
        return ++lastLink;
    }

    long nowNanos() {
        return time.nowNanos();
    }

    void at(long nanos, Runnable action) {
        time.at(nanos, action);
    }

    void after(long nanos, Runnable action) {
        time.after(nanos, action);
    }

    boolean isOpen(SimPeerLinks from, SimPeerLinks to) {
        return routes.isOpen(from.host(), to.host());
    }

    long linkDelayNanos() {
        return random.between(options.leastDelayNanos(), options.mostDelayNanos());
    }

    long jitterNanos(long delayNanos) {
        return random.below(delayNanos / 4 + 1);
    }

    /** How many of so many bytes travel together: all of them, some, or hardly any. */
    int segmentBytes(int left) {
        int most = Math.min(left, MOST_SEGMENT_BYTES);
        if (random.oneIn(options.smallSegmentOneIn())) {
            return 1 + (int) random.below(Math.min(most, SMALL_SEGMENT_BYTES));
        }
        return random.oneIn(2) ? most : 1 + (int) random.below(most);
    }
}
