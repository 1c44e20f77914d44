package io.quorate.core.snapshot;

import io.quorate.core.wire.MalformedRecord;
import java.nio.ByteBuffer;

/**
 * What a file in the stream format of snappy-java holds: a header, then blocks with their lengths (quorum protocol
 * 9.5).
 */
final class SnappySource implements ByteSource {

    private static final int HEADER_BYTES = 16;

    private final ByteSource packed;
    /** Packed bytes not yet used, between position and limit. */
    private ByteBuffer in = ByteBuffer.allocate(64 << 10).limit(0);
    /** Unpacked bytes not yet handed out. */
    private ByteBuffer block = ByteBuffer.allocate(0);

    private boolean headerRead;

    SnappySource(ByteSource packed) {
        this.packed = packed;
    }

    @Override
    public boolean read(ByteBuffer into) {
        if (!headerRead) {
            need(HEADER_BYTES);
            in.position(in.position() + HEADER_BYTES);
            headerRead = true;
        }
        while (!block.hasRemaining()) {
            if (!in.hasRemaining() && !fill()) {
                return false;
            }
            nextBlock();
        }
        int count = Math.min(into.remaining(), block.remaining());
        into.put(block.duplicate().limit(block.position() + count));
        block.position(block.position() + count);
        return true;
    }

    private void nextBlock() {
        need(Integer.BYTES);
        int length = in.getInt();
        if (length <= 0 || length > SnappyBlock.MAX_BYTES) {
            throw new MalformedRecord("a packed snappy block of " + length + " bytes");
        }
        need(length);
        block = ByteBuffer.wrap(SnappyBlock.unpack(in.slice(in.position(), length)));
        in.position(in.position() + length);
    }

    private void need(int bytes) {
        if (in.capacity() < bytes) {
            in = ByteBuffer.allocate(bytes).put(in).flip();
        }
        while (in.remaining() < bytes) {
            if (!fill()) {
                throw new MalformedRecord("the snappy data end early");
            }
        }
    }

    private boolean fill() {
        in.compact();
        boolean more = packed.read(in);
        in.flip();
        return more;
    }
}
