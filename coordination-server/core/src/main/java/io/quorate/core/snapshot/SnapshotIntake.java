package io.quorate.core.snapshot;

import io.quorate.core.base.Verify;
import io.quorate.core.port.Disk;
import io.quorate.core.port.DiskOutcome;
import io.quorate.core.port.TicketSource;
import io.quorate.core.tree.DataTree;
import io.quorate.core.tree.NodeKinds;
import io.quorate.core.wire.MalformedRecord;
import io.quorate.core.wire.WireReader;
import io.quorate.core.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A leader's snapshot as it arrives: decoded into a tree and written to a file in the same pass. The file gets its name
 * when all of it is durable; until then nothing of what this server had is touched (quorum protocol 4.6, 4.8).
 */
public final class SnapshotIntake {

    /** What ends the stream of a snapshot between members, and no file (quorum protocol 4.8). */
    public static final String SIGNATURE = "BenWasHere";

    private static final int SLICE_BYTES = 256 << 10;
    /** Beyond this many commands under way no more is taken from the stream. */
    private static final int MAX_UNDER_WAY = 32;

    private final Disk bulk;
    private final TicketSource tickets;
    private final SnapshotFile file;
    private final SnapshotDecoder decoder;
    private final SnapshotSeals seals = new SnapshotSeals();
    private final ArrayDeque<Long> underWay = new ArrayDeque<>();
    private WireWriter slice = new WireWriter(SLICE_BYTES + 1024);
    private long sizeBytes;
    /** Of these, covered by a force that has been issued. */
    private long forcingBytes;

    private @Nullable DataTree tree;
    private @Nullable String failure;
    private boolean abandoned;
    private boolean installed;
    private Step step = Step.RECEIVING;

    /** Each begins when the disk has completed all commands of the one before. */
    private enum Step {
        RECEIVING,
        WRITING,
        FORCING,
        RENAMING,
        DURABLE
    }

    /**
     * Begins to receive.
     *
     * @param zxid what the leader says its tree stands at
     */
    public SnapshotIntake(Disk bulk, TicketSource tickets, NodeKinds kinds, long zxid) {
        this.bulk = bulk;
        this.tickets = tickets;
        file = SnapshotFile.of(zxid);
        decoder = new SnapshotDecoder(kinds);
        bulk.delete(next(), file.temporaryFile());
        SnapshotFormat.writeHeader(slice);
    }

    /** Whether the disk keeps up: bytes may be offered. */
    public boolean takesBytes() {
        return step == Step.RECEIVING && underWay.size() < MAX_UNDER_WAY && failure == null;
    }

    /**
     * Uses as much as it can of what has arrived.
     *
     * @throws MalformedRecord when it is no snapshot
     */
    public void accept(ByteBuffer unread) {
        while (takesBytes() && !decoder.isComplete()) {
            int start = unread.position();
            int end = unread.limit();
            // A slice at a time, so that a write never holds more; a single element may be larger than that.
            unread.limit(Math.min(end, start + SLICE_BYTES));
            decoder.decode(unread);
            if (unread.position() == start && unread.limit() < end) {
                unread.limit(end);
                decoder.decode(unread);
            }
            int used = unread.position() - start;
            unread.limit(end);
            if (used == 0) {
                return;
            }
            slice.writeRaw(unread.duplicate().position(start).limit(start + used));
            writeIfFull();
        }
        if (decoder.isComplete() && step == Step.RECEIVING) {
            acceptSignature(unread);
        }
    }

    private void writeIfFull() {
        if (slice.size() >= SLICE_BYTES) {
            seals.sum(slice, 0);
            write();
        }
    }

    private void write() {
        ByteBuffer bytes = slice.written();
        long offset = sizeBytes;
        sizeBytes += bytes.remaining();
        bulk.write(next(), file.temporaryFile(), offset, bytes);
        if (sizeBytes - forcingBytes >= SnapshotWriter.UNFORCED_BYTES) {
            forcingBytes = sizeBytes;
            bulk.force(next(), file.temporaryFile());
        }
        slice = new WireWriter(SLICE_BYTES + 1024);
    }

    private void acceptSignature(ByteBuffer unread) {
        if (unread.remaining() < Integer.BYTES + SIGNATURE.length()) {
            return;
        }
        String text = new WireReader(unread).readString();
        if (!SIGNATURE.equals(text)) {
            throw new MalformedRecord("a snapshot that ends with " + text);
        }
        DataTree received = decoder.finish(file.zxid());
        tree = received;
        int summed = seals.sum(slice, 0);
        seals.write(slice, summed, file.zxid(), received.digest());
        write();
        step = Step.WRITING;
    }

    private long next() {
        long ticket = tickets.next();
        underWay.addLast(ticket);
        return ticket;
    }

    /** False when the ticket is not one of these. */
    public boolean onDiskCompleted(long ticket, DiskOutcome outcome) {
        Long first = underWay.peekFirst();
        if (first == null || first != ticket) {
            return false;
        }
        underWay.removeFirst();
        if (outcome instanceof DiskOutcome.Failed failed && failure == null) {
            failure = failed.message();
        }
        if (underWay.isEmpty() && failure == null && !abandoned) {
            advance();
        }
        return true;
    }

    private void advance() {
        switch (step) {
            case WRITING -> {
                step = Step.FORCING;
                bulk.force(next(), file.temporaryFile());
            }
            case FORCING -> {
                step = Step.RENAMING;
                bulk.rename(next(), file.temporaryFile(), file.diskFile());
            }
            case RENAMING -> step = Step.DURABLE;
            case RECEIVING, DURABLE -> {
                // nothing to begin
            }
        }
    }

    /**
     * Gives up what has not become durable; the temporary file goes. Not while {@link #isCommitting}: a snapshot that
     * has its name is what the next start would load, so it has to be installed.
     */
    public void abandon() {
        Verify.that(!isCommitting(), "a snapshot that is getting its name is not abandoned");
        abandoned = true;
        bulk.delete(next(), file.temporaryFile());
    }

    /** Whether the file is getting its name, or has it and waits to be installed. */
    public boolean isCommitting() {
        return step == Step.RENAMING || step == Step.DURABLE && !installed;
    }

    /** It is the state of this server now. */
    public void onInstalled() {
        installed = true;
    }

    /** Whether nothing more will come of it. */
    public boolean isOver() {
        return underWay.isEmpty() && (abandoned || installed);
    }

    /** Whether the file has its name, durably. */
    public boolean isDurable() {
        return step == Step.DURABLE;
    }

    /** Why it cannot be written; null while all is well. */
    public @Nullable String failure() {
        return failure;
    }

    public SnapshotFile file() {
        return file;
    }

    /** What has been received. Requires that it is durable. */
    public DataTree tree() {
        if (tree == null || step != Step.DURABLE) {
            throw new IllegalStateException("the snapshot has not arrived");
        }
        return tree;
    }

    public List<OpenSession> sessions() {
        return decoder.sessions();
    }
}
