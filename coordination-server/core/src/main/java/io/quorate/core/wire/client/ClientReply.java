package io.quorate.core.wire.client;

import io.quorate.core.base.NodePath;
import io.quorate.core.wire.ErrorCode;
import io.quorate.core.wire.WireWriter;
import java.nio.ByteBuffer;

/**
 * Encodes what goes to a client: replies, handshake responses, watch events; each with its length prefix. One instance
 * per replica, used for one message at a time: what it returns is valid until the next call.
 */
public final class ClientReply {

    /** The xid of watch events. */
    public static final int EVENT_XID = -1;
    /** The xid of every ping reply, whatever the request carried. */
    public static final int PING_XID = -2;
    /** The zxid field of events that no transaction caused. */
    public static final long NO_ZXID = -1;

    private static final int PASSWORD_BYTES = 16;
    private static final int STATE_CONNECTED = 3;

    /** One large reply must not hold its memory for ever. */
    private static final int KEPT_BYTES = 256 << 10;

    private final WireWriter out = new WireWriter(1024);

    /** A header without a body. */
    public ByteBuffer header(int xid, long zxid, ErrorCode error) {
        begin(xid, zxid, error);
        return end();
    }

    /** Starts a reply; the caller writes the body and then calls {@link #end}. */
    public WireWriter begin(int xid, long zxid, ErrorCode error) {
        out.clear(KEPT_BYTES);
        return out.writeInt(0).writeInt(xid).writeLong(zxid).writeInt(error.code());
    }

    /** Fills in the length. */
    public ByteBuffer end() {
        out.setInt(0, out.size() - Integer.BYTES);
        return out.written();
    }

    /** The response to a handshake that gave the client a session. */
    public ByteBuffer connected(long sessionId, int timeoutMillis, byte[] password, boolean readOnlyAware) {
        out.clear();
        out.writeInt(0).writeInt(0).writeInt(timeoutMillis).writeLong(sessionId).writeBuffer(password);
        if (readOnlyAware) {
            out.writeBool(false);
        }
        return end();
    }

    /** The response that says: this session is no more. The connection is closed behind it. */
    public ByteBuffer sessionInvalid(boolean readOnlyAware) {
        return connected(0, 0, new byte[PASSWORD_BYTES], readOnlyAware);
    }

    /** @param zxid of the transaction that caused it, or {@link #NO_ZXID} */
    public ByteBuffer event(EventType type, NodePath path, long zxid) {
        begin(EVENT_XID, zxid, ErrorCode.OK).writeInt(type.code()).writeInt(STATE_CONNECTED);
        out.writePath(path);
        return end();
    }
}
