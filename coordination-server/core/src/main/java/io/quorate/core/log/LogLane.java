package io.quorate.core.log;

import io.quorate.core.port.Disk;
import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskOutcome;
import io.quorate.core.port.TicketSource;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The log's commands under way, each with what follows when it has ended well. The first one that ends otherwise stops
 * everything: from then on nothing follows from any completion, since nobody knows what the disk holds.
 */
final class LogLane {

    private static final Runnable FATAL = () -> {};

    private final Disk disk;
    private final TicketSource tickets;
    /** Oldest first, as the lane completes them. */
    private final ArrayDeque<Command> underWay = new ArrayDeque<>();

    private @Nullable String failure;

    /** @param noSpace what follows when there is no room; {@link #FATAL} where room had been reserved */
    private record Command(long ticket, String what, DiskFile file, Runnable done, Runnable noSpace) {}

    LogLane(Disk disk, TicketSource tickets) {
        this.disk = disk;
        this.tickets = tickets;
    }

    void write(DiskFile file, long offset, ByteBuffer bytes, Runnable done) {
        disk.write(begin("write", file, done, FATAL), file, offset, bytes);
    }

    void force(DiskFile file, Runnable done) {
        disk.force(begin("force", file, done, FATAL), file);
    }

    void delete(DiskFile file, Runnable done) {
        disk.delete(begin("delete", file, done, FATAL), file);
    }

    void reserve(DiskFile file, long sizeBytes, Runnable done, Runnable noSpace) {
        disk.reserve(begin("reserve", file, done, noSpace), file, sizeBytes);
    }

    void rename(DiskFile from, DiskFile to, Runnable done, Runnable noSpace) {
        disk.rename(begin("rename to " + to + " of", from, done, noSpace), from, to);
    }

    private long begin(String what, DiskFile file, Runnable done, Runnable noSpace) {
        long ticket = tickets.next();
        underWay.add(new Command(ticket, what, file, done, noSpace));
        return ticket;
    }

    /** False when the ticket is not the log's. */
    boolean onDiskCompleted(long ticket, DiskOutcome outcome) {
        Command command = underWay.peek();
        if (command == null || command.ticket() != ticket) {
            return false;
        }
        underWay.remove();
        if (failure == null) {
            proceed(command, outcome);
        }
        return true;
    }

    private void proceed(Command command, DiskOutcome outcome) {
        if (!(outcome instanceof DiskOutcome.Failed failed)) {
            command.done().run();
        } else if (failed.cause() == DiskOutcome.Cause.NO_SPACE && command.noSpace() != FATAL) {
            command.noSpace().run();
        } else {
            failure = "Transaction log: " + command.what() + " " + command.file() + " failed: " + failed.message()
                    + ". Nobody knows what the disk holds now, so the server must stop and recover from it; check "
                    + "the disk before starting again.";
        }
    }

    @Nullable
    String failure() {
        return failure;
    }
}
