package io.quorate.simulation.client;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The primitives of client protocol 1.1, written. */
final class FrameWriter {

    private static final int ALL_PERMISSIONS = 31;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(64);

    FrameWriter int32(int value) {
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            out.write(value >>> shift);
        }
        return this;
    }

    FrameWriter int64(long value) {
        return int32((int) (value >>> Integer.SIZE)).int32((int) value);
    }

    FrameWriter bool(boolean value) {
        out.write(value ? 1 : 0);
        return this;
    }

    FrameWriter bytes(byte @Nullable [] value) {
        if (value == null) {
            return int32(-1);
        }
        int32(value.length);
        out.writeBytes(value);
        return this;
    }

    /** A string, or a buffer that holds text. */
    FrameWriter text(@Nullable String value) {
        return bytes(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    FrameWriter texts(List<String> values) {
        int32(values.size());
        values.forEach(this::text);
        return this;
    }

    /** One entry: everybody may do everything. */
    FrameWriter openAcl() {
        return int32(1).int32(ALL_PERMISSIONS).text("world").text("anyone");
    }

    ByteBuffer frame() {
        return ByteBuffer.wrap(out.toByteArray());
    }
}
