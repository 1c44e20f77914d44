package io.quorate.core.replica;

import io.quorate.core.log.EpochStore;
import io.quorate.core.port.Disk;
import io.quorate.core.port.DiskOutcome;
import io.quorate.core.port.ServerEvents;
import io.quorate.core.port.TicketSource;
import io.quorate.core.session.SessionTable;
import io.quorate.core.snapshot.OpenSession;
import io.quorate.core.snapshot.SnapshotIntake;
import io.quorate.core.zab.Database;
import io.quorate.core.zab.StateInstaller;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the whole state of a member: by its leader's snapshot, or by what is left of its own history when the end
 * of it has to go. Nothing in memory is newer than the disk at any moment (quorum protocol I5).
 */
final class StateReplacement implements StateInstaller {

    private static final long NO_TICKET = -1;
    /** That all went well is told with {@link ServerEvents#stateReplaced}. */
    private static final Consumer<String> NOT_REPORTED = line -> {};

    private final ReplicaOptions options;
    private final Database database;
    private final Snapshots snapshots;
    private final EpochStore epochs;
    private final Lanes lanes;
    private final ServerEvents events;

    /** Receives a snapshot, finished or given up, until the disk has completed all of it. */
    private final List<SnapshotIntake> intakes = new ArrayList<>();

    private @Nullable Truncation truncation;

    /** Where it all goes. */
    record Lanes(Disk log, Disk bulk, TicketSource tickets) {}

    /** A truncation that waits for the disk to fall quiet, or is under way. */
    private static final class Truncation {
        private final long toZxid;
        private final TruncateOutcome outcome;
        private long ticket = NO_TICKET;
        /** What is left; null where nothing was cut. Written by the lane, read after its completion. */
        private @Nullable RecoveredState loaded;
        /** What the loading found worth a warning; written and read like the state. */
        private final List<String> warnings = new ArrayList<>();

        private Truncation(long toZxid, TruncateOutcome outcome) {
            this.toZxid = toZxid;
            this.outcome = outcome;
        }
    }

    StateReplacement(
            ReplicaOptions options,
            Database database,
            Snapshots snapshots,
            EpochStore epochs,
            Lanes lanes,
            ServerEvents events) {
        this.options = options;
        this.database = database;
        this.snapshots = snapshots;
        this.epochs = epochs;
        this.lanes = lanes;
        this.events = events;
    }

    @Override
    public SnapshotIntake receive(long zxid) {
        SnapshotIntake intake =
                new SnapshotIntake(lanes.bulk, lanes.tickets, database.tree().kinds(), zxid);
        intakes.add(intake);
        return intake;
    }

    @Override
    public boolean mayInstall() {
        return !snapshots.isActive();
    }

    @Override
    public void install(SnapshotIntake received) {
        SessionTable sessions = new SessionTable();
        for (OpenSession session : received.sessions()) {
            sessions.open(session.id(), session.timeoutMillis());
        }
        received.onInstalled();
        snapshots.onInstalled(received.file());
        database.replace(received.tree(), sessions, received.file().zxid());
        events.stateReplaced(received.file().zxid(), "the leader's snapshot");
    }

    @Override
    public void truncate(long toZxid, TruncateOutcome outcome) {
        truncation = new Truncation(toZxid, outcome);
        snapshots.hold(true);
    }

    /** Begins a truncation once nothing else is under way on the files that it touches. */
    void endOfTurn() {
        intakes.removeIf(SnapshotIntake::isOver);
        Truncation waiting = truncation;
        if (waiting != null && waiting.ticket == NO_TICKET && isDiskQuiet()) {
            waiting.ticket = lanes.tickets.next();
            lanes.log.examine(
                    waiting.ticket,
                    image -> waiting.loaded = new DataLoading(options, image, NOT_REPORTED, waiting.warnings::add)
                            .truncateAndLoad(waiting.toZxid));
        }
    }

    private boolean isDiskQuiet() {
        return !database.log().hasPending() && !snapshots.isActive() && !epochs.isBusy();
    }

    /** False when the ticket is not one of these. */
    boolean onDiskCompleted(long ticket, DiskOutcome outcome) {
        for (SnapshotIntake intake : intakes) {
            if (intake.onDiskCompleted(ticket, outcome)) {
                return true;
            }
        }
        Truncation done = truncation;
        if (done == null || done.ticket != ticket) {
            return false;
        }
        truncation = null;
        finish(done, outcome);
        return true;
    }

    private void finish(Truncation done, DiskOutcome outcome) {
        done.warnings.forEach(events::loadingWarned);
        RecoveredState loaded = done.loaded;
        if (loaded == null) {
            snapshots.hold(false);
            if (outcome instanceof DiskOutcome.Failed failed) {
                done.outcome.onFailed(failed.message());
            } else {
                done.outcome.onNotHeld();
            }
            return;
        }
        snapshots.onReloaded(new Snapshots.Found(loaded.catalog(), loaded.segments()));
        database.replace(loaded.tree(), loaded.sessions(), loaded.tree().lastZxid());
        events.stateReplaced(loaded.tree().lastZxid(), "its own history, cut on the leader's order");
        done.outcome.onTruncated();
    }

    /**
     * Why the server must stop: nobody knows whether a leader's snapshot has its name, so whether the state in memory
     * is what the next start would load. Null while all is well.
     */
    @Nullable
    String fatalFailure() {
        for (SnapshotIntake intake : intakes) {
            if (intake.isCommitting() && intake.failure() != null) {
                return "Snapshot of the leader: rename to " + intake.file().diskFile() + " failed: " + intake.failure()
                        + ". Nobody knows what the disk holds now, so the server must stop and recover from it; check"
                        + " the disk before starting again.";
            }
        }
        return null;
    }

    /** Whether the state on disk is changing under the one in memory: no role may change meanwhile. */
    boolean isBusy() {
        boolean committing = false;
        for (SnapshotIntake intake : intakes) {
            committing |= intake.isCommitting();
        }
        return truncation != null || committing;
    }

    /**
     * Whether nothing is on its way that could change what this member has. The first snapshot belongs to that: without
     * it, a member that has entered an epoch would look at its next start like one that has lost its data.
     */
    boolean isQuiet() {
        boolean isFounded = snapshots.hasBase() || database.isDoubted();
        return isFounded && !isBusy() && !database.log().hasPending() && !epochs.isBusy();
    }
}
