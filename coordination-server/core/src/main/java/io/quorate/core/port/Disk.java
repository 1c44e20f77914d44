package io.quorate.core.port;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * One lane of commands to the disk. The commands of a lane take effect in order; each ends with one
 * {@code onDiskCompleted(ticket, outcome)}, in order as well. Lanes are independent of each other. Once a command has
 * failed, later ones of the lane are still carried out: the core decides what a failure means.
 *
 * <p>Tickets are the core's: any value, unique among the commands under way.
 */
public interface Disk {

    /** Where completions go, on the thread that owns the core. */
    @FunctionalInterface
    interface Completions {
        void onDiskCompleted(long ticket, DiskOutcome outcome);
    }

    /**
     * Makes sure that the file exists and holds at least {@code sizeBytes}, new bytes being zeros that really occupy
     * space, so that writing below that size cannot fail for lack of room. Nothing of it is durable before
     * {@link #force}. When there is no room, the file keeps the size that it had.
     */
    void reserve(long ticket, DiskFile file, long sizeBytes);

    /**
     * Writes the buffer's remaining bytes at {@code offset}; the file is created if absent. The buffer belongs to the
     * lane until the completion. Not durable before {@link #force}.
     */
    void write(long ticket, DiskFile file, long offset, ByteBuffer bytes);

    /**
     * Makes everything written to the file durable, its directory entry included. Consecutive forces of one file may be
     * merged. A failed force means that nobody knows what the disk holds.
     */
    void force(long ticket, DiskFile file);

    /** Cuts the file at {@code sizeBytes}, durably. */
    void truncate(long ticket, DiskFile file, long sizeBytes);

    /** Renames within a volume, replacing an existing target, durably. The source must have been forced. */
    void rename(long ticket, DiskFile from, DiskFile to);

    /** Deletes the file if it exists, durably. */
    void delete(long ticket, DiskFile file);

    /** Reads up to the buffer's remaining bytes at {@code offset}; the outcome tells how many, -1 at the end. */
    void read(long ticket, DiskFile file, long offset, ByteBuffer into);

    /**
     * Carries out work with plain access to the files, in its turn on the lane: for what needs many reads, such as
     * loading everything anew. The work runs elsewhere than the core, which must not touch what the work touches until
     * the completion; a failure that it throws becomes the outcome. No file may be written by the lanes meanwhile.
     */
    void examine(long ticket, Consumer<DiskImage> work);
}
