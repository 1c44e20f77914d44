package io.quorate.app.chaos;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a member says first on an election connection: it names the address of its own election port, which others then
 * dial. Left as it is, they would dial past the proxy.
 */
final class ElectionGreeting {

    /** Version and server id, then the length of the address. */
    private static final int LENGTH_AT = 2 * Long.BYTES;

    private static final int HEAD_BYTES = LENGTH_AT + Integer.BYTES;
    private static final int LONGEST_ADDRESS = 2048;

    private ElectionGreeting() {}

    /**
     * The same with another address.
     *
     * @param received from the first byte on, as much as there is
     * @return null while the greeting has not arrived as a whole
     */
    static @Nullable ByteBuffer rewrite(ByteBuffer received, String address) {
        if (received.remaining() < HEAD_BYTES) {
            return null;
        }
        int start = received.position();
        int length = received.getInt(start + LENGTH_AT);
        if (received.getLong(start) >= 0 || length < 1 || length > LONGEST_ADDRESS) {
            throw new IllegalStateException("not an election greeting: version " + received.getLong(start)
                    + ", an address of " + length + " bytes");
        }
        if (received.remaining() < HEAD_BYTES + length) {
            return null;
        }
        byte[] text = address.getBytes(StandardCharsets.UTF_8);
        ByteBuffer rewritten = ByteBuffer.allocate(received.remaining() - length + text.length);
        rewritten.put(received.slice(start, LENGTH_AT)).putInt(text.length).put(text);
        rewritten.put(received.slice(start + HEAD_BYTES + length, received.remaining() - HEAD_BYTES - length));
        return rewritten.flip();
    }
}
