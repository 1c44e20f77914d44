package io.quorate.runtime.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a connection has sent and nobody has looked at yet, cut into frames (client protocol 1.2). A frame is handed out
 * as a view of the bytes where they arrived; only the rest of an unfinished frame is ever copied.
 */
final class FrameBuffer {

    private static final int LENGTH_BYTES = Integer.BYTES;

    private final ByteBufAllocator allocator;
    private final int maxFrameBytes;
    /** Unread bytes; null when there are none. Owned. */
    private @Nullable ByteBuf bytes;

    FrameBuffer(ByteBufAllocator allocator, int maxFrameBytes) {
        this.allocator = allocator;
        this.maxFrameBytes = maxFrameBytes;
    }

    /** Takes ownership of the chunk. */
    void append(ByteBuf chunk) {
        ByteBuf present = bytes;
        if (present == null) {
            bytes = chunk;
            return;
        }
        int total = present.readableBytes() + chunk.readableBytes();
        ByteBuf joined = present;
        if (present.writableBytes() < chunk.readableBytes()) {
            joined = allocator.buffer(Math.max(total, expectedBytes(present)));
            joined.writeBytes(present);
            present.release();
        }
        joined.writeBytes(chunk);
        chunk.release();
        bytes = joined;
    }

    /**
     * Room for the whole frame that has begun, so that its pieces are not copied again and again; bounded by the limit.
     */
    private int expectedBytes(ByteBuf present) {
        if (present.readableBytes() < LENGTH_BYTES) {
            return LENGTH_BYTES;
        }
        int length = present.getInt(present.readerIndex());
        return length < 0 || length > maxFrameBytes ? LENGTH_BYTES : LENGTH_BYTES + length;
    }

    /** Whether at least {@code count} bytes are there. */
    boolean has(int count) {
        ByteBuf present = bytes;
        return present != null && present.readableBytes() >= count;
    }

    /** The int at {@code offset}, left where it is. Requires that it {@link #has} it. */
    int peekInt(int offset) {
        ByteBuf present = bytes;
        return present == null ? 0 : present.getInt(present.readerIndex() + offset);
    }

    /** The long at {@code offset}, left where it is. Requires that it {@link #has} it. */
    long peekLong(int offset) {
        ByteBuf present = bytes;
        return present == null ? 0 : present.getLong(present.readerIndex() + offset);
    }

    /** Whether the next length prefix is one that no frame may have. */
    boolean violatesLimit() {
        if (!has(LENGTH_BYTES)) {
            return false;
        }
        int length = peekInt(0);
        return length < 0 || length > maxFrameBytes;
    }

    /** The next whole frame without its length, valid until the next call; null when it is not all there. */
    @Nullable
    ByteBuffer next() {
        ByteBuf present = bytes;
        if (present == null || present.readableBytes() < LENGTH_BYTES) {
            return null;
        }
        int length = present.getInt(present.readerIndex());
        if (present.readableBytes() < LENGTH_BYTES + length) {
            return null;
        }
        ByteBuffer frame = present.internalNioBuffer(present.readerIndex() + LENGTH_BYTES, length);
        present.skipBytes(LENGTH_BYTES + length);
        return frame;
    }

    /** Gives back memory that holds nothing unread. To be called when no frame handed out is in use any more. */
    void trim() {
        ByteBuf present = bytes;
        if (present != null && !present.isReadable()) {
            release();
        }
    }

    void release() {
        ByteBuf present = bytes;
        if (present != null) {
            bytes = null;
            present.release();
        }
    }
}
