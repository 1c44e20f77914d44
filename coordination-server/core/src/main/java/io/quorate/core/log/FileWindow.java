package io.quorate.core.log;

import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskImage;
import java.nio.ByteBuffer;

/** A part of a file in memory that moves forward over it. The buffer is lent: one serves a whole recovery. */
final class FileWindow {

    static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final DiskImage image;
    private final DiskFile file;
    private final ByteBuffer buffer;
    private final long sizeBytes;
    /** File offset of the buffer's first byte. */
    private long base;
    /** How many of the buffer's bytes come from the file. */
    private int filled;

    FileWindow(DiskImage image, DiskFile file, ByteBuffer buffer) {
        this.image = image;
        this.file = file;
        this.buffer = buffer;
        this.sizeBytes = image.sizeBytes(file);
    }

    long sizeBytes() {
        return sizeBytes;
    }

    /**
     * The file's bytes from {@code offset} on, {@code bytes} of them or as many as there are. A view of the window's
     * own buffer: valid until the next call. At most the buffer's capacity may be asked for.
     */
    ByteBuffer at(long offset, int bytes) {
        int wanted = (int) Math.min(bytes, Math.max(0, sizeBytes - offset));
        if (offset < base || offset + wanted > base + filled) {
            moveTo(offset);
        }
        int start = (int) (offset - base);
        int end = Math.max(start, Math.min(filled, start + wanted));
        return buffer.limit(end).position(start);
    }

    private void moveTo(long offset) {
        int kept = 0;
        if (offset >= base && offset < base + filled) {
            buffer.limit(filled).position((int) (offset - base)).compact();
            kept = buffer.position();
        }
        base = offset;
        filled = kept;
        buffer.clear();
        while (filled < buffer.capacity()) {
            int read = image.read(file, base + filled, buffer.position(filled));
            if (read <= 0) {
                break;
            }
            filled += read;
        }
    }

    /** Whether all bytes from {@code offset} to the end of the file are zero. */
    boolean isZeroFrom(long offset) {
        for (long at = offset; at < sizeBytes; ) {
            ByteBuffer bytes = at(at, buffer.capacity());
            if (!bytes.hasRemaining()) {
                return true;
            }
            at += bytes.remaining();
            if (!isZero(bytes)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(ByteBuffer bytes) {
        while (bytes.remaining() >= Long.BYTES) {
            if (bytes.getLong() != 0) {
                return false;
            }
        }
        while (bytes.hasRemaining()) {
            if (bytes.get() != 0) {
                return false;
            }
        }
        return true;
    }
}
