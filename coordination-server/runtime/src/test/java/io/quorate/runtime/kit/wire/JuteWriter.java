package io.quorate.runtime.kit.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Appends Jute values (client protocol 1.1) to a growing buffer. Every method returns the writer itself. */
public final class JuteWriter {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    public JuteWriter integer(int value) {
        return raw(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }

    public JuteWriter longInteger(long value) {
        return raw(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    public JuteWriter bool(boolean value) {
        bytes.write(value ? 1 : 0);
        return this;
    }

    public JuteWriter string(@Nullable String value) {
        return buffer(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    public JuteWriter buffer(byte @Nullable [] value) {
        if (value == null) {
            return integer(-1);
        }
        return integer(value.length).raw(value);
    }

    public JuteWriter strings(@Nullable List<String> values) {
        if (values == null) {
            return integer(-1);
        }
        integer(values.size());
        values.forEach(this::string);
        return this;
    }

    public JuteWriter acl(@Nullable List<Acl> entries) {
        if (entries == null) {
            return integer(-1);
        }
        integer(entries.size());
        entries.forEach(entry -> entry.writeTo(this));
        return this;
    }

    /** Appends bytes as they are, without a length. */
    public JuteWriter raw(byte... value) {
        bytes.writeBytes(value);
        return this;
    }

    public byte[] toBytes() {
        return bytes.toByteArray();
    }
}
