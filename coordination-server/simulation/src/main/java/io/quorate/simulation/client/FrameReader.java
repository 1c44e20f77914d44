package io.quorate.simulation.client;

import io.quorate.simulation.Violation;
import io.quorate.simulation.history.NodeStat;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The primitives of client protocol 1.1, read. A frame that ends too early, or too late, breaks the protocol. */
final class FrameReader {

    private final ByteBuffer in;

    FrameReader(ByteBuffer frame) {
        in = frame.duplicate();
    }

    int int32() {
        return in.getInt();
    }

    long int64() {
        return in.getLong();
    }

    boolean bool() {
        return in.get() != 0;
    }

    byte @Nullable [] bytes() {
        int length = in.getInt();
        if (length == -1) {
            return null;
        }
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] value = new byte[length];
        in.get(value);
        return value;
    }

    @Nullable
    String text() {
        byte[] value = bytes();
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    /** Sorted. */
    List<String> texts() {
        int count = in.getInt();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(String.valueOf(text()));
        }
        values.sort(null);
        return values;
    }

    NodeStat stat() {
        return new NodeStat(
                int64(), int64(), int64(), int64(), int32(), int32(), int32(), int64(), int32(), int32(), int64());
    }

    /** Everything has been read. */
    void end() {
        Violation.unless(!in.hasRemaining(), "protocol", "%d bytes too many in a reply", in.remaining());
    }
}
