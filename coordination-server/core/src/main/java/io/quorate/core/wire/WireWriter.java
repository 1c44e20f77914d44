package io.quorate.core.wire;

import io.quorate.core.base.NodePath;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes the primitives of quorum protocol 0.1 into a buffer that grows as needed. One instance serves many messages:
 * {@link #clear} forgets the last one and keeps the memory.
 */
public final class WireWriter {

    private ByteBuffer out;

    public WireWriter(int initialBytes) {
        out = ByteBuffer.allocate(initialBytes);
    }

    public void clear() {
        out.clear();
    }

    /** Forgets the last message, and gives memory back that an unusually large one has taken. */
    public void clear(int keptBytes) {
        if (out.capacity() > keptBytes) {
            out = ByteBuffer.allocate(keptBytes);
        }
        out.clear();
    }

    /** Bytes written since the last {@link #clear}. */
    public int size() {
        return out.position();
    }

    /** What has been written, as a view that is valid until the next write. */
    public ByteBuffer written() {
        return out.duplicate().flip();
    }

    /** What has been written, as a copy that is the caller's. */
    public byte[] toByteArray() {
        byte[] bytes = new byte[out.position()];
        out.get(0, bytes);
        return bytes;
    }

    public WireWriter writeByte(int value) {
        room(1).put((byte) value);
        return this;
    }

    public WireWriter writeBool(boolean value) {
        return writeByte(value ? 1 : 0);
    }

    public WireWriter writeInt(int value) {
        room(Integer.BYTES).putInt(value);
        return this;
    }

    public WireWriter writeLong(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    public WireWriter writeBuffer(byte @Nullable [] bytes) {
        if (bytes == null) {
            return writeInt(-1);
        }
        return writeInt(bytes.length).writeRaw(bytes, 0, bytes.length);
    }

    public WireWriter writeString(@Nullable String text) {
        return writeBuffer(text == null ? null : text.getBytes(StandardCharsets.UTF_8));
    }

    public WireWriter writePath(NodePath path) {
        return writeBuffer(path.utf8());
    }

    /** Bytes without a length before them. */
    public WireWriter writeRaw(byte[] bytes, int offset, int length) {
        room(length).put(bytes, offset, length);
        return this;
    }

    /** The rest of {@code bytes} without a length before it. */
    public WireWriter writeRaw(ByteBuffer bytes) {
        room(bytes.remaining()).put(bytes);
        return this;
    }

    /** Forgets what was written behind {@code size}. */
    public void rewindTo(int size) {
        out.position(size);
    }

    /** Overwrites an int written earlier: how lengths are filled in once they are known. */
    public void setInt(int position, int value) {
        out.putInt(position, value);
    }

    /** Overwrites a long written earlier. */
    public void setLong(int position, long value) {
        out.putLong(position, value);
    }

    private ByteBuffer room(int bytes) {
        if (out.remaining() < bytes) {
            int needed = Math.addExact(out.position(), bytes);
            ByteBuffer larger =
                    ByteBuffer.allocate((int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, 2L * out.capacity())));
            larger.put(out.flip());
            out = larger;
        }
        return out;
    }
}
