package io.quorate.simulation.run;

import io.quorate.core.log.LogOptions;
import io.quorate.core.replica.ReplicaStatus;
import io.quorate.simulation.SimRandom;
import io.quorate.simulation.SimScheduler;
import io.quorate.simulation.Trace;
import io.quorate.simulation.Violation;
import io.quorate.simulation.check.FinalCheck;
import io.quorate.simulation.check.InvariantSuite;
import io.quorate.simulation.client.SimClient;
import io.quorate.simulation.client.SimClient.Habits;
import io.quorate.simulation.history.History;
import io.quorate.simulation.history.Invocation;
import io.quorate.simulation.server.SimClientLinks;
import io.quorate.simulation.server.SimNode;
import io.quorate.simulation.server.Wiring;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of a standalone server and its clients. First with faults (safety); then without, and everything must finish
 * and dead sessions must go (liveness); then all that was said is judged.
 */
public final class Simulation {

    private static final long MILLI = 1_000_000;
    private static final long PATIENCE_NANOS = 20_000 * MILLI;
    private static final int STRAIGHT_START = -1;

    private final long seed;
    private final SimRandom random;
    private final SimScheduler time;
    private final Trace trace;
    private final FaultPlan plan;
    private final History history = new History();
    private final InvariantSuite invariants;
    private final SimNode node;
    private final FaultInjector injector;
    private final SimClient.World clientWorld;
    private final List<SimClient> clients = new ArrayList<>();
    private long committed;

    private Simulation(long seed, Wiring wiring, @Nullable Consumer<String> lines) {
        this.seed = seed;
        random = new SimRandom(seed);
        time = new SimScheduler(random);
        trace = new Trace(time, lines);
        plan = FaultPlan.of(random);
        invariants = new InvariantSuite(history, plan.options().limits());
        SimClientLinks links = new SimClientLinks(time, random, trace, plan.links());
        SimNode.World world = new SimNode.World(time, trace, links, invariants);
        node = new SimNode(world, plan.options(), wiring, random);
        injector = new FaultInjector(time, random, plan, node, links);
        clientWorld = new SimClient.World(time, trace, history, links);
        for (Habits habits : plan.clients()) {
            clients.add(new SimClient(clientWorld, habits, random));
        }
    }

    /** Runs one seed. The same seed gives the same run, everywhere and always. */
    public static SimulationResult run(long seed) {
        return run(seed, Wiring.STRAIGHT, null);
    }

    /**
     * Runs one seed.
     *
     * @param wiring what lies between the server and its ports
     * @param lines receives a readable trace; null for none
     */
    public static SimulationResult run(long seed, Wiring wiring, @Nullable Consumer<String> lines) {
        return new Simulation(seed, wiring, lines).run();
    }

    private SimulationResult run() {
        RuntimeException violation = null;
        try {
            unsafe();
            finish();
            judge();
        } catch (RuntimeException failed) {
            // Whatever the core throws is a violation as well: it must not.
            violation = failed;
            trace.note("violation:", String.valueOf(failed.getMessage()));
        }
        long answered = count(Invocation.Fate.ANSWERED);
        long unknown = count(Invocation.Fate.UNKNOWN);
        return new SimulationResult(
                seed, trace.hash(), answered, unknown, committed, node.lives(), injector.counts(), violation);
    }

    private long count(Invocation.Fate fate) {
        return history.invocations().stream()
                .filter(invocation -> invocation.fate() == fate)
                .count();
    }

    private void unsafe() {
        trace.note("plan", plan.toString());
        node.start(STRAIGHT_START);
        clients.forEach(SimClient::start);
        injector.start();
        time.runUntil(plan.durationNanos());
    }

    private void finish() {
        trace.note("faults end, lives", node.lives());
        injector.end();
        clients.forEach(SimClient::drain);
        await(
                "every client knows what became of its requests",
                () -> clients.stream().allMatch(SimClient::isSettled));
        audit();
        clients.forEach(SimClient::vanish);
        await("the sessions of clients that are gone expire", this::isDeserted);
        node.whenDead(() -> {});
        node.kill(random.stream("end").oneIn(2));
    }

    private boolean isDeserted() {
        ReplicaStatus status = node.status();
        return status != null && status.sessions() == 0 && status.ephemerals() == 0;
    }

    /** One more client reads the whole tree; the model judges what it reads. */
    private void audit() {
        Habits habits = new Habits("auditor", 300, 1, false, MILLI, 0);
        SimClient auditor = new SimClient(clientWorld, habits, random);
        clients.add(auditor);
        auditor.drain();
        auditor.start();
        new Audit(auditor, () -> await("the auditor is answered", auditor::isSettled)).run();
    }

    private void await(String what, BooleanSupplier condition) {
        long deadline = time.nowNanos() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            Violation.unless(
                    time.nowNanos() < deadline, "liveness", "in 20 s of peace it did not happen that %s", what);
            time.runUntil(time.nowNanos() + MILLI);
        }
    }

    private void judge() {
        LogOptions logOptions = LogOptions.forMaxPayload(
                plan.options().limits().maxRecordBytes(),
                plan.options().storage().reserveBytes());
        boolean diskWasFull = injector.counts().containsKey(Fault.FULL_DISK);
        committed = new FinalCheck(node.wholeImage(), logOptions, invariants).check(history, diskWasFull);
        trace.note("committed", committed);
    }
}
