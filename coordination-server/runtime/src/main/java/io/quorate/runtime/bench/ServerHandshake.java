package io.quorate.runtime.bench;

import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.client.OpCode;
import java.nio.ByteBuffer;

/** The frames that open and close a session (client protocol 2). */
final class ServerHandshake {

    /** A ConnectResponse with its length prefix, as it is sent to a client that knows of read-only servers. */
    static final int RESPONSE_BYTES = 41;

    /** A reply without a body, with its length prefix. */
    static final int HEADER_REPLY_BYTES = 20;

    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int PASSWORD_BYTES = 16;
    private static final int SESSION_ID_AT = 12;

    private ServerHandshake() {}

    /** Asks for a new session. */
    static ByteBuffer request() {
        WireWriter out = new WireWriter(64);
        out.writeInt(0).writeInt(0).writeLong(0).writeInt(TIMEOUT_MILLIS).writeLong(0);
        out.writeBuffer(new byte[PASSWORD_BYTES]).writeBool(false);
        out.setInt(0, out.size() - Integer.BYTES);
        return out.written();
    }

    static ByteBuffer closeRequest(int xid) {
        return new WireWriter(16)
                .writeInt(2 * Integer.BYTES)
                .writeInt(xid)
                .writeInt(OpCode.CLOSE_SESSION.code())
                .written();
    }

    /** Whether the response, which begins at index 0 with its length, gave a session. */
    static boolean isAccepted(ByteBuffer response) {
        return response.getLong(SESSION_ID_AT) != 0;
    }
}
