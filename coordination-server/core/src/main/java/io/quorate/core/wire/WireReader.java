package io.quorate.core.wire;

import io.quorate.core.base.NodePath;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the primitives of quorum protocol 0.1 from a buffer, checking every length against what is there, so that no
 * input can make it allocate more than it has sent. Moves the buffer's position. One instance serves many frames.
 */
public final class WireReader {

    private static final byte[] EMPTY = {};

    private ByteBuffer in = ByteBuffer.allocate(0);

    public WireReader() {}

    public WireReader(ByteBuffer in) {
        this.in = in;
    }

    /** Points this reader at another buffer, from its position to its limit. */
    public WireReader over(ByteBuffer buffer) {
        in = buffer;
        return this;
    }

    public int remaining() {
        return in.remaining();
    }

    public boolean readBool() {
        need(1);
        return in.get() != 0;
    }

    public int readInt() {
        need(Integer.BYTES);
        return in.getInt();
    }

    public long readLong() {
        need(Long.BYTES);
        return in.getLong();
    }

    /** A buffer, or null where the wire says null. */
    public byte @Nullable [] readBuffer() {
        int length = readInt();
        if (length == -1) {
            return null;
        }
        return bytes(length);
    }

    /** A string, or null. Malformed UTF-8 becomes U+FFFD. */
    public @Nullable String readString() {
        byte[] utf8 = readBuffer();
        return utf8 == null ? null : WireText.decode(utf8);
    }

    /** A string that may not be null. */
    public String readText() {
        String text = readString();
        if (text == null) {
            throw new MalformedRecord("null where a string is required");
        }
        return text;
    }

    /** A path, or null. */
    public @Nullable NodePath readPathOrNull() {
        byte[] utf8 = readBuffer();
        return utf8 == null ? null : NodePath.ofUtf8(utf8);
    }

    /** A path that may not be null. */
    public NodePath readPath() {
        NodePath path = readPathOrNull();
        if (path == null) {
            throw new MalformedRecord("null where a path is required");
        }
        return path;
    }

    /**
     * The count of a vector: -1 for null, otherwise not negative (any other negative count reads as zero, as in the
     * reference). Callers must not allocate by it: elements simply run out.
     */
    public int readCount() {
        int count = readInt();
        return count < -1 ? 0 : count;
    }

    /** Fills {@code into} with bytes that have no length before them. */
    public void readRaw(byte[] into) {
        need(into.length);
        in.get(into);
    }

    private byte[] bytes(int length) {
        if (length < 0 || length > in.remaining()) {
            throw new MalformedRecord("length " + length + " with " + in.remaining() + " bytes left");
        }
        if (length == 0) {
            return EMPTY;
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private void need(int bytes) {
        if (in.remaining() < bytes) {
            throw new MalformedRecord("record ends " + (bytes - in.remaining()) + " bytes early");
        }
    }
}
