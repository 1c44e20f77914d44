package io.quorate.simulation.run;

import io.quorate.simulation.SimRandom;
import io.quorate.simulation.SimScheduler;
import io.quorate.simulation.network.SimConnection;
import io.quorate.simulation.network.SimNetwork;
import io.quorate.simulation.server.SimNode;
import java.util.ArrayList;
import java.util.List;

/** What goes wrong between members. */
final class NetworkFaults {

    private static final long MILLI = 1_000_000;
    private static final int SHAPES = 6;

    private final SimScheduler time;
    private final SimRandom random;
    private final SimNetwork network;
    private final Fleet fleet;
    /** Partitions so far: only the latest one is healed when its time is over. */
    private int partitions;

    NetworkFaults(SimScheduler time, SimRandom random, SimNetwork network, Fleet fleet) {
        this.time = time;
        this.random = random.stream("network");
        this.network = network;
        this.fleet = fleet;
    }

    /** False when there was nothing for it to happen to. */
    boolean happens(Fault fault) {
        if (fault == Fault.PARTITION) {
            partition();
            return true;
        }
        if (fault == Fault.PEER_REFUSAL) {
            long node = anyNode();
            network.refuse(node, true);
            time.after(random.between(MILLI, 150 * MILLI), () -> network.refuse(node, false));
            return true;
        }
        SimConnection connection = network.anyConnection();
        if (connection == null) {
            return false;
        }
        switch (fault) {
            case PEER_STALL -> network.stall(connection, random.below(random.oneIn(3) ? 250 * MILLI : 20 * MILLI));
            case PEER_DELAY -> network.slowDown(connection, random.below(random.oneIn(4) ? 40 * MILLI : 4 * MILLI));
            case PEER_RESET -> network.reset(connection);
            case PEER_HALF_OPEN -> network.halfOpen(connection, random.oneIn(2) ? connection.from() : connection.to());
            default -> throw new IllegalArgumentException("no fault between members: " + fault);
        }
        return true;
    }

    /**
     * What is cut off is joined again, for good as far as this goes, and nothing is slow any more: a client whose
     * session is shorter than a round of the quorum would never get one, whatever the servers do.
     */
    void end() {
        partitions++;
        network.heal();
        network.regainSpeed();
        fleet.nodes().forEach(node -> network.refuse(node.id(), false));
    }

    private long anyNode() {
        return random.between(1, fleet.shape().servers());
    }

    private void partition() {
        if (!random.oneIn(4)) {
            network.heal();
        }
        switch ((int) random.below(SHAPES)) {
            case 0 -> halves();
            case 1 -> network.isolate(anyNode());
            case 2 -> network.isolate(leaderOrAny());
            case 3 -> network.bridge(anyNode());
            case 4 -> network.ring();
            default -> oneWay();
        }
        partitions++;
        int number = partitions;
        time.after(random.between(5 * MILLI, random.oneIn(3) ? 600 * MILLI : 150 * MILLI), () -> {
            if (number == partitions) {
                network.heal();
            }
        });
    }

    private long leaderOrAny() {
        SimNode leader = fleet.leader();
        return leader == null ? anyNode() : leader.id();
    }

    private void halves() {
        List<Long> ones = new ArrayList<>();
        List<Long> others = new ArrayList<>();
        for (SimNode node : fleet.nodes()) {
            (random.oneIn(2) ? ones : others).add(node.id());
        }
        network.partition(ones, others);
    }

    private void oneWay() {
        long from = random.oneIn(2) ? leaderOrAny() : anyNode();
        if (random.oneIn(2)) {
            network.loseOneWay(from, anyNode());
            return;
        }
        for (SimNode node : fleet.nodes()) {
            network.loseOneWay(from, node.id());
        }
    }
}
