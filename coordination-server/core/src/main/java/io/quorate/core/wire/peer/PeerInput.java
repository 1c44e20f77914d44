package io.quorate.core.wire.peer;

import java.nio.ByteBuffer;

/**
 * What has arrived on a link and is not decoded yet. Grows by what it is given and shrinks when it is empty: whoever
 * reads from it bounds what a single element may hold.
 */
public final class PeerInput {

    private static final int SMALLEST = 4096;

    /** Bytes between position and limit are unread. Always has an array. */
    private ByteBuffer window = ByteBuffer.allocate(SMALLEST).limit(0);

    /** Adds bytes behind those that are unread. */
    public void append(ByteBuffer bytes) {
        int unread = window.remaining();
        int needed = unread + bytes.remaining();
        if (window.limit() + bytes.remaining() > window.capacity()) {
            makeRoom(unread, needed);
        }
        int end = window.limit();
        window.limit(end + bytes.remaining());
        window.put(end, bytes, bytes.position(), bytes.remaining());
        bytes.position(bytes.limit());
    }

    private void makeRoom(int unread, int needed) {
        if (needed <= window.capacity() && needed > window.capacity() / 4) {
            window.compact().flip();
            return;
        }
        ByteBuffer moved = ByteBuffer.allocate(Math.max(SMALLEST, 2 * needed));
        moved.put(0, window, window.position(), unread).limit(unread);
        window = moved;
    }

    /** The unread bytes; moving the position uses them up. Valid until the next {@link #append}. */
    public ByteBuffer unread() {
        return window;
    }
}
