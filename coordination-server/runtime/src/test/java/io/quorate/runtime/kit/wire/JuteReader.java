package io.quorate.runtime.kit.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads Jute values from one frame. Running past the end is a failure of the test. */
public final class JuteReader {

    private final ByteBuffer bytes;

    public JuteReader(byte[] frame) {
        bytes = ByteBuffer.wrap(frame);
    }

    public int integer() {
        require(Integer.BYTES);
        return bytes.getInt();
    }

    public long longInteger() {
        require(Long.BYTES);
        return bytes.getLong();
    }

    /** Writers emit 0 or 1 (client protocol 1.1), so any other byte is a failure. */
    public boolean bool() {
        require(1);
        byte value = bytes.get();
        if (value != 0 && value != 1) {
            throw new AssertionError("A bool must be 0 or 1 on the wire but is " + value);
        }
        return value == 1;
    }

    public @Nullable String string() {
        byte[] value = buffer();
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    public byte @Nullable [] buffer() {
        int length = integer();
        if (length == -1) {
            return null;
        }
        require(length);
        byte[] value = new byte[length];
        bytes.get(value);
        return value;
    }

    /** A vector that must not be null. */
    public <T> List<T> vector(Function<JuteReader, T> element) {
        int count = integer();
        if (count < 0) {
            throw new AssertionError("Expected a vector but its count is " + count);
        }
        List<T> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(element.apply(this));
        }
        return values;
    }

    /** A vector of strings of which none is null. */
    public List<String> strings() {
        return vector(JuteReader::requiredString);
    }

    public String requiredString() {
        String value = string();
        if (value == null) {
            throw new AssertionError("Expected a string but it is null");
        }
        return value;
    }

    public int remaining() {
        return bytes.remaining();
    }

    /** Asserts that nothing is left, so that a reply longer than its record is noticed. */
    public void requireEnd() {
        if (bytes.hasRemaining()) {
            throw new AssertionError(bytes.remaining() + " bytes follow the last field of the record");
        }
    }

    private void require(int count) {
        if (count < 0 || bytes.remaining() < count) {
            throw new AssertionError(
                    "The frame should hold " + count + " more bytes but has " + bytes.remaining() + " left");
        }
    }
}
