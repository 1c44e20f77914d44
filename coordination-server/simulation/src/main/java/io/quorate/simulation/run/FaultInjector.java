package io.quorate.simulation.run;

import io.quorate.simulation.SimRandom;
import io.quorate.simulation.SimScheduler;
import io.quorate.simulation.network.SimNetwork;
import io.quorate.simulation.server.SimNode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lets faults happen as the plan says, and starts each server again after each of its deaths. */
final class FaultInjector {

    private static final long MILLI = 1_000_000;
    private static final int NOT = -1;
    private static final long NO_LIMIT = Integer.MAX_VALUE;

    private final SimScheduler time;
    private final SimRandom random;
    private final FaultPlan plan;
    private final Fleet fleet;
    private final FaultAtlas atlas;
    /** Null for a server without peers. */
    private final @Nullable NetworkFaults between;

    private final EnumMap<Fault, Integer> counts = new EnumMap<>(Fault.class);
    private boolean over;

    FaultInjector(SimScheduler time, SimRandom random, FaultPlan plan, Fleet fleet) {
        this.time = time;
        this.random = random.stream("faults");
        this.plan = plan;
        this.fleet = fleet;
        atlas = new FaultAtlas(fleet);
        SimNetwork network = fleet.network();
        between = network == null ? null : new NetworkFaults(time, this.random, network, fleet);
        for (SimNode node : fleet.nodes()) {
            node.whenDead(() -> time.after(downNanos(), () -> restart(node)));
        }
    }

    private long downNanos() {
        boolean longer = fleet.shape().isEnsemble() && random.oneIn(3);
        return random.between(MILLI / 10, longer ? 200 * MILLI : 8 * MILLI);
    }

    void start() {
        plan.everyNanos().keySet().forEach(this::scheduleNext);
    }

    /** No faults any more: what is broken is mended, and what is down comes up, but for those that are lost. */
    void end() {
        over = true;
        if (between != null) {
            between.end();
        }
        for (SimNode node : fleet.nodes()) {
            node.disk().setCapacity(NO_LIMIT);
            node.pause(0);
            if (isLost(node)) {
                node.whenDead(() -> {});
                node.kill(random.oneIn(2));
            }
        }
    }

    /** Whether a server does not come back after the faults. */
    boolean isLost(SimNode node) {
        return over && plan.lost().contains(node.id());
    }

    /** How often each kind has happened. */
    Map<Fault, Integer> counts() {
        return counts;
    }

    private void scheduleNext(Fault fault) {
        long every = plan.everyNanos().getOrDefault(fault, 0L);
        time.after(random.below(2 * every), () -> {
            if (!over) {
                if (happens(fault)) {
                    count(fault);
                }
                scheduleNext(fault);
            }
        });
    }

    private void count(Fault fault) {
        counts.merge(fault, 1, Integer::sum);
    }

    /** Every one as often as the others, and whoever leads more often. */
    private SimNode anyNode() {
        SimNode leader = fleet.leader();
        if (leader != null && random.oneIn(3)) {
            return leader;
        }
        List<SimNode> nodes = fleet.nodes();
        return nodes.get((int) random.below(nodes.size()));
    }

    /** False when there was nothing for it to happen to. */
    private boolean happens(Fault fault) {
        SimNode node = anyNode();
        return switch (fault) {
            case LINK_RESET -> fleet.links().get((int) node.id() - 1).reset();
            case HALF_OPEN -> fleet.links().get((int) node.id() - 1).halfOpen();
            case FULL_DISK -> fillDisk(node);
            case KILL_WITHIN_RECOVERY -> false; // at restarts
            case BLACKOUT -> blackout();
            case WIPE -> wipe(node);
            case CLOCK_DRIFT -> drift(node);
            case PARTITION, PEER_STALL, PEER_DELAY, PEER_RESET, PEER_HALF_OPEN, PEER_REFUSAL ->
                between != null && between.happens(fault);
            default -> node.isUp() && happensToServer(fault, node);
        };
    }

    private boolean happensToServer(Fault fault, SimNode node) {
        switch (fault) {
            case PROCESS_KILL -> node.kill(false);
            case POWER_FAILURE -> node.kill(true);
            case KILL_WITHIN_TURN -> node.killAfter((int) random.below(40), random.oneIn(2));
            case FAILED_FORCE -> node.failForces(1);
            case PAUSE -> node.pause(random.below(random.oneIn(4) ? longestPause() : 60 * MILLI));
            case WALL_CLOCK_JUMP -> node.clock().jump(random.between(-5_000, 5_000));
            case SNAPSHOT -> node.requestSnapshot();
            default -> throw new IllegalArgumentException("no fault of a server: " + fault);
        }
        return true;
    }

    private long longestPause() {
        return fleet.shape().isEnsemble() ? 300 * MILLI : 1500 * MILLI;
    }

    private boolean fillDisk(SimNode node) {
        node.disk().setCapacity(node.disk().usedBytes() + random.below(8_000));
        time.after(random.between(MILLI, 40 * MILLI), () -> node.disk().setCapacity(NO_LIMIT));
        return true;
    }

    private boolean blackout() {
        for (SimNode node : fleet.nodes()) {
            node.kill(true);
        }
        return true;
    }

    private boolean wipe(SimNode node) {
        if (!node.isUp() || !atlas.mayLose(node.id())) {
            return false;
        }
        node.kill(true);
        node.wipe();
        return true;
    }

    private boolean drift(SimNode node) {
        long most = random.oneIn(4) ? 50_000 : 500;
        node.clock().drift(random.between(-most, most));
        return true;
    }

    private void restart(SimNode node) {
        if (node.isUp() || isLost(node)) {
            return;
        }
        boolean killed = !over && plan.everyNanos().containsKey(Fault.KILL_WITHIN_RECOVERY) && random.oneIn(3);
        if (node.start(killed ? (int) random.below(4) : NOT)) {
            return;
        }
        count(Fault.KILL_WITHIN_RECOVERY);
        if (random.oneIn(2)) {
            node.losePower();
        }
        time.after(random.between(MILLI / 10, 4 * MILLI), () -> restart(node));
    }
}
