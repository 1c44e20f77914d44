package io.quorate.simulation;

import io.quorate.core.port.Disk;
import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskImage;
import io.quorate.core.port.DiskOutcome;
import io.quorate.core.port.DiskOutcome.Cause;
import io.quorate.core.port.DiskOutcome.Failed;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A lane of a simulated disk: one command at a time, each taking some virtual time and having its effect at the end of
 * it. Several lanes may work on one {@link SimDiskState}. A lane ends with its server: after {@link #stop} nothing of
 * it has any effect.
 */
public final class SimDisk implements Disk {

    private final SimDiskState state;
    private final SimScheduler scheduler;
    private final SimRandom random;
    private final Runnable wakeUp;
    private final ArrayDeque<Command> queue = new ArrayDeque<>();
    private final ArrayDeque<Completion> completions = new ArrayDeque<>();
    private Speed speed = Speed.USUAL;
    private boolean stopped;
    /** Forces that will fail, beginning with the next one. */
    private int forcesToFail;

    private long forces;

    /** How long commands take, in virtual nanoseconds; a force takes {@code forceFactor} times as long. */
    public record Speed(long leastNanos, long mostNanos, int forceFactor) {
        public static final Speed USUAL = new Speed(2_000, 20_000, 20);
    }

    private record Command(long ticket, int slowness, Supplier<DiskOutcome> effect) {}

    private record Completion(long ticket, DiskOutcome outcome) {}

    /** @param wakeUp run when a completion arrives and none was waiting */
    public SimDisk(SimDiskState state, SimScheduler scheduler, SimRandom random, Runnable wakeUp) {
        this.state = state;
        this.scheduler = scheduler;
        this.random = random.stream("disk timing");
        this.wakeUp = wakeUp;
    }

    public void setSpeed(Speed newSpeed) {
        speed = newSpeed;
    }

    /** Lets the next forces fail: what they should have made durable is partly lost, and is never tried again. */
    public void failForces(int count) {
        forcesToFail = count;
    }

    /** Forces carried out. */
    public long forces() {
        return forces;
    }

    /**
     * The server is gone: the command under way may still have its effect, later ones have none, nothing is completed.
     */
    public void stop() {
        Command underWay = queue.peek();
        if (!stopped && underWay != null && random.below(2) == 0) {
            underWay.effect().get();
        }
        stopped = true;
        queue.clear();
        completions.clear();
    }

    public void drainCompletions(Completions sink) {
        for (Completion next = completions.poll(); next != null; next = completions.poll()) {
            sink.onDiskCompleted(next.ticket(), next.outcome());
        }
    }

    @Override
    public void reserve(long ticket, DiskFile file, long sizeBytes) {
        submit(ticket, 1, () -> {
            if (!state.grow(
                    file,
                    Math.max(
                            sizeBytes, state.exists(file) ? state.existing(file).size() : 0))) {
                return noSpace("reserve", file);
            }
            return DiskOutcome.DONE;
        });
    }

    @Override
    public void write(long ticket, DiskFile file, long offset, ByteBuffer bytes) {
        submit(ticket, 1, () -> state.write(file, offset, bytes) ? DiskOutcome.DONE : noSpace("write", file));
    }

    @Override
    public void force(long ticket, DiskFile file) {
        submit(ticket, speed.forceFactor(), () -> {
            if (!state.exists(file)) {
                return noSuchFile("force", file);
            }
            if (forcesToFail > 0) {
                forcesToFail--;
                state.failForce(file);
                return new Failed(Cause.IO_ERROR, "force " + file + ": injected I/O error");
            }
            forces++;
            state.force(file);
            return DiskOutcome.DONE;
        });
    }

    @Override
    public void truncate(long ticket, DiskFile file, long sizeBytes) {
        submit(ticket, 1, () -> {
            if (!state.exists(file)) {
                return noSuchFile("truncate", file);
            }
            state.truncate(file, Math.toIntExact(sizeBytes));
            return DiskOutcome.DONE;
        });
    }

    @Override
    public void rename(long ticket, DiskFile from, DiskFile to) {
        submit(ticket, 1, () -> {
            if (!state.exists(from)) {
                return noSuchFile("rename", from);
            }
            state.rename(from, to);
            return DiskOutcome.DONE;
        });
    }

    @Override
    public void delete(long ticket, DiskFile file) {
        submit(ticket, 1, () -> {
            state.delete(file);
            return DiskOutcome.DONE;
        });
    }

    @Override
    public void read(long ticket, DiskFile file, long offset, ByteBuffer into) {
        submit(
                ticket,
                1,
                () -> state.exists(file)
                        ? new DiskOutcome.Done(state.existing(file).read(offset, into))
                        : noSuchFile("read", file));
    }

    @Override
    public void examine(long ticket, Consumer<DiskImage> work) {
        submit(ticket, 1, () -> {
            try {
                work.accept(new SimDiskImage(state));
                return DiskOutcome.DONE;
            } catch (RuntimeException e) {
                return new Failed(Cause.IO_ERROR, e.getMessage() == null ? e.toString() : e.getMessage());
            }
        });
    }

    private void submit(long ticket, int slowness, Supplier<DiskOutcome> effect) {
        queue.add(new Command(ticket, slowness, effect));
        if (queue.size() == 1) {
            startNext();
        }
    }

    private void startNext() {
        Command next = queue.peek();
        if (next != null) {
            long nanos = random.between(speed.leastNanos(), speed.mostNanos()) * next.slowness();
            scheduler.after(nanos, () -> complete(next));
        }
    }

    private void complete(Command command) {
        if (stopped) {
            return;
        }
        DiskOutcome outcome = command.effect().get();
        queue.remove();
        boolean idle = completions.isEmpty();
        completions.add(new Completion(command.ticket(), outcome));
        startNext();
        if (idle) {
            wakeUp.run();
        }
    }

    private static Failed noSpace(String what, DiskFile file) {
        return new Failed(Cause.NO_SPACE, what + " " + file + ": no space left on the simulated disk");
    }

    private static Failed noSuchFile(String what, DiskFile file) {
        return new Failed(Cause.NO_SUCH_FILE, what + " " + file + ": no such file");
    }
}
