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
    /** A buffer that holds less than one part in this many of what it could is exchanged for a smaller one. */
    private static final int WASTE = 4;

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
            joined = allocator.buffer(Math.max(total, expectedBytes(present, total)));
            joined.writeBytes(present);
            present.release();
        }
        joined.writeBytes(chunk);
        chunk.release();
        bytes = joined;
    }

    /**
     * Room for the whole frame that has begun, so that its pieces are not copied again and again. Never much more than
     * the client has sent already: a length alone must not cost anything.
     */
    private int expectedBytes(ByteBuf present, int total) {
        if (present.readableBytes() < LENGTH_BYTES) {
            return LENGTH_BYTES;
        }
        int length = present.getInt(present.readerIndex());
        boolean allowed = length >= 0 && length <= maxFrameBytes;
        return allowed ? (int) Math.min((long) LENGTH_BYTES + length, (long) WASTE * total) : LENGTH_BYTES;
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
        // Not the sum on the other side: it turns negative where no limit is set.
        if (present.readableBytes() - LENGTH_BYTES < length) {
            return null;
        }
        ByteBuffer frame = present.internalNioBuffer(present.readerIndex() + LENGTH_BYTES, length);
        present.skipBytes(LENGTH_BYTES + length);
        return frame;
    }

    /** Gives back memory that holds nothing unread. To be called when no frame handed out is in use any more. */
    void trim() {
        ByteBuf present = bytes;
        if (present == null) {
            return;
        }
        int unread = present.readableBytes();
        if (unread == 0) {
            release();
        } else if (unread < present.capacity() / (WASTE * WASTE)) {
            bytes = compacted(present);
        }
    }

    /** The same bytes in a buffer of their size; takes the old one. */
    static ByteBuf compacted(ByteBuf wasteful) {
        ByteBuf compact = wasteful.alloc().buffer(wasteful.readableBytes());
        compact.writeBytes(wasteful);
        wasteful.release();
        return compact;
    }

    void release() {
        ByteBuf present = bytes;
        if (present != null) {
            bytes = null;
            present.release();
        }
    }
}
