package io.quorate.core.wire.client;

import io.quorate.core.wire.MalformedRecord;
import io.quorate.core.wire.WireReader;
import org.jspecify.annotations.Nullable;

/**
 * The first frame of a connection (client protocol 2.1).
 *
 * @param lastZxidSeen highest zxid the client has seen in a reply
 * @param timeoutMillis the session timeout it asks for; any value
 * @param sessionId 0 for a new session
 * @param password as sent; any length, or null
 * @param readOnlyAware whether the client sent the readOnly byte, which decides the shape of the response
 * @param readOnly whether a read-only server will do
 */
public record ConnectRequest(
        long lastZxidSeen,
        int timeoutMillis,
        long sessionId,
        byte @Nullable [] password,
        boolean readOnlyAware,
        boolean readOnly) {

    /** @throws MalformedRecord when a field up to the password is missing; the connection is closed then */
    public static ConnectRequest read(WireReader in) {
        in.readInt(); // protocol version: clients send 0, servers ignore it
        long lastZxidSeen = in.readLong();
        int timeoutMillis = in.readInt();
        long sessionId = in.readLong();
        byte[] password = in.readBuffer();
        boolean readOnlyAware = in.remaining() > 0;
        return new ConnectRequest(
                lastZxidSeen, timeoutMillis, sessionId, password, readOnlyAware, readOnlyAware && in.readBool());
    }
}
