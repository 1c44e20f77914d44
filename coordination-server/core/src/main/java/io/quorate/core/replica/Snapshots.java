package io.quorate.core.replica;

import io.quorate.core.base.TurnTime;
import io.quorate.core.log.LogWriter;
import io.quorate.core.log.SegmentCatalog;
import io.quorate.core.port.Disk;
import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskOutcome;
import io.quorate.core.port.RandomSource;
import io.quorate.core.port.ServerEvents;
import io.quorate.core.port.TicketSource;
import io.quorate.core.session.Session;
import io.quorate.core.snapshot.OpenSession;
import io.quorate.core.snapshot.Retention;
import io.quorate.core.snapshot.SnapshotCatalog;
import io.quorate.core.snapshot.SnapshotFile;
import io.quorate.core.snapshot.SnapshotOptions;
import io.quorate.core.snapshot.SnapshotOutcome;
import io.quorate.core.snapshot.SnapshotWriter;
import io.quorate.core.zab.Database;
import java.util.ArrayList;
import java.util.List;

/**
 * When a snapshot is taken, and which files go afterwards. A server without any snapshot takes one before it logs
 * anything: a log without a base would be refused at the next start, here and by the reference.
 */
final class Snapshots {

    private final Database database;
    private final TurnTime time;
    private final ServerEvents events;
    private final LogWriter log;
    private final SnapshotWriter writer;
    private final Disk bulk;
    private final TicketSource tickets;
    private final RandomSource random;
    private final ReplicaOptions.Storage options;
    private SnapshotCatalog catalog;
    /** First zxids of the log files on disk, ascending. */
    private final List<Long> segments;

    private static final long RETRY_NANOS = 5_000_000_000L;
    /**
     * The number of transactions alone makes a snapshot due only when the log behind the last one has this part of its
     * size. Otherwise a large tree would be written again and again for a few changes, a dozen bytes for each byte of
     * the log; the next start replays little more for it.
     */
    private static final long SNAPSHOT_BYTES_PER_LOG_BYTE = 4;

    private boolean requested;
    /** Whether the state is being replaced. */
    private boolean held;
    /** After a failure the next one waits: a disk that is full does not get better by being asked at once. */
    private long notBeforeNanos;
    /** Records after which the next one is due; drawn anew each time, so that members do not take theirs together. */
    private long dueRecords;

    private long dueBytes;
    /** Records and bytes in segments that were closed for their size since the last snapshot. */
    private long earlierRecords;

    private long earlierBytes;
    /** Of the last snapshot that was taken here; 0 before the first. */
    private long lastSnapshotBytes;

    /** What recovery found. */
    record Found(SnapshotCatalog catalog, List<Long> segments) {}

    /** Where snapshots go. */
    record Lane(Disk bulk, TicketSource tickets, RandomSource random, TurnTime time) {}

    Snapshots(Database database, Lane lane, ReplicaOptions.Storage options, Found found, ServerEvents events) {
        this.database = database;
        this.events = events;
        log = database.log();
        time = lane.time;
        bulk = lane.bulk;
        tickets = lane.tickets;
        random = lane.random;
        this.options = options;
        catalog = found.catalog;
        segments = new ArrayList<>(found.segments);
        writer = new SnapshotWriter(bulk, tickets, SnapshotOptions.DEFAULT);
        requested = !hasBase();
        notBeforeNanos = time.nanos();
        drawThresholds();
        catalog.leftovers().forEach(this::delete);
    }

    /** Whether there is a snapshot that the log can build upon. */
    boolean hasBase() {
        return !catalog.isEmpty();
    }

    /** While the state is being replaced no snapshot of it is begun. */
    void hold(boolean whether) {
        held = whether;
    }

    /**
     * A leader's snapshot is the base now: the log begins behind it, and nothing of the old one is needed.
     *
     * <p>The old history goes on the log lane, before an epoch is entered with the new one, and its end first: until a
     * snapshot beyond the leader's is gone, a start finds the old history up to there; and no log ever builds upon the
     * leader's snapshot that belongs to another.
     */
    void onInstalled(SnapshotFile file) {
        noteSegment();
        for (int i = segments.size() - 1; i >= 0; i--) {
            log.discard(SegmentCatalog.fileOf(segments.get(i)));
        }
        segments.clear();
        for (SnapshotFile beyond : catalog.newerThan(file.zxid())) {
            log.discard(beyond.diskFile());
            catalog.removed(beyond);
        }
        catalog.added(file);
        lastSnapshotBytes = 0;
        requested = false;
    }

    /** The disk has been read anew. */
    void onReloaded(Found found) {
        catalog = found.catalog;
        segments.clear();
        segments.addAll(found.segments);
        lastSnapshotBytes = 0;
        requested = !hasBase();
        held = false;
    }

    boolean isActive() {
        return writer.isActive();
    }

    void request() {
        requested = true;
    }

    /** Zxid of the newest complete snapshot; -1 before the first. */
    long lastZxid() {
        List<SnapshotFile> files = catalog.newestFirst();
        return files.isEmpty() ? -1 : files.get(0).zxid();
    }

    long nextDeadlineNanos(long nowNanos) {
        if (writer.isActive()) {
            return writer.wantsTurn() ? nowNanos : Long.MAX_VALUE;
        }
        return requested && mayBegin() ? Math.max(nowNanos, notBeforeNanos) : Long.MAX_VALUE;
    }

    /** Takes the file that the log is at into the list. At most one is begun in a turn. */
    private void noteSegment() {
        long current = log.segmentFirstZxid();
        if (current > 0 && !segments.contains(current)) {
            segments.add(current);
        }
    }

    void endOfTurn() {
        noteSegment();
        if (options.segmentBytes() > 0 && log.bytesSinceRoll() > options.segmentBytes()) {
            earlierRecords += log.recordsSinceRoll();
            earlierBytes += log.bytesSinceRoll();
            log.roll();
        }
        if (!writer.isActive() && mayBegin() && isDue()) {
            begin();
        }
        writer.endOfTurn();
    }

    /** A snapshot of what is doubted would make the next start believe in it. */
    private boolean mayBegin() {
        return !held && !database.isDoubted();
    }

    private boolean isDue() {
        return time.nanos() - notBeforeNanos >= 0 && isWanted();
    }

    private boolean isWanted() {
        long records = earlierRecords + log.recordsSinceRoll();
        long bytes = earlierBytes + log.bytesSinceRoll();
        boolean isWorthIt = bytes >= lastSnapshotBytes / SNAPSHOT_BYTES_PER_LOG_BYTE;
        return requested || records > dueRecords && isWorthIt || dueBytes > 0 && bytes > dueBytes;
    }

    private void begin() {
        requested = false;
        earlierRecords = 0;
        earlierBytes = 0;
        drawThresholds();
        if (hasBase()) {
            log.roll();
        }
        List<OpenSession> sessions = new ArrayList<>(database.sessions().size());
        for (Session session : database.sessions().inIdOrder()) {
            sessions.add(new OpenSession(session.id(), session.timeoutMillis()));
        }
        writer.begin(database.tree().freeze(), sessions);
        events.snapshotStarted(database.tree().lastZxid());
    }

    void onDiskCompleted(long ticket, DiskOutcome outcome) {
        boolean wasActive = writer.isActive();
        writer.onDiskCompleted(ticket, outcome);
        SnapshotOutcome last = writer.lastOutcome();
        if (wasActive && !writer.isActive() && last != null) {
            finished(last);
        }
    }

    private void finished(SnapshotOutcome outcome) {
        DiskOutcome.Failed failure = outcome.failure();
        if (failure != null) {
            requested = true;
            notBeforeNanos = time.nanos() + RETRY_NANOS;
            events.snapshotFailed(outcome.file().zxid(), failure.message());
            return;
        }
        catalog.added(outcome.file());
        lastSnapshotBytes = outcome.sizeBytes();
        events.snapshotFinished(outcome.file().zxid(), outcome.sizeBytes());
        if (options.retainedSnapshots() > 0) {
            purge();
        }
    }

    private void purge() {
        noteSegment();
        List<String> names = new ArrayList<>();
        for (long segment : segments) {
            names.add(SegmentCatalog.fileOf(segment).name());
        }
        Retention retention = catalog.retained(options.retainedSnapshots(), names);
        for (SnapshotFile snapshot : retention.snapshots()) {
            delete(snapshot.diskFile());
            catalog.removed(snapshot);
        }
        for (DiskFile file : retention.logs()) {
            delete(file);
            segments.remove(SegmentCatalog.zxidOf(file.name()));
        }
    }

    /** A file that cannot be deleted only takes space; it is found again at the next start. */
    private void delete(DiskFile file) {
        bulk.delete(tickets.next(), file);
        events.filePurged(file);
    }

    private void drawThresholds() {
        long half = options.snapCount() / 2;
        dueRecords = half + random.below(Math.max(1, half));
        long halfBytes = options.snapSizeBytes() / 2;
        dueBytes = halfBytes <= 0 ? 0 : halfBytes + random.below(halfBytes);
    }
}
