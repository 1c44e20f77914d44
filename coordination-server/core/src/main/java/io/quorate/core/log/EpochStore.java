package io.quorate.core.log;

import io.quorate.core.port.Disk;
import io.quorate.core.port.DiskOutcome;
import io.quorate.core.port.TicketSource;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The two epochs of a member, and their files while the server runs (quorum protocol 0.3, 9.7). A change counts from
 * the moment that it is durable; whoever asked is told then and must not promise anything before.
 */
public final class EpochStore {

    /** What follows a change. */
    public interface Outcome {
        void onDurable();

        /** There was no room: nothing has changed. */
        void onRefused(String reason);
    }

    private final Disk lane;
    private final TicketSource tickets;
    /** Tickets under way, oldest first. */
    private final ArrayDeque<Step> underWay = new ArrayDeque<>();

    private long accepted;
    private long current;
    private @Nullable String fatal;

    /** @param last whether the change is complete with this step */
    private record Step(long ticket, Change change, boolean last) {}

    /** A change that is being made. */
    private static final class Change {
        private final EpochFile file;
        private final long epoch;
        private final Outcome outcome;
        private @Nullable String refusal;

        private Change(EpochFile file, long epoch, Outcome outcome) {
            this.file = file;
            this.epoch = epoch;
            this.outcome = outcome;
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

    /** Promises an epoch; at once where it has been promised before. */
    public void accept(long epoch, Outcome outcome) {
        change(EpochFile.ACCEPTED, accepted, epoch, outcome);
    }

    /** Enters an epoch: its initial history must be durable already. */
    public void enter(long epoch, Outcome outcome) {
        change(EpochFile.CURRENT, current, epoch, outcome);
    }

    private void change(EpochFile file, long now, long epoch, Outcome outcome) {
        if (now == epoch) {
            outcome.onDurable();
            return;
        }
        Change change = new Change(file, epoch, outcome);
        // What a crash left of an earlier change may be longer than what is written now.
        lane.delete(next(change, false), file.temporary());
        lane.write(next(change, false), file.temporary(), 0, EpochFile.encode(epoch));
        lane.force(next(change, false), file.temporary());
        lane.rename(next(change, true), file.temporary(), file.file());
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
        if (step.last && fatal == null) {
            finish(step.change);
        }
        return true;
    }

    private void note(Change change, DiskOutcome.Failed failed) {
        if (failed.cause() == DiskOutcome.Cause.NO_SPACE || change.refusal != null) {
            change.refusal = failed.message();
        } else {
            fatal = "Epoch file " + change.file.file() + ": " + failed.message()
                    + ". Nobody knows what the disk holds now, so the server must stop; check the disk before starting "
                    + "again.";
        }
    }

    private void finish(Change change) {
        if (change.refusal != null) {
            change.outcome.onRefused(change.refusal);
            return;
        }
        if (change.file == EpochFile.ACCEPTED) {
            accepted = change.epoch;
        } else {
            current = change.epoch;
        }
        change.outcome.onDurable();
    }

    /** Whether a change is on its way. */
    public boolean isBusy() {
        return !underWay.isEmpty();
    }

    /** Why the server must stop; null while all is well. */
    public @Nullable String fatalFailure() {
        return fatal;
    }
}
