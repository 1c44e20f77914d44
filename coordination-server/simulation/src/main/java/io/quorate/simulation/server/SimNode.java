package io.quorate.simulation.server;

import io.quorate.core.port.Disk;
import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskImage;
import io.quorate.core.port.DiskOutcome;
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
import org.jspecify.annotations.Nullable;

/**
 * One standalone server: the core over simulated disks and links, run in turns as the real loop runs it, and killed and
 * started again. Its disk and its clock outlive it.
 */
public final class SimNode {

    private static final long MOST_LOOP_NANOS = 5_000;

    /** What the world gives to a server. */
    public record World(SimScheduler time, Trace trace, SimClientLinks links, NodeObserver observer) {}

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
        private @Nullable Replica replica;
        /** When the next turn is due; earlier requests replace it. */
        private long turnAtNanos = Long.MAX_VALUE;
        /** Whether a pending kill is a power failure. */
        private boolean powerFails;

        Life(SimRandom lifeRandom) {
            logLane = new SimDisk(disk, world.time(), lifeRandom.stream("log lane"), this::wakeUp);
            bulkLane = new SimDisk(disk, world.time(), lifeRandom.stream("bulk lane"), this::wakeUp);
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
        this.options = options;
        this.wiring = wiring;
        this.random = random.stream("node");
        this.disk = new SimDiskState(this.random);
        this.image = new SimDiskImage(disk);
        this.clock = new NodeClock(world.time());
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
            world.trace().note("killed during recovery", lives);
            return false;
        }
        next.replica = replica;
        life = next;
        ReplicaStatus status = replica.status();
        world.trace().note("server starts at zxid", status.appliedZxid());
        world.observer().recovered(status, clock.nanos());
        world.links().listen(next::wakeUp);
        next.wakeUp();
        return true;
    }

    private Recovery.Ports ports(Life next) {
        Disk bulk = new Disposal(wiring.bulkLane(next.bulkLane), this::keep);
        return new Recovery.Ports(
                new GatedLinks(wiring.clientLinks(world.links()), next.gate),
                new GatedDisk(wiring.logLane(next.logLane), next.gate),
                new GatedDisk(bulk, next.gate),
                world.observer(),
                random.stream("snapshot jitter " + lives));
    }

    private void keep(DiskFile file) {
        archive.keep(image, file);
    }

    private void reported(String line) {
        world.trace().note("recovery:", line);
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
        if (powerFails) {
            disk.crash();
        }
        world.trace().note(powerFails ? "power fails in life" : "process dies in life", lives);
        whenDead.run();
    }

    /** The power fails while no server runs. */
    public void losePower() {
        if (life == null) {
            disk.crash();
            world.trace().note("power fails after life", lives);
        }
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
            world.trace().note("server stops:", failure);
            kill(random.oneIn(2));
            lastFailure = failure;
            return;
        }
        world.links().flush();
        world.observer().afterTurn(replica.status(), world.links().takeInboxPeak());
        long deadline = replica.nextDeadlineNanos();
        if (!everythingFed && replica.takesFrames()) {
            current.wakeUp();
        }
        if (deadline < Long.MAX_VALUE) {
            current.turnAt(Math.max(deadline, world.time().nowNanos() + 1 + random.below(MOST_LOOP_NANOS)));
        }
    }
}
