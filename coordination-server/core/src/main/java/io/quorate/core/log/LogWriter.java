package io.quorate.core.log;

import io.quorate.core.base.Verify;
import io.quorate.core.port.Disk;
import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskOutcome;
import io.quorate.core.port.TicketSource;
import io.quorate.core.txn.Zxid;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Appends transactions to the log. What a turn appends is written and forced together at its end, while earlier forces
 * may still be under way; the lane merges those that queue up.
 *
 * <p><b>Space.</b> No record is taken unless its bytes are reserved already, so a full disk is found out by a reserve
 * command, never by a record: {@link #acceptsAppends} turns false, what was taken before still becomes durable, and the
 * reservation is repeated until it succeeds. Any other failure is fatal ({@link #fatalFailure}).
 *
 * <p><b>Segments.</b> A spare segment with its header and its first space lies ready, durable, under a name that
 * recovery ignores. The first record after {@link #roll} takes it: once everything in the old segment is durable, that
 * is forced a last time and the spare is renamed, and once it is renamed, records are written to it. Meanwhile they
 * collect in memory, so a roll delays them by the force under way, another one and a rename, and refuses none. In
 * return a crash leaves no choice: a segment's name proves that everything before its first record is durable, and a
 * named segment has a valid header. While there is no spare yet, because the last roll was a moment ago or the disk is
 * full, a roll waits and the old segment goes on. An old segment keeps the zeros behind its last record, as the
 * reference's do: cutting them would cost a force and save at most one reservation.
 *
 * <p><b>Durable mark.</b> See {@link LogFormat}: what has been reported durable is noted in the segment's header, once
 * it is {@link #UNMARKED_BYTES} or {@link #UNMARKED_NANOS} old. Not with every batch: it lies far from the records, so
 * it makes two writes of one, and a force that waits for both.
 */
public final class LogWriter {

    /** Durable bytes that no mark covers before one is written at once, and how long fewer of them wait for it. */
    static final int UNMARKED_BYTES = 64 << 10;

    static final long UNMARKED_NANOS = 100_000_000L;

    /** What a record needs besides its payload. */
    public static final int RECORD_OVERHEAD_BYTES = LogFormat.PREFIX_BYTES + 1;

    private final LogOptions options;
    private final SpaceRetry.Clock clock;
    private final LogLane lane;
    private final BatchBuffers buffers;
    private final LogBatch batch;
    private final SpareSegment spare;
    private final SpaceRetry naming;

    /** Receives appends; null before the first one. */
    private @Nullable Segment segment;

    /** The one before, until the new one bears its name. */
    private @Nullable Segment previous;

    /** Whether nothing more will come: what is durable is marked at once. */
    private boolean finishing;

    private boolean namingUnderWay;
    private boolean rollWanted;

    /** Invariant: {@code durableZxid <= forcingZxid <= lastZxid}. */
    private long lastZxid;

    /** Covered by a force that has been issued. */
    private long forcingZxid;

    private long durableZxid;
    private long recordsSinceRoll;
    private long bytesSinceRoll;

    /**
     * Begins to prepare the first segment: {@link #acceptsAppends} turns true when that is done.
     *
     * @param lastZxid what recovery found, or the snapshot that this server starts from: the next record follows it
     */
    public LogWriter(Disk lane, TicketSource tickets, LogOptions options, long lastZxid) {
        this.options = options;
        this.clock = new SpaceRetry.Clock(options.retryNanos());
        this.lane = new LogLane(lane, tickets);
        this.buffers = new BatchBuffers(options.batchBytes());
        this.batch = new LogBatch(buffers);
        this.spare = new SpareSegment(this.lane, clock, options);
        this.naming = new SpaceRetry(clock);
        this.lastZxid = lastZxid;
        this.forcingZxid = lastZxid;
        this.durableZxid = lastZxid;
        prepareSpare();
    }

    public void onTime(long nowNanos) {
        clock.onTime(nowNanos);
    }

    /** When {@link #endOfTurn} should run although nothing happened; {@link Long#MAX_VALUE} for never. */
    public long nextDeadlineNanos() {
        long next = Math.min(spare.nextDeadlineNanos(), naming.nextDeadlineNanos());
        Segment current = segment;
        if (current != null) {
            next = Math.min(next, current.space.nextDeadlineNanos());
            next = Math.min(next, current.mark < current.durableEnd ? markDeadlineNanos(current) : Long.MAX_VALUE);
        }
        return next;
    }

    /**
     * Whether a transaction of any permitted size may be appended now. Ask before each one. False after a fatal
     * failure, while the disk is full ({@link #isFull}), and for a moment at the start or when records came faster than
     * space could be reserved.
     */
    public boolean acceptsAppends() {
        return lane.failure() == null && !isFull() && roomBytes() >= LogFormat.recordBytes(options.maxPayloadBytes());
    }

    /** Whether a reservation was refused for lack of space and has not been granted since. */
    public boolean isFull() {
        return spare.refused() || naming.refused() || segment != null && segment.space.refused();
    }

    /**
     * Reserved bytes that the next record may use, {@link #RECORD_OVERHEAD_BYTES} and payload. More than zero on a full
     * disk too: what is reserved already may still be used.
     */
    public long roomBytes() {
        if (segment == null || rollWanted && spare.ready()) {
            return spare.ready() ? spare.bytes() - LogFormat.HEADER_BYTES : 0;
        }
        return segment.roomBytes();
    }

    /**
     * Takes one transaction into the current batch. It is durable when {@link #durableZxid} has reached it, and only if
     * {@link #endOfTurn} is called.
     *
     * @param payload header, record and digest (quorum protocol 8.1): copied, position unchanged. At most
     *     {@link LogOptions#maxPayloadBytes}, and within {@link #roomBytes}; the caller has checked both
     */
    public void append(long zxid, ByteBuffer payload) {
        int recordBytes = LogFormat.recordBytes(payload.remaining());
        Verify.that(lane.failure() == null, "no append after a fatal failure");
        Verify.that(Zxid.follows(zxid, lastZxid), "appended zxid follows the last one", zxid, lastZxid);
        Verify.that(payload.remaining() <= options.maxPayloadBytes(), "payload within limit", payload.remaining());
        Verify.that(recordBytes <= roomBytes(), "record fits reserved space", recordBytes, roomBytes());
        Segment target = segment;
        if (target == null || rollWanted && spare.ready()) {
            target = openSegment(zxid);
        }
        batch.add(payload);
        target.end += recordBytes;
        lastZxid = zxid;
        recordsSinceRoll++;
        bytesSinceRoll += recordBytes;
        if (target.named) {
            writeFullBuffers(target);
        }
    }

    private Segment openSegment(long zxid) {
        if (segment != null) {
            forceBatch(segment);
        }
        Segment next = new Segment(SegmentCatalog.fileOf(zxid), new Reservation(lane, clock, spare.bytes()));
        spare.onTaken();
        previous = segment;
        segment = next;
        rollWanted = false;
        return next;
    }

    /** Issues what the turn appended and whatever the log's own upkeep asks for. */
    public void endOfTurn() {
        if (lane.failure() != null) {
            return;
        }
        Segment current = segment;
        if (current != null && !current.named) {
            maybeName(current);
        } else if (current != null) {
            if (markIsDue(current)) {
                mark(current);
            }
            forceBatch(current);
            maybeReserve(current);
        }
        prepareSpare();
    }

    /**
     * The first one at once: no record has to pass in between, and all of them wait for it. Later ones in fewer steps
     * than the log itself, since each of theirs has a force of its own.
     */
    private void prepareSpare() {
        spare.prepare(segment == null ? Long.MAX_VALUE / 2 : 2L * options.reserveStepBytes());
    }

    /** The name must not appear before everything under earlier names is durable. */
    private void maybeName(Segment next) {
        if (namingUnderWay || durableZxid != forcingZxid || !naming.mayTry()) {
            return;
        }
        if (previous != null) {
            // Its records are durable; so are now its mark and the zeros behind them, which recovery relies on.
            mark(previous);
            lane.force(previous.file, () -> {});
            previous = null;
        }
        namingUnderWay = true;
        lane.rename(
                SegmentCatalog.SPARE,
                next.file,
                () -> {
                    namingUnderWay = false;
                    naming.onGranted();
                    next.named = true;
                    spare.onRenamed();
                },
                () -> {
                    namingUnderWay = false;
                    naming.onRefused();
                });
    }

    private boolean markIsDue(Segment current) {
        long unmarked = current.durableEnd - current.mark;
        boolean due = clock.nowNanos() - markDeadlineNanos(current) >= 0;
        return unmarked >= UNMARKED_BYTES || unmarked > 0 && due;
    }

    private long markDeadlineNanos(Segment current) {
        return finishing ? clock.nowNanos() : current.markDueNanos;
    }

    private void mark(Segment current) {
        if (current.mark < current.durableEnd) {
            current.mark = current.durableEnd;
            ByteBuffer mark = ByteBuffer.allocate(LogFormat.MARK_BYTES);
            mark.putLong(0, LogFormat.encodeMark(current.mark));
            lane.write(current.file, LogFormat.MARK_OFFSET, mark, () -> {});
        }
    }

    private void maybeReserve(Segment current) {
        if (current.roomBytes() < options.reserveAheadBytes()) {
            long step = current.space.bytes() + options.reserveStepBytes();
            current.space.growTo(current.file, Math.max(step, current.end + options.reserveAheadBytes()));
        }
    }

    private void forceBatch(Segment current) {
        if (forcingZxid == lastZxid) {
            return;
        }
        batch.closeOpen();
        writeFullBuffers(current);
        long zxid = lastZxid;
        long end = current.end;
        forcingZxid = zxid;
        lane.force(current.file, () -> {
            durableZxid = zxid;
            current.onDurable(end, clock.nowNanos() + UNMARKED_NANOS);
        });
    }

    private void writeFullBuffers(Segment current) {
        for (ByteBuffer next = batch.nextFull(); next != null; next = batch.nextFull()) {
            ByteBuffer buffer = next;
            long offset = current.issuedEnd;
            current.issuedEnd += buffer.remaining();
            lane.write(current.file, offset, buffer, () -> buffers.giveBack(buffer));
        }
    }

    /** True when the ticket is the log's own. */
    public boolean onDiskCompleted(long ticket, DiskOutcome outcome) {
        return lane.onDiskCompleted(ticket, outcome);
    }

    /** Makes the next append open a new file, as soon as one is ready. */
    public void roll() {
        rollWanted = segment != null;
        recordsSinceRoll = 0;
        bytesSinceRoll = 0;
    }

    /**
     * The history goes on behind another position: a snapshot has replaced it, or its end was cut off. Requires that
     * nothing is pending; the next record opens a new file.
     */
    public void restartAt(long zxid) {
        Verify.that(!hasPending(), "a log is restarted only when all of it is durable", durableZxid, lastZxid);
        segment = null;
        previous = null;
        rollWanted = false;
        recordsSinceRoll = 0;
        bytesSinceRoll = 0;
        lastZxid = zxid;
        forcingZxid = zxid;
        durableZxid = zxid;
    }

    /** Deletes what is no longer part of the history; behind everything asked of this lane before. */
    public void discard(DiskFile file) {
        lane.delete(file, () -> {});
    }

    /** The last transaction that would survive a crash. */
    public long durableZxid() {
        return durableZxid;
    }

    /** The last transaction appended. */
    public long lastZxid() {
        return lastZxid;
    }

    /** The server stops: after this, marking waits for no more. */
    public void finish() {
        finishing = true;
    }

    /** Whether an end now leaves nothing undone: records that are not durable, or after {@link #finish} a mark. */
    public boolean isSettled() {
        Segment current = segment;
        return !hasPending() && (!finishing || current == null || current.mark == current.durableEnd);
    }

    /** Whether something appended is not durable yet. */
    public boolean hasPending() {
        return durableZxid != lastZxid;
    }

    public long recordsSinceRoll() {
        return recordsSinceRoll;
    }

    public long bytesSinceRoll() {
        return bytesSinceRoll;
    }

    /** Why the server must stop: what failed, where, and the cause; null while all is well. */
    public @Nullable String fatalFailure() {
        return lane.failure();
    }

    /** First zxid of the segment that receives appends, as its file name has it; -1 before the first append. */
    public long segmentFirstZxid() {
        Segment current = segment;
        return current == null ? -1 : SegmentCatalog.zxidOf(current.file.name());
    }
}
