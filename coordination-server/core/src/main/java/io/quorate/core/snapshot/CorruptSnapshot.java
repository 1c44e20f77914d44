package io.quorate.core.snapshot;

import io.quorate.core.port.DiskFile;

/**
 * A snapshot cannot be read. The message names the file, the place in its uncompressed bytes, and what is wrong there.
 */
public final class CorruptSnapshot extends RuntimeException {

    private final DiskFile file;
    private final long offset;

    CorruptSnapshot(DiskFile file, long offset, String reason) {
        super(file + " at byte " + offset + ": " + reason);
        this.file = file;
        this.offset = offset;
    }

    public DiskFile file() {
        return file;
    }

    /** In the uncompressed bytes; damage of the packing itself counts from where unpacking stopped. */
    public long offset() {
        return offset;
    }
}
