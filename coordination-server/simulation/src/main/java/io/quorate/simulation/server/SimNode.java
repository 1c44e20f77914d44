package io.quorate.simulation.server;

import io.quorate.core.port.Disk;
import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskImage;
import io.quorate.core.port.DiskOutcome;
import io.quorate.core.port.PeerInputs;
import io.quorate.core.port.PeerLinks;
import io.quorate.core.replica.Recovery;
import io.quorate.core.replica.Replica;
import io.quorate.core.replica.ReplicaOptions;
import io.quorate.core.replica.ReplicaStatus;
import io.quorate.simulation.SimDisk;
import io.quorate.simulation.SimDiskImage;
import io.quorate.simulation.SimDiskState;
import io.quorate.simulation.SimRandom;
import io.quorate.simulation.SimScheduler;
import io.quorate.simulation.Trace;
import io.quorate.simulation.Violation;
import io.quorate.simulation.network.SimNetwork;
import io.quorate.simulation.network.SimPeerLinks;
import org.jspecify.annotations.Nullable;

/**
 * One server, alone or a member of an ensemble: the core over simulated disks and links, run in turns as the real loop
 * runs it, and killed and started again. Its disk and its clock outlive it.
 */
public final class SimNode {

    private static final long MOST_LOOP_NANOS = 5_000;

    /**
     * What the world gives to a server.
     *
     * @param disk outlives the server
     * @param network between members; null for a server without peers
     */
    public record World(
            SimScheduler time,
            Trace trace,
            SimDiskState disk,
            SimClientLinks links,
            NodeObserver observer,
            @Nullable SimNetwork network) {}

    private final World world;
    private final ReplicaOptions options;
    private final Wiring wiring;
    private final SimRandom random;
    private final SimDiskState disk;
    private final DiskImage image;
    private final NodeClock clock;
    private final LogArchive archive = new LogArchive();

    /** The running server; null while there is none. */
    private @Nullable Life life;

    private Runnable whenDead = () -> {};
    private int lives;
    private long pausedUntilNanos;
    /** Why the last life ended by itself; null when it was killed. */
    private @Nullable String lastFailure;

    /** From a start to the death that follows: whatever a process holds. */
    private final class Life {
        private final KillGate gate = new KillGate();
        private final SimDisk logLane;
        private final SimDisk bulkLane;
        /** Null for a server without peers. */
        private final @Nullable SimPeerLinks peers;

        private @Nullable Replica replica;
        /** Null as long as there is no replica, and for a server without peers. */
        private @Nullable PeerInputs peerInputs;
        /** When the next turn is due; earlier requests replace it. */
        private long turnAtNanos = Long.MAX_VALUE;
        /** Whether a pending kill is a power failure. */
        private boolean powerFails;

        Life(SimRandom lifeRandom) {
            logLane = new SimDisk(disk, world.time(), lifeRandom.stream("log lane"), this::wakeUp);
            bulkLane = new SimDisk(disk, world.time(), lifeRandom.stream("bulk lane"), this::wakeUp);
            SimNetwork network = world.network();
            peers = network == null ? null : network.start(id(), this::wakeUp);
        }

        private void wakeUp() {
            turnAt(world.time().nowNanos() + 1 + random.below(MOST_LOOP_NANOS));
        }

        private void turnAt(long nanos) {
            if (nanos >= turnAtNanos) {
                return;
            }
            turnAtNanos = nanos;
            world.time().at(nanos, () -> {
                if (life == this && turnAtNanos == nanos) {
                    turnAtNanos = Long.MAX_VALUE;
                    turn(this);
                }
            });
        }
    }

    public SimNode(World world, ReplicaOptions options, Wiring wiring, SimRandom random) {
        this.world = world;
        this.options = wiring.options(options);
        this.wiring = wiring;
        this.random = random.stream("node " + options.serverId());
        this.disk = world.disk();
        this.image = new SimDiskImage(disk);
        this.clock = new NodeClock(world.time());
    }

    public long id() {
        return options.serverId();
    }

    public SimDiskState disk() {
        return disk;
    }

    public NodeClock clock() {
        return clock;
    }

    /** The disk with every log file that there has been. Only while no server runs. */
    public DiskImage wholeImage() {
        return archive.over(image);
    }

    public boolean isUp() {
        return life != null;
    }

    /** Starts so far. */
    public int lives() {
        return lives;
    }

    /** Why the server stopped by itself; null when it has not, or was killed. */
    public @Nullable String lastFailure() {
        return lastFailure;
    }

    /** Null while there is no server. */
    public @Nullable ReplicaStatus status() {
        Life current = life;
        return current == null || current.replica == null ? null : current.replica.status();
    }

    /** Run behind every death of a server that was up. */
    public void whenDead(Runnable action) {
        whenDead = action;
    }

    // ------------------------------------------------------------------------------------------------ life and death

    /**
     * Starts the server on what the disk holds.
     *
     * @param killAfter kills it in the middle of its recovery, after so many changes to the disk; -1 for not
     * @return false when it was killed
     */
    public boolean start(int killAfter) {
        Violation.unless(life == null, "simulation", "a server runs already");
        lives++;
        lastFailure = null;
        Life next = new Life(random.stream("life " + lives));
        KillGate recoveryGate = new KillGate();
        recoveryGate.shutAfter(killAfter);
        Recovery recovery =
                new Recovery(options, wiring.image(new InterruptedImage(image, recoveryGate)), this::reported);
        Replica replica;
        try {
            replica = recovery.recover(ports(next), clock.nanos(), clock.epochMillis());
        } catch (InterruptedImage.Killed killed) {
            world.trace().note(name() + " is killed during recovery", lives);
            leaveNetwork(false);
            return false;
        }
        next.replica = replica;
        PeerInputs inputs = replica.peers();
        next.peerInputs = inputs == null ? null : world.observer().peerInputs(wiring.peerInputs(inputs));
        life = next;
        ReplicaStatus status = replica.status();
        world.trace().note(name() + " starts at zxid", status.appliedZxid());
        world.observer().recovered(status, clock.nanos());
        world.links().listen(next::wakeUp);
        next.wakeUp();
        return true;
    }

    private String name() {
        return "server " + id();
    }

    private Recovery.Ports ports(Life next) {
        Disk bulk = new Disposal(wiring.bulkLane(next.bulkLane), this::keep);
        PeerLinks peers =
                next.peers == null ? null : wiring.peerLinks(world.observer().peerLinks(next.peers));
        return new Recovery.Ports(
                new GatedLinks(wiring.clientLinks(world.links()), next.gate),
                new GatedDisk(wiring.logLane(next.logLane), next.gate),
                new GatedDisk(bulk, next.gate),
                world.observer(),
                random.stream("snapshot jitter " + lives),
                peers == null ? null : new GatedPeerLinks(peers, next.gate));
    }

    private void keep(DiskFile file) {
        archive.keep(image, file);
    }

    private void reported(String line) {
        world.trace().note(name() + " recovery:", line);
        Violation.unless(!line.startsWith("digest differs"), "S1", "%s", line);
        Violation.unless(!line.startsWith("snapshot passed over"), "S2", "%s", line);
    }

    /** Ends the server at once. @param powerFails whether the machine goes with it, and with it what was not forced */
    public void kill(boolean powerFails) {
        Life dying = life;
        if (dying == null) {
            return;
        }
        life = null;
        dying.logLane.stop();
        dying.bulkLane.stop();
        world.links().serverDied();
        leaveNetwork(powerFails);
        if (powerFails) {
            disk.crash();
        }
        world.trace().note(name() + (powerFails ? ": power fails in life" : ": process dies in life"), lives);
        world.observer().died();
        whenDead.run();
    }

    private void leaveNetwork(boolean machineToo) {
        SimNetwork network = world.network();
        if (network == null) {
            return;
        }
        if (machineToo) {
            network.vanish(id());
        } else {
            network.kill(id());
        }
    }

    /** The power fails while no server runs. */
    public void losePower() {
        if (life == null) {
            disk.crash();
            world.trace().note(name() + ": power fails after life", lives);
        }
    }

    /** A dead server's disk is replaced by an empty one. */
    public void wipe() {
        Violation.unless(life == null, "simulation", "the disk of a running server is wiped");
        world.trace().note(name() + " loses its disk after life", lives);
        disk.wipe();
        archive.clear();
        world.observer().wiped();
    }

    /** Kills the server in the middle of some later turn, after so many things it does. */
    public void killAfter(int actions, boolean powerFails) {
        Life current = life;
        if (current != null) {
            current.gate.shutAfter(actions);
            current.powerFails = powerFails;
        }
    }

    /** No turn before this much time has passed, as if the process stood still. */
    public void pause(long nanos) {
        pausedUntilNanos = world.time().nowNanos() + nanos;
    }

    /** Lets the log's next forces fail. */
    public void failForces(int count) {
        Life current = life;
        if (current != null) {
            current.logLane.failForces(count);
        }
    }

    /** Asks for a snapshot now. */
    public void requestSnapshot() {
        Life current = life;
        if (current != null && current.replica != null) {
            current.replica.requestSnapshot();
            current.wakeUp();
        }
    }

    // --------------------------------------------------------------------------------------------------------- turns

    private void turn(Life current) {
        Replica replica = current.replica;
        if (replica == null) {
            return;
        }
        if (pausedUntilNanos > world.time().nowNanos()) {
            current.turnAt(pausedUntilNanos);
            return;
        }
        long now = clock.nanos();
        world.observer().turnBegins(now);
        replica.onTime(now, clock.epochMillis());
        Disk.Completions completions =
                wiring.completions((ticket, outcome) -> complete(current, replica, ticket, outcome));
        current.logLane.drainCompletions(completions);
        current.bulkLane.drainCompletions(completions);
        PeerInputs inputs = current.peerInputs;
        if (current.peers != null && inputs != null) {
            current.peers.drain(inputs, current.gate::pass);
        }
        boolean all = world.links()
                .feed(replica, current.gate, link -> world.observer().heard(link, now));
        if (!current.gate.isShut()) {
            replica.endOfTurn();
        }
        endTurn(current, replica, all);
    }

    private static void complete(Life current, Replica replica, long ticket, DiskOutcome outcome) {
        if (current.gate.pass()) {
            replica.onDiskCompleted(ticket, outcome);
        }
    }

    private void endTurn(Life current, Replica replica, boolean everythingFed) {
        if (current.gate.isShut()) {
            kill(current.powerFails);
            return;
        }
        String failure = replica.fatalFailure();
        if (failure != null) {
            world.trace().note(name() + " stops:", failure);
            kill(random.oneIn(2));
            lastFailure = failure;
            return;
        }
        world.links().flush();
        if (current.peers != null) {
            current.peers.flush();
        }
        world.observer().afterTurn(replica.status(), world.links().takeInboxPeak());
        long deadline = replica.nextDeadlineNanos();
        if (!everythingFed && replica.takesFrames()) {
            current.wakeUp();
        }
        if (deadline < Long.MAX_VALUE) {
            long soonest = world.time().nowNanos() + 1 + random.below(MOST_LOOP_NANOS);
            current.turnAt(Math.max(clock.worldNanos(deadline), soonest));
        }
    }
}
