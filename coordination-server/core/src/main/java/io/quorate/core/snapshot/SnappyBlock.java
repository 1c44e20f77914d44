package io.quorate.core.snapshot;

import io.quorate.core.wire.MalformedRecord;
import java.nio.ByteBuffer;

/**
 * Unpacks one raw Snappy block (format description of google/snappy): its length, then literals and copies of what has
 * been unpacked before. Every length is checked, so a damaged block ends in an error and never outside of its buffers.
 */
final class SnappyBlock {

    /** No writer of snapshots makes larger blocks; a damaged length must not cost more memory. */
    static final int MAX_BYTES = 16 << 20;

    private static final int LITERAL = 0;
    private static final int COPY_1 = 1;
    private static final int COPY_2 = 2;
    private static final int MAX_VARINT_SHIFT = 28;
    /** Literal lengths from here on are in bytes of their own. */
    private static final int LONG_LITERAL = 60;

    private final ByteBuffer in;
    private final byte[] out;
    private int size;

    private SnappyBlock(ByteBuffer in, int length) {
        this.in = in;
        out = new byte[length];
    }

    /**
     * @param packed the whole block, little-endian
     * @throws MalformedRecord when it is damaged
     */
    static byte[] unpack(ByteBuffer packed) {
        int length = readLength(packed);
        if (length < 0 || length > MAX_BYTES) {
            throw new MalformedRecord("a snappy block of " + length + " bytes");
        }
        SnappyBlock block = new SnappyBlock(packed, length);
        while (packed.hasRemaining()) {
            block.element();
        }
        if (block.size != length) {
            throw new MalformedRecord("a snappy block of " + block.size + " bytes that should have " + length);
        }
        return block.out;
    }

    private static int readLength(ByteBuffer in) {
        int length = 0;
        for (int shift = 0; shift <= MAX_VARINT_SHIFT; shift += 7) {
            int next = in.hasRemaining() ? in.get() : 0x80;
            length |= (next & 0x7f) << shift;
            if (next >= 0) {
                return length;
            }
        }
        throw new MalformedRecord("a snappy block without a length");
    }

    private void element() {
        int tag = in.get() & 0xff;
        switch (tag & 3) {
            case LITERAL -> literal(tag >>> 2);
            case COPY_1 -> copy((tag >>> 2 & 7) + 4, (tag & 0xe0) << 3 | number(1));
            case COPY_2 -> copy((tag >>> 2) + 1, number(2));
            default -> copy((tag >>> 2) + 1, number(4));
        }
    }

    private void literal(int code) {
        int length = (code < LONG_LITERAL ? code : number(code - LONG_LITERAL + 1)) + 1;
        if (length <= 0 || length > in.remaining() || length > out.length - size) {
            throw new MalformedRecord("a snappy literal of " + length + " bytes");
        }
        in.get(out, size, length);
        size += length;
    }

    /** The source may overlap what is being written: that is how runs are packed. */
    private void copy(int length, int distance) {
        if (distance <= 0 || distance > size || length > out.length - size) {
            throw new MalformedRecord("a snappy copy of " + length + " bytes from " + distance + " before");
        }
        for (int i = 0; i < length; i++) {
            out[size] = out[size - distance];
            size++;
        }
    }

    private int number(int bytes) {
        if (in.remaining() < bytes) {
            throw new MalformedRecord("a snappy block that ends early");
        }
        int value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (in.get() & 0xff) << Byte.SIZE * i;
        }
        return value;
    }
}
