package io.quorate.core.log;

import io.quorate.core.port.Disk;
import io.quorate.core.port.DiskOutcome;
import io.quorate.core.port.TicketSource;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The two epochs of a member, and their files while the server runs (quorum protocol 0.3, 9.7). A change counts from
 * the moment that it is durable; whoever asked is told then and must not promise anything before.
 */
public final class EpochStore {

    private final Disk lane;
    private final TicketSource tickets;
    /** Tickets of the first change, oldest first. */
    private final ArrayDeque<Step> underWay = new ArrayDeque<>();
    /** One at a time, oldest first. */
    private final ArrayDeque<Change> changes = new ArrayDeque<>();

    private long accepted;
    private long current;
    private @Nullable String fatal;

    /** @param last whether the change is complete with this step */
    private record Step(long ticket, Change change, boolean last) {}

    /** A change that is being made. */
    private static final class Change {
        private final EpochFile file;
        private final long epoch;
        private final Runnable durable;
        private final Consumer<String> refused;
        private @Nullable String refusal;

        private Change(EpochFile file, long epoch, Runnable durable, Consumer<String> refused) {
            this.file = file;
            this.epoch = epoch;
            this.durable = durable;
            this.refused = refused;
        }
    }

    public EpochStore(Disk lane, TicketSource tickets, long accepted, long current) {
        this.lane = lane;
        this.tickets = tickets;
        this.accepted = accepted;
        this.current = current;
    }

    /** The highest epoch that this member has durably promised not to go below. */
    public long accepted() {
        return accepted;
    }

    /** The epoch whose initial history this member durably holds. */
    public long current() {
        return current;
    }

    /**
     * Promises an epoch.
     *
     * @param durable what follows; at once where it has been promised before
     * @param refused told why when there was no room, and nothing has changed
     */
    public void accept(long epoch, Runnable durable, Consumer<String> refused) {
        change(accepted, new Change(EpochFile.ACCEPTED, epoch, durable, refused));
    }

    /** Enters an epoch, in the same way: its initial history must be durable already. */
    public void enter(long epoch, Runnable durable, Consumer<String> refused) {
        change(current, new Change(EpochFile.CURRENT, epoch, durable, refused));
    }

    private void change(long now, Change change) {
        if (now == change.epoch) {
            change.durable.run();
            return;
        }
        changes.addLast(change);
        if (changes.size() == 1) {
            begin(change);
        }
    }

    private void begin(Change change) {
        EpochFile file = change.file;
        // What a crash left of an earlier change may be longer than what is written now.
        lane.delete(next(change, false), file.temporary());
        lane.write(next(change, false), file.temporary(), 0, EpochFile.encode(change.epoch));
        lane.force(next(change, false), file.temporary());
    }

    /** Only behind a force that has succeeded: a lane goes on behind one that has not, and a good file would go. */
    private void replace(Change change) {
        lane.rename(next(change, true), change.file.temporary(), change.file.file());
    }

    private long next(Change change, boolean last) {
        long ticket = tickets.next();
        underWay.addLast(new Step(ticket, change, last));
        return ticket;
    }

    /** False when the ticket is not one of these. */
    public boolean onDiskCompleted(long ticket, DiskOutcome outcome) {
        Step step = underWay.peekFirst();
        if (step == null || step.ticket != ticket) {
            return false;
        }
        underWay.removeFirst();
        if (outcome instanceof DiskOutcome.Failed failed) {
            note(step.change, failed);
        }
        if (fatal == null && underWay.isEmpty()) {
            if (step.last || step.change.refusal != null) {
                finish(step.change);
            } else {
                replace(step.change);
            }
        }
        return true;
    }

    private void note(Change change, DiskOutcome.Failed failed) {
        if (failed.cause() == DiskOutcome.Cause.NO_SPACE || change.refusal != null) {
            change.refusal = "no room for the epoch file: " + failed.message();
        } else {
            fatal = "Epoch file " + change.file.file() + ": " + failed.message()
                    + ". Nobody knows what the disk holds now, so the server must stop; check the disk before starting "
                    + "again.";
        }
    }

    private void finish(Change change) {
        changes.removeFirst();
        Change next = changes.peekFirst();
        if (next != null) {
            begin(next);
        }
        if (change.refusal != null) {
            change.refused.accept(change.refusal);
            return;
        }
        if (change.file == EpochFile.ACCEPTED) {
            accepted = change.epoch;
        } else {
            current = change.epoch;
        }
        change.durable.run();
    }

    /** Whether a change is on its way. */
    public boolean isBusy() {
        return !changes.isEmpty();
    }

    /** Why the server must stop; null while all is well. */
    public @Nullable String fatalFailure() {
        return fatal;
    }
}
