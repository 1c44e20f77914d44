package io.quorate.runtime.disk;

import io.quorate.core.port.Disk;
import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskImage;
import io.quorate.core.port.DiskOutcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One lane over file channels, with a thread of its own. Commands, {@link #drainCompletions} and {@link #stop} belong
 * to one owner thread; they never wait for the disk, except {@code stop}.
 *
 * <p>Forces that have queued up while one was under way are carried out as one (group commit): the lane runs through
 * the writes of the same file that were waiting, then forces once for all of them, and completes them in order.
 *
 * <p>The thread is never interrupted, since that would close the channel under it.
 */
public final class NioDisk implements Disk {

    private static final Logger LOG = LoggerFactory.getLogger(NioDisk.class);
    /** Commands or completions between the two threads; what does not fit waits with its sender. */
    private static final int RING = 1024;

    private static final long STOP_PATIENCE_NANOS = 10_000_000_000L;

    private final CommandRunner runner;
    private final Runnable wakeUp;
    private final Thread thread;
    private final SpscRing<Command> commands = new SpscRing<>(RING);
    private final SpscRing<Completion> completions = new SpscRing<>(RING);

    /** Owner: commands that found the ring full. Bounded by what the core lets be under way. */
    private final ArrayDeque<Command> waiting = new ArrayDeque<>();
    /** Set by the lane before it sleeps, so that the owner need not wake it otherwise. */
    private volatile boolean parked;

    private volatile boolean stopping;
    /** What the lane is doing, for the message when it hangs; null between two commands. */
    private volatile @Nullable Command underWay;
    /** Whether the owner has been woken for completions that it has not drained yet. */
    private final AtomicBoolean ownerKnows = new AtomicBoolean();

    /** Lane: completions in the order of the commands, kept back while a force is postponed. */
    private final ArrayDeque<Completion> held = new ArrayDeque<>();
    /** Lane: the force that has been postponed, for later ones to join. */
    private Command.@Nullable Force postponed;
    /**
     * Lane: how many commands had been offered when it was postponed; those may join, or it would never come to an end.
     */
    private long joinUntil;

    /** @param outcome null until the postponed force has been carried out */
    private record Completion(long ticket, @Nullable DiskOutcome outcome) {}

    /**
     * @param name of the lane's thread
     * @param wakeUp called by the lane's thread when there are completions to drain, once until they have been drained
     */
    public NioDisk(String name, DataDirectories directories, Runnable wakeUp) {
        this(name, directories, wakeUp, null);
    }

    /** The same, with somebody who is told, on the lane's thread, how long each force took. */
    public NioDisk(String name, DataDirectories directories, Runnable wakeUp, @Nullable ForceWatch watch) {
        this.runner = new CommandRunner(directories, watch);
        this.wakeUp = wakeUp;
        this.thread = new Thread(this::runLane, name);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    @Override
    public void reserve(long ticket, DiskFile file, long sizeBytes) {
        submit(new Command.Reserve(ticket, file, sizeBytes));
    }

    @Override
    public void write(long ticket, DiskFile file, long offset, ByteBuffer bytes) {
        submit(new Command.Write(ticket, file, offset, bytes));
    }

    @Override
    public void force(long ticket, DiskFile file) {
        submit(new Command.Force(ticket, file));
    }

    @Override
    public void truncate(long ticket, DiskFile file, long sizeBytes) {
        submit(new Command.Truncate(ticket, file, sizeBytes));
    }

    @Override
    public void rename(long ticket, DiskFile from, DiskFile to) {
        submit(new Command.Rename(ticket, from, to));
    }

    @Override
    public void delete(long ticket, DiskFile file) {
        submit(new Command.Delete(ticket, file));
    }

    @Override
    public void read(long ticket, DiskFile file, long offset, ByteBuffer into) {
        submit(new Command.Read(ticket, file, offset, into));
    }

    @Override
    public void examine(long ticket, Consumer<DiskImage> work) {
        submit(new Command.Examine(ticket, DiskFile.log(""), work));
    }

    private void submit(Command command) {
        if (!waiting.isEmpty() || !commands.offer(command)) {
            waiting.add(command);
        }
        wakeLane();
    }

    private void wakeLane() {
        if (parked) {
            LockSupport.unpark(thread);
        }
    }

    /** Owner: hands over everything that has completed, in the order of the commands. Never waits. */
    public void drainCompletions(Completions sink) {
        ownerKnows.set(false);
        for (Completion next = completions.poll(); next != null; next = completions.poll()) {
            sink.onDiskCompleted(next.ticket(), next.outcome() == null ? DiskOutcome.DONE : next.outcome());
        }
        handOverWaiting();
    }

    private void handOverWaiting() {
        if (waiting.isEmpty()) {
            // Nothing new for the lane: it is not woken in vain, turn after turn.
            return;
        }
        for (Command next = waiting.peek(); next != null && commands.offer(next); next = waiting.peek()) {
            waiting.remove();
        }
        wakeLane();
    }

    /**
     * Carries out every command given before, forces what is not durable, closes all files and ends the thread. Waits
     * for that while the disk goes on completing commands. Completions that come meanwhile go to {@code sink}.
     *
     * @throws HungDisk when nothing has been completed for ten seconds; see {@link #hasEnded}
     */
    public void stop(Completions sink) {
        stop(sink, STOP_PATIENCE_NANOS);
    }

    void stop(Completions sink, long patienceNanos) {
        long[] lastProgress = {System.nanoTime()};
        Completions noted = (ticket, outcome) -> {
            lastProgress[0] = System.nanoTime();
            sink.onDiskCompleted(ticket, outcome);
        };
        while (!waiting.isEmpty()) {
            drainCompletions(noted);
            checkProgress(lastProgress[0], patienceNanos);
            Thread.onSpinWait();
        }
        stopping = true;
        while (thread.isAlive()) {
            LockSupport.unpark(thread);
            drainCompletions(noted);
            checkProgress(lastProgress[0], patienceNanos);
            LockSupport.parkNanos(100_000);
        }
        drainCompletions(sink);
    }

    private void checkProgress(long lastNanos, long patienceNanos) {
        long quietNanos = System.nanoTime() - lastNanos;
        if (quietNanos > patienceNanos) {
            Command hanging = underWay;
            throw new HungDisk("The disk hangs: " + thread.getName() + " has not returned from "
                    + (hanging == null ? "closing its files" : runner.describe(hanging)) + " for "
                    + TimeUnit.NANOSECONDS.toMillis(quietNanos)
                    + " ms. The process ends without waiting any longer; what was acknowledged is on disk. Check the"
                    + " disk before the next start");
        }
    }

    /** Whether the thread has ended, or was never started: nothing will touch the files any more. */
    public boolean hasEnded() {
        return !thread.isAlive();
    }

    private DiskOutcome run(Command command) {
        underWay = command;
        DiskOutcome outcome = runner.run(command);
        underWay = null;
        return outcome;
    }

    private void runLane() {
        boolean running = true;
        while (running) {
            Command next = commands.poll();
            if (next != null) {
                carryOut(next);
            } else if (postponed != null || !held.isEmpty()) {
                finishHeld();
            } else if (stopping && commands.isEmpty()) {
                running = false;
            } else {
                park();
            }
        }
        try {
            runner.forceAndCloseAll();
        } catch (IOException e) {
            LOG.error("The last bytes of {} may not be durable; nothing was promised about them", thread.getName(), e);
        }
    }

    private void carryOut(Command command) {
        if (postponed != null && (commands.takenCount() > joinUntil || !mayJoin(command, postponed))) {
            finishHeld();
        }
        if (!(command instanceof Command.Force force)) {
            held.add(new Completion(command.ticket(), run(command)));
            if (held.size() >= RING) {
                finishHeld();
            }
            return;
        }
        held.add(new Completion(force.ticket(), null));
        if (postponed == null) {
            postponed = force;
            joinUntil = commands.offeredCount();
        }
    }

    private static boolean mayJoin(Command command, Command.Force force) {
        return (command instanceof Command.Write || command instanceof Command.Force)
                && command.file().equals(force.file());
    }

    /** Carries out the postponed force, and publishes everything that is complete by then. */
    private void finishHeld() {
        DiskOutcome forced = DiskOutcome.DONE;
        if (postponed != null) {
            forced = run(postponed);
            postponed = null;
        }
        for (Completion next = held.poll(); next != null; next = held.poll()) {
            publish(next.outcome() == null ? new Completion(next.ticket(), forced) : next);
        }
        wakeOwner();
    }

    private void publish(Completion completion) {
        while (!completions.offer(completion)) {
            // The owner is far behind: it is told, and gets time.
            wakeOwner();
            LockSupport.parkNanos(50_000);
        }
    }

    private void wakeOwner() {
        if (!ownerKnows.getAndSet(true)) {
            wakeUp.run();
        }
    }

    private void park() {
        parked = true;
        if (commands.isEmpty() && !stopping) {
            LockSupport.park(this);
        }
        parked = false;
    }
}
