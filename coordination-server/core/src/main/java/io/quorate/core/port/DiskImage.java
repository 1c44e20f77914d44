package io.quorate.core.port;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The disk as recovery meets it, before the replica exists and anybody could wait: plain calls that return when done.
 * Failures of the medium leave as {@link DiskFailure}.
 */
public interface DiskImage {

    /** Names in the volume's directory, sorted. */
    List<String> list(DiskFile.Volume volume);

    long sizeBytes(DiskFile file);

    /** Reads up to the buffer's remaining bytes at {@code offset}; returns how many, -1 at the end of the file. */
    int read(DiskFile file, long offset, ByteBuffer into);

    /** Replaces the file by one with this content: temporary file, force, rename, directory force. */
    void replace(DiskFile file, ByteBuffer content);

    /** Cuts the file and forces it. */
    void truncate(DiskFile file, long sizeBytes);

    /** Forces a file whose bytes may still sit in a cache from before a crash. */
    void force(DiskFile file);

    /**
     * Writes {@code bytes} bytes from {@code offset} on once more, as they read, and forces the file. After a force
     * that failed, a system may go on showing bytes that it has given up writing, and force them in vain.
     */
    void rewrite(DiskFile file, long offset, long bytes);

    /** Deletes the file and forces the directory. */
    void delete(DiskFile file);
}
