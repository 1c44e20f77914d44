package io.quorate.simulation.run;

import io.quorate.simulation.SimRandom;
import io.quorate.simulation.SimScheduler;
import io.quorate.simulation.server.SimClientLinks;
import io.quorate.simulation.server.SimNode;
import java.util.EnumMap;
import java.util.Map;

/** Lets faults happen as the plan says, and starts the server again after each of its deaths. */
final class FaultInjector {

    private static final long MILLI = 1_000_000;
    private static final int NOT = -1;
    private static final long NO_LIMIT = Integer.MAX_VALUE;

    private final SimScheduler time;
    private final SimRandom random;
    private final FaultPlan plan;
    private final SimNode node;
    private final SimClientLinks links;
    private final EnumMap<Fault, Integer> counts = new EnumMap<>(Fault.class);
    private boolean over;

    FaultInjector(SimScheduler time, SimRandom random, FaultPlan plan, SimNode node, SimClientLinks links) {
        this.time = time;
        this.random = random.stream("faults");
        this.plan = plan;
        this.node = node;
        this.links = links;
        node.whenDead(() -> time.after(this.random.between(MILLI / 10, 8 * MILLI), this::restart));
    }

    void start() {
        plan.everyNanos().keySet().forEach(this::scheduleNext);
    }

    /** No faults any more: what is broken is mended, and what is down comes up. */
    void end() {
        over = true;
        node.disk().setCapacity(NO_LIMIT);
        node.pause(0);
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

    /** False when there was nothing for it to happen to. */
    private boolean happens(Fault fault) {
        return switch (fault) {
            case LINK_RESET -> links.reset();
            case HALF_OPEN -> links.halfOpen();
            case FULL_DISK -> fillDisk();
            case KILL_WITHIN_RECOVERY -> false; // at restarts
            default -> node.isUp() && happensToServer(fault);
        };
    }

    private boolean happensToServer(Fault fault) {
        switch (fault) {
            case PROCESS_KILL -> node.kill(false);
            case POWER_FAILURE -> node.kill(true);
            case KILL_WITHIN_TURN -> node.killAfter((int) random.below(40), random.oneIn(2));
            case FAILED_FORCE -> node.failForces(1);
            case PAUSE -> node.pause(random.below(random.oneIn(4) ? 1500 * MILLI : 60 * MILLI));
            case WALL_CLOCK_JUMP -> node.clock().jump(random.between(-5_000, 5_000));
            case SNAPSHOT -> node.requestSnapshot();
            default -> throw new IllegalArgumentException("no fault of a server: " + fault);
        }
        return true;
    }

    private boolean fillDisk() {
        node.disk().setCapacity(node.disk().usedBytes() + random.below(8_000));
        time.after(random.between(MILLI, 40 * MILLI), () -> node.disk().setCapacity(NO_LIMIT));
        return true;
    }

    private void restart() {
        boolean killed = !over && plan.everyNanos().containsKey(Fault.KILL_WITHIN_RECOVERY) && random.oneIn(3);
        if (node.start(killed ? (int) random.below(4) : NOT)) {
            return;
        }
        count(Fault.KILL_WITHIN_RECOVERY);
        if (random.oneIn(2)) {
            node.losePower();
        }
        time.after(random.between(MILLI / 10, 4 * MILLI), this::restart);
    }
}
