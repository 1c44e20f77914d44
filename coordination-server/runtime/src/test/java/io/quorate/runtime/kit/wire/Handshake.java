package io.quorate.runtime.kit.wire;

import org.jspecify.annotations.Nullable;

/**
 * A ConnectRequest (client protocol 2.1).
 *
 * @param timeoutMillis the session timeout asked for
 * @param password null is sent as a null buffer
 * @param readOnly the trailing byte; null leaves it out, as old clients do
 */
public record Handshake(
        int protocolVersion,
        long lastZxidSeen,
        int timeoutMillis,
        long sessionId,
        byte @Nullable [] password,
        @Nullable Boolean readOnly) {

    private static final int USUAL_TIMEOUT_MILLIS = 30_000;

    /** A new session as the Java client asks for it. */
    public static Handshake newSession() {
        return new Handshake(0, 0, USUAL_TIMEOUT_MILLIS, 0, new byte[16], false);
    }

    public static Handshake resume(long sessionId, byte[] password) {
        return new Handshake(0, 0, USUAL_TIMEOUT_MILLIS, sessionId, password, false);
    }

    public Handshake withProtocolVersion(int value) {
        return new Handshake(value, lastZxidSeen, timeoutMillis, sessionId, password, readOnly);
    }

    public Handshake withLastZxidSeen(long value) {
        return new Handshake(protocolVersion, value, timeoutMillis, sessionId, password, readOnly);
    }

    public Handshake withTimeoutMillis(int value) {
        return new Handshake(protocolVersion, lastZxidSeen, value, sessionId, password, readOnly);
    }

    public Handshake withPassword(byte @Nullable [] value) {
        return new Handshake(protocolVersion, lastZxidSeen, timeoutMillis, sessionId, value, readOnly);
    }

    public Handshake withReadOnly(@Nullable Boolean value) {
        return new Handshake(protocolVersion, lastZxidSeen, timeoutMillis, sessionId, password, value);
    }

    /** The body without the length prefix. */
    public byte[] toBytes() {
        JuteWriter writer = new JuteWriter()
                .integer(protocolVersion)
                .longInteger(lastZxidSeen)
                .integer(timeoutMillis)
                .longInteger(sessionId)
                .buffer(password);
        if (readOnly != null) {
            writer.bool(readOnly);
        }
        return writer.toBytes();
    }
}
