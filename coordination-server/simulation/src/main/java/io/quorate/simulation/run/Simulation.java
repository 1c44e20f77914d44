package io.quorate.simulation.run;

import io.quorate.core.log.LogOptions;
import io.quorate.core.port.DiskImage;
import io.quorate.core.replica.ReplicaStatus;
import io.quorate.simulation.SimRandom;
import io.quorate.simulation.SimScheduler;
import io.quorate.simulation.Trace;
import io.quorate.simulation.Violation;
import io.quorate.simulation.check.Allowance;
import io.quorate.simulation.check.CanonicalHistory;
import io.quorate.simulation.check.FinalCheck;
import io.quorate.simulation.check.InvariantSuite;
import io.quorate.simulation.client.SimClient;
import io.quorate.simulation.client.SimClient.Habits;
import io.quorate.simulation.history.History;
import io.quorate.simulation.history.Invocation;
import io.quorate.simulation.quorum.QuorumSuite;
import io.quorate.simulation.server.ClientNetwork;
import io.quorate.simulation.server.SimNode;
import io.quorate.simulation.server.Wiring;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One run of a standalone server or an ensemble, and its clients. First with faults (safety); then without, and
 * everything must finish, servers must agree and dead sessions must go (liveness); then all that was said is judged.
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
    private final History history;
    /** Of a standalone server; null for an ensemble. */
    private final @Nullable InvariantSuite alone;
    /** Of an ensemble; null for a standalone server. */
    private final @Nullable QuorumSuite together;

    private final Fleet fleet;
    private final FaultInjector injector;
    private final SimClient.World clientWorld;
    private final List<SimClient> clients = new ArrayList<>();
    /** Transactions. */
    private long committed;

    private Simulation(long seed, Kind kind, LongFunction<Wiring> wirings, @Nullable Consumer<String> lines) {
        this.seed = seed;
        random = new SimRandom(seed);
        time = new SimScheduler(random);
        trace = new Trace(time, lines);
        plan = FaultPlan.of(random, kind);
        Shape shape = plan.shape();
        history = new History(shape.isEnsemble());
        alone = shape.isEnsemble()
                ? null
                : new InvariantSuite(history, plan.servers().limits());
        together = shape.isEnsemble() ? new QuorumSuite(history, plan.servers().limits(), trace) : null;
        Fleet.Observers observers = (id, voter, disk) -> together == null ? alone : together.observe(id, voter, disk);
        fleet = new Fleet(new Fleet.World(time, random, trace), plan, observers, wirings);
        injector = new FaultInjector(time, random, plan, fleet);
        clientWorld = new SimClient.World(time, trace, history, new ClientNetwork(fleet.links()));
        for (Habits habits : plan.clients()) {
            clients.add(new SimClient(clientWorld, habits, random));
        }
    }

    /** Runs one seed. The same seed gives the same run, everywhere and always. */
    public static SimulationResult run(long seed, Kind kind) {
        return run(seed, kind, id -> Wiring.STRAIGHT, null);
    }

    /**
     * Runs one seed.
     *
     * @param wirings what lies between each server and its ports, by its id
     * @param lines receives a readable trace; null for none
     */
    public static SimulationResult run(
            long seed, Kind kind, LongFunction<Wiring> wirings, @Nullable Consumer<String> lines) {
        return new Simulation(seed, kind, wirings, lines).run();
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
                seed,
                plan.shape(),
                trace.hash(),
                answered,
                unknown,
                committed,
                fleet.lives() - fleet.nodes().size(),
                injector.counts(),
                violation);
    }

    private long count(Invocation.Fate fate) {
        return history.invocations().stream()
                .filter(invocation -> invocation.fate() == fate)
                .count();
    }

    private void unsafe() {
        trace.note("plan", plan.toString());
        for (SimNode node : fleet.nodes()) {
            node.start(STRAIGHT_START);
        }
        clients.forEach(SimClient::start);
        injector.start();
        time.runUntil(plan.durationNanos());
    }

    private void finish() {
        trace.note("faults end, lives", fleet.lives());
        injector.end();
        clients.forEach(SimClient::drain);
        List<SimNode> staying = staying();
        await("every server serves", () -> Fleet.serve(staying));
        await(
                "every client knows what became of its requests",
                () -> clients.stream().allMatch(SimClient::isSettled));
        audit();
        clients.forEach(SimClient::vanish);
        await("the sessions of clients that are gone expire", () -> isDeserted(staying));
        await("all servers agree", () -> Fleet.agree(staying));
        if (together != null) {
            // So that the whole state of each can be compared with the model.
            staying.forEach(SimNode::requestSnapshot);
            await("every server has a snapshot of the end", () -> haveSnapshots(staying));
        }
        for (SimNode node : fleet.nodes()) {
            node.whenDead(() -> {});
            node.kill(random.stream("end").oneIn(2));
        }
    }

    private List<SimNode> staying() {
        List<SimNode> staying = new ArrayList<>(fleet.nodes());
        staying.removeIf(injector::isLost);
        return staying;
    }

    private static boolean isDeserted(List<SimNode> nodes) {
        for (SimNode node : nodes) {
            ReplicaStatus status = node.status();
            if (status == null || status.sessions() != 0 || status.ephemerals() != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean haveSnapshots(List<SimNode> nodes) {
        for (SimNode node : nodes) {
            ReplicaStatus status = node.status();
            if (status == null || status.snapshotZxid() != status.appliedZxid()) {
                return false;
            }
        }
        return true;
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
                    time.nowNanos() < deadline,
                    "liveness",
                    "in 20 s of peace it did not happen that %s: %s",
                    what,
                    fleet);
            time.runUntil(time.nowNanos() + MILLI);
        }
    }

    private void judge() {
        List<DiskImage> images = new ArrayList<>();
        staying().forEach(node -> images.add(node.wholeImage()));
        FinalCheck check = new FinalCheck(images);
        CanonicalHistory canonical = canonical(images.get(0));
        boolean diskWasFull = injector.counts().containsKey(Fault.FULL_DISK);
        check.check(history, canonical, new Allowance(diskWasFull, plan.shape().isEnsemble()));
        committed = canonical.size();
        trace.note("committed", committed);
    }

    private CanonicalHistory canonical(DiskImage image) {
        if (together != null) {
            CanonicalHistory canonical = together.canonical();
            together.compareDigests(canonical);
            return canonical;
        }
        LogOptions logOptions = LogOptions.forMaxPayload(
                plan.servers().limits().maxRecordBytes(),
                plan.servers().storage().reserveBytes());
        CanonicalHistory canonical = CanonicalHistory.read(image, logOptions);
        if (alone != null) {
            alone.compareDigests(canonical);
        }
        return canonical;
    }
}
