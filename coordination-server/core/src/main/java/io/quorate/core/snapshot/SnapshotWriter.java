package io.quorate.core.snapshot;

import io.quorate.core.base.Verify;
import io.quorate.core.port.Disk;
import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskOutcome;
import io.quorate.core.port.TicketSource;
import io.quorate.core.tree.TreeCursor;
import io.quorate.core.wire.WireWriter;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes one snapshot at a time while the server goes on: each turn encodes a bounded slice, and only a bounded number
 * of slices waits for the disk. The file gets its name after its content is durable, so a crash leaves no snapshot or a
 * whole one (quorum protocol 9.5). When the disk fails, the snapshot is given up and the server lives on.
 */
public final class SnapshotWriter {

    /**
     * Written and not forced at most. A file system may have to write all of it before it can force anything else, and
     * then the log waits for the whole snapshot: this server's, or that of another one on the same disk.
     */
    static final int UNFORCED_BYTES = 2 << 20;

    private final Disk bulk;
    private final TicketSource tickets;
    private final SnapshotOptions options;
    /** Commands that the disk has not completed, in order. */
    private final ArrayDeque<Command> underWay = new ArrayDeque<>();
    /** Buffers that are free. */
    private final ArrayDeque<WireWriter> spare = new ArrayDeque<>();
    /** Buffers made for this snapshot, free or under way: a small one needs few. Never more than the options allow. */
    private int buffers;

    private @Nullable Job job;
    private @Nullable SnapshotOutcome lastOutcome;

    /** A disk command. @param slice what it writes; null for other commands */
    private record Command(long ticket, @Nullable WireWriter slice) {}

    /** Each step begins when the disk has completed all commands of the one before. */
    private enum Step {
        WRITING,
        FORCING,
        RENAMING,
        /** The disk has failed; the temporary file goes. */
        GIVING_UP,
        DELETING
    }

    /** One snapshot in the making. */
    private static final class Job {
        private final SnapshotFile file;
        private final SnapshotEncoder encoder;
        private final TreeCursor cursor;
        private final SnapshotSeals seals = new SnapshotSeals();
        private Step step = Step.WRITING;
        private long sizeBytes;
        /** Of these, covered by a force that has been issued. */
        private long forcingBytes;

        private DiskOutcome.@Nullable Failed failure;

        private Job(TreeCursor cursor, List<OpenSession> sessions) {
            this.file = SnapshotFile.of(cursor.zxid());
            this.encoder = new SnapshotEncoder(cursor, sessions);
            this.cursor = cursor;
        }
    }

    /** @param bulk a lane that the log does not wait for */
    public SnapshotWriter(Disk bulk, TicketSource tickets, SnapshotOptions options) {
        this.bulk = bulk;
        this.tickets = tickets;
        this.options = options;
    }

    /**
     * Starts a snapshot of a frozen tree. Requires that none is active.
     *
     * @param cursor not yet moved
     * @param sessions as of the freeze, in an order that the inputs define; must not change afterwards
     */
    public void begin(TreeCursor cursor, List<OpenSession> sessions) {
        Verify.that(job == null, "one snapshot at a time");
        Job begun = new Job(cursor, sessions);
        job = begun;
        lastOutcome = null;
        // A crash may have left a longer file of this name.
        bulk.delete(next(null), begun.file.temporaryFile());
    }

    /** Whether a snapshot is being written or given up. */
    public boolean isActive() {
        return job != null;
    }

    /** Whether {@link #endOfTurn} would encode something now: the disk keeps up and not everything is encoded. */
    public boolean wantsTurn() {
        Job active = job;
        return active != null && active.step == Step.WRITING && !active.encoder.isComplete() && hasBuffer();
    }

    private boolean hasBuffer() {
        return !spare.isEmpty() || buffers < options.slicesInFlight();
    }

    private WireWriter takeBuffer() {
        WireWriter free = spare.poll();
        if (free != null) {
            free.clear();
            return free;
        }
        buffers++;
        return new WireWriter(options.bytesPerTurn() + 1024);
    }

    /** How the last snapshot ended; null before the first end and while one is active. */
    public @Nullable SnapshotOutcome lastOutcome() {
        return lastOutcome;
    }

    /** Encodes the next slice, if there is one and the disk keeps up. */
    public void endOfTurn() {
        Job active = job;
        if (active == null || !wantsTurn()) {
            return;
        }
        WireWriter slice = takeBuffer();
        encode(active, slice);
        bulk.write(next(slice), active.file.temporaryFile(), active.sizeBytes, slice.written());
        active.sizeBytes += slice.size();
        if (active.sizeBytes - active.forcingBytes >= UNFORCED_BYTES) {
            active.forcingBytes = active.sizeBytes;
            bulk.force(next(null), active.file.temporaryFile());
        }
    }

    private void encode(Job active, WireWriter slice) {
        if (active.sizeBytes == 0) {
            SnapshotFormat.writeHeader(slice);
        }
        active.encoder.encode(slice, options.bytesPerTurn());
        int summed = active.seals.sum(slice, 0);
        if (active.encoder.isComplete()) {
            active.seals.write(slice, summed, active.cursor.zxid(), active.cursor.digest());
        }
    }

    private long next(@Nullable WireWriter slice) {
        long ticket = tickets.next();
        underWay.add(new Command(ticket, slice));
        return ticket;
    }

    /** A disk command has ended; false when it was not one of these. */
    public boolean onDiskCompleted(long ticket, DiskOutcome outcome) {
        Command first = underWay.peek();
        Job active = job;
        if (first == null || active == null || first.ticket() != ticket) {
            return false;
        }
        underWay.remove();
        if (first.slice() != null) {
            spare.add(first.slice());
        }
        if (outcome instanceof DiskOutcome.Failed failed && active.failure == null) {
            active.failure = failed;
            active.step = Step.GIVING_UP;
        }
        if (underWay.isEmpty()) {
            advance(active);
        }
        return true;
    }

    private void advance(Job active) {
        DiskFile temporary = active.file.temporaryFile();
        switch (active.step) {
            case WRITING -> {
                if (active.encoder.isComplete()) {
                    active.step = Step.FORCING;
                    bulk.force(next(null), temporary);
                }
            }
            case FORCING -> {
                active.step = Step.RENAMING;
                bulk.rename(next(null), temporary, active.file.diskFile());
            }
            case GIVING_UP -> {
                active.step = Step.DELETING;
                bulk.delete(next(null), temporary);
            }
            case RENAMING, DELETING -> finish(active);
        }
    }

    private void finish(Job active) {
        lastOutcome = new SnapshotOutcome(active.file, active.sizeBytes, active.failure);
        job = null;
        spare.clear();
        buffers = 0;
    }
}
