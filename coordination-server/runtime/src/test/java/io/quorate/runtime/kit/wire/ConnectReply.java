package io.quorate.runtime.kit.wire;

import org.jspecify.annotations.Nullable;

/**
 * A ConnectResponse (client protocol 2.3).
 *
 * @param timeoutMillis the negotiated timeout; 0 when the session is invalid
 * @param readOnly null when the trailing byte is absent
 * @param bodyLength bytes of the frame without its length prefix
 */
public record ConnectReply(
        int protocolVersion,
        int timeoutMillis,
        long sessionId,
        byte @Nullable [] password,
        @Nullable Boolean readOnly,
        int bodyLength) {

    static ConnectReply read(byte[] frame) {
        JuteReader reader = new JuteReader(frame);
        int protocolVersion = reader.integer();
        int timeoutMillis = reader.integer();
        long sessionId = reader.longInteger();
        byte[] password = reader.buffer();
        Boolean readOnly = reader.remaining() > 0 ? reader.bool() : null;
        reader.requireEnd();
        return new ConnectReply(protocolVersion, timeoutMillis, sessionId, password, readOnly, frame.length);
    }
}
