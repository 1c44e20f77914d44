package io.quorate.simulation.network;

import io.quorate.core.port.PeerInputs;
import io.quorate.core.port.PeerLinks.Purpose;
import io.quorate.core.quorum.HostPort;
import io.quorate.simulation.SimRandom;
import io.quorate.simulation.SimScheduler;
import io.quorate.simulation.Trace;
import io.quorate.simulation.contract.PeerEdge;
import io.quorate.simulation.contract.PeerLinksContract;
import java.util.ArrayList;
import java.util.List;

class SimPeerLinksContractTest extends PeerLinksContract {

    private static final long TURN_NANOS = 1_000_000;

    private final SimRandom random = new SimRandom(7);
    private final SimScheduler time = new SimScheduler(random);
    private final SimNetwork network = new SimNetwork(time, random, new Trace(time, null), NetworkOptions.USUAL);
    private final List<Edge> edges = new ArrayList<>();

    private record Edge(SimPeerLinks links, String host, PeerInputs inputs) implements PeerEdge {
        @Override
        public int port(Purpose purpose) {
            return purpose == Purpose.ELECTION ? 3888 : 2888;
        }

        @Override
        public int openLinks() {
            return links.openLinks();
        }
    }

    @Override
    protected PeerEdge edge(String name, PeerInputs inputs) {
        int node = edges.size() + 1;
        network.place(node, name, 3888, 2888);
        Edge edge = new Edge(network.start(node, () -> {}), name, inputs);
        edges.add(edge);
        return edge;
    }

    @Override
    protected void turn() {
        time.runUntil(time.nowNanos() + TURN_NANOS);
        for (Edge edge : edges) {
            edge.links.drain(edge.inputs, () -> true);
            edge.links.flush();
        }
    }

    @Override
    protected long nowNanos() {
        return time.nowNanos();
    }

    @Override
    protected HostPort closedPort() {
        return new HostPort("b", 9999);
    }

    @Override
    protected HostPort blackHole() {
        network.place(99, "hole", 3888, 2888);
        network.vanish(99);
        return new HostPort("hole", 2888);
    }

    @Override
    protected String unknownHost() {
        return "nowhere";
    }
}
