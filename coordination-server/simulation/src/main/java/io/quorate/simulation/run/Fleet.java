package io.quorate.simulation.run;

import io.quorate.core.replica.EnsembleStatus;
import io.quorate.core.replica.ReplicaStatus;
import io.quorate.simulation.SimDiskState;
import io.quorate.simulation.SimRandom;
import io.quorate.simulation.SimScheduler;
import io.quorate.simulation.Trace;
import io.quorate.simulation.network.SimNetwork;
import io.quorate.simulation.server.NodeObserver;
import io.quorate.simulation.server.SimClientLinks;
import io.quorate.simulation.server.SimNode;
import io.quorate.simulation.server.Wiring;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** All servers of a run: one alone, or the members of an ensemble. Ids begin with 1. */
final class Fleet {

    private static final String LEADING = "LEADING";

    private final Shape shape;
    private final List<SimNode> nodes = new ArrayList<>();
    private final List<SimClientLinks> links = new ArrayList<>();
    private final @Nullable SimNetwork network;

    /** Makes whoever watches a server. */
    interface Observers {
        NodeObserver observe(long serverId, boolean voter, SimDiskState disk);
    }

    /** What everything shares. */
    record World(SimScheduler time, SimRandom random, Trace trace) {}

    Fleet(World world, FaultPlan plan, Observers observers, LongFunction<Wiring> wirings) {
        shape = plan.shape();
        SimRandom random = world.random;
        network = shape.isEnsemble() ? new SimNetwork(world.time, random, world.trace, plan.network()) : null;
        for (long id = 1; id <= shape.servers(); id++) {
            if (network != null) {
                network.place(id, ServerPlan.hostOf(id), ServerPlan.ELECTION_PORT, ServerPlan.QUORUM_PORT);
            }
            SimClientLinks clients = new SimClientLinks(world.time, random, world.trace, plan.links(), id);
            SimDiskState disk = new SimDiskState(random.stream("disk of server " + id));
            NodeObserver observer = observers.observe(id, id <= shape.voters(), disk);
            SimNode.World its = new SimNode.World(world.time, world.trace, disk, clients, observer, network);
            links.add(clients);
            nodes.add(new SimNode(its, plan.servers().options(id, shape), wirings.apply(id), random));
        }
    }

    Shape shape() {
        return shape;
    }

    /** In the order of their ids. */
    List<SimNode> nodes() {
        return nodes;
    }

    List<SimClientLinks> links() {
        return links;
    }

    SimNode node(long id) {
        return nodes.get((int) id - 1);
    }

    /** Null for a server without peers. */
    @Nullable
    SimNetwork network() {
        return network;
    }

    int lives() {
        int lives = 0;
        for (SimNode node : nodes) {
            lives += node.lives();
        }
        return lives;
    }

    /** Who leads an established term, the latest of them if there are several that believe so; null for nobody. */
    @Nullable
    SimNode leader() {
        SimNode found = null;
        long latest = -1;
        for (SimNode node : nodes) {
            ReplicaStatus status = node.status();
            EnsembleStatus ensemble = status == null ? null : status.ensemble();
            boolean leads = status != null && status.role().equals(LEADING);
            if (leads && ensemble != null && stands(status, ensemble) && ensemble.epoch() > latest) {
                found = node;
                latest = ensemble.epoch();
            }
        }
        return found;
    }

    /** Whether the term stands for this member: it serves, or leads a quorum and takes no clients for that time. */
    private static boolean stands(ReplicaStatus status, EnsembleStatus ensemble) {
        int voters = ensemble.voters().size();
        return ensemble.serving() || status.role().equals(LEADING) && 2 * (ensemble.synced(false) + 1) > voters;
    }

    /** Whether each of these serves, leads without clients, or is a server without peers that is up. */
    static boolean serve(List<SimNode> some) {
        for (SimNode node : some) {
            ReplicaStatus status = node.status();
            EnsembleStatus ensemble = status == null ? null : status.ensemble();
            if (status == null || ensemble != null && !stands(status, ensemble)) {
                return false;
            }
        }
        return true;
    }

    /** Whether all of these have come to the same state. */
    static boolean agree(List<SimNode> some) {
        ReplicaStatus first = some.get(0).status();
        for (SimNode node : some) {
            ReplicaStatus status = node.status();
            boolean same = first != null
                    && status != null
                    && status.digest() == first.digest()
                    && status.sessions() == first.sessions()
                    && status.nodes() == first.nodes();
            if (!same) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (SimNode node : nodes) {
            ReplicaStatus status = node.status();
            text.append(text.isEmpty() ? "" : "; ").append("server ").append(node.id());
            if (status == null) {
                text.append(" is down");
                continue;
            }
            EnsembleStatus ensemble = status.ensemble();
            text.append(String.format(
                    " is %s%s at 0x%x with %d sessions and %d ephemerals, digest %x",
                    status.role(),
                    ensemble == null || ensemble.serving() ? "" : " without serving",
                    status.appliedZxid(),
                    status.sessions(),
                    status.ephemerals(),
                    status.digest()));
        }
        return text.toString();
    }
}
