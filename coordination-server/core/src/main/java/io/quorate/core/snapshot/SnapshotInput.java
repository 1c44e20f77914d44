package io.quorate.core.snapshot;

import io.quorate.core.wire.MalformedRecord;
import java.nio.ByteBuffer;
import java.util.zip.Adler32;

/** A window that moves over the bytes of a snapshot, with the checksum of what it has left behind. */
final class SnapshotInput {

    private static final int INITIAL_BYTES = 1 << 20;

    private final ByteSource source;
    private final int maxElementBytes;
    private final Adler32 checksum = new Adler32();
    /** Between position and limit: read and not yet used. */
    private ByteBuffer window = ByteBuffer.allocate(INITIAL_BYTES).limit(0);
    /** Where the window's first byte is in the whole. */
    private long windowOffset;
    /** Bytes of the window that are part of the checksum already; never beyond its position. */
    private int summed;

    SnapshotInput(ByteSource source, int maxElementBytes) {
        this.source = source;
        this.maxElementBytes = maxElementBytes;
    }

    /**
     * What has been read and not yet used; whoever uses bytes moves its position. Valid until the next {@link #refill}.
     */
    ByteBuffer window() {
        return window;
    }

    /** Where the next unused byte is in the whole. */
    long offset() {
        return windowOffset + window.position();
    }

    /** Reads some more; false at the end. */
    boolean refill() {
        sum();
        windowOffset += window.position();
        window.compact();
        summed = 0;
        if (!window.hasRemaining()) {
            grow();
        }
        boolean more = source.read(window);
        window.flip();
        return more;
    }

    /** The window is full and whatever is in it is no whole element. */
    private void grow() {
        if (window.capacity() >= maxElementBytes) {
            window.flip();
            throw new MalformedRecord("an element is longer than " + maxElementBytes
                    + " bytes: damage, or written with a larger"
                    + " jute.maxbuffer than this server's, which must then be raised");
        }
        int capacity = (int) Math.min(maxElementBytes, 2L * window.capacity());
        window = ByteBuffer.allocate(Math.max(capacity, window.capacity() + 1)).put(window.flip());
    }

    /** Makes sure that the window holds this much. */
    void need(int bytes) {
        while (window.remaining() < bytes) {
            if (!refill()) {
                throw new MalformedRecord("the file ends " + (bytes - window.remaining()) + " bytes early");
            }
        }
    }

    /** The Adler-32 of everything used so far. */
    long checksum() {
        sum();
        return checksum.getValue();
    }

    private void sum() {
        checksum.update(window.array(), summed, window.position() - summed);
        summed = window.position();
    }
}
