package io.quorate.core.log;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.zip.Adler32;
import org.jspecify.annotations.Nullable;

/** Encoded records that have not been handed to the lane yet, in order. */
final class LogBatch {

    private final BatchBuffers buffers;
    private final Adler32 checksum = new Adler32();
    /** Ready to be written, oldest first. */
    private final ArrayDeque<ByteBuffer> full = new ArrayDeque<>();
    /** Takes the next record if it fits. */
    private @Nullable ByteBuffer open;

    LogBatch(BatchBuffers buffers) {
        this.buffers = buffers;
    }

    /** Copies the payload's remaining bytes; leaves its position as it was. */
    void add(ByteBuffer payload) {
        int start = payload.position();
        int length = payload.remaining();
        checksum.reset();
        checksum.update(payload);
        payload.position(start);
        ByteBuffer into = room(LogFormat.recordBytes(length));
        into.putLong(checksum.getValue()).putInt(length).put(payload).put(LogFormat.END_MARKER);
        payload.position(start);
    }

    private ByteBuffer room(int recordBytes) {
        ByteBuffer into = open;
        if (into != null && into.remaining() < recordBytes) {
            closeOpen();
            into = null;
        }
        if (into == null) {
            into = buffers.take(recordBytes);
            open = into;
        }
        return into;
    }

    /** Makes everything that was added available to {@link #nextFull}. */
    void closeOpen() {
        if (open != null) {
            full.add(open.flip());
            open = null;
        }
    }

    /** Takes the oldest buffer that is complete, from its position to its limit; null when there is none. */
    @Nullable
    ByteBuffer nextFull() {
        return full.poll();
    }
}
