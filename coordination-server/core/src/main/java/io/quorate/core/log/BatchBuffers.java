package io.quorate.core.log;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** Write buffers outside the heap, used again and again: a lane hands them to the system without another copy. */
final class BatchBuffers {

    /** More are made when more are under way, and dropped afterwards. */
    private static final int KEPT = 8;

    private final int bytes;
    private final ArrayDeque<ByteBuffer> idle = new ArrayDeque<>(KEPT);

    BatchBuffers(int bytes) {
        this.bytes = bytes;
    }

    /** An empty buffer with room for at least {@code atLeast} bytes. */
    ByteBuffer take(int atLeast) {
        if (atLeast > bytes) {
            return ByteBuffer.allocate(atLeast);
        }
        ByteBuffer buffer = idle.poll();
        return buffer == null ? ByteBuffer.allocateDirect(bytes) : buffer;
    }

    void giveBack(ByteBuffer buffer) {
        if (buffer.capacity() == bytes && idle.size() < KEPT) {
            idle.push(buffer.clear());
        }
    }
}
