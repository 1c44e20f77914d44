package io.quorate.app.compare;

import io.quorate.core.wire.Acl;
import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.client.OpCode;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A client that tries the next server at once when its own is gone, where ZooKeeper's own pauses for up to a second: so
 * what is measured is the servers.
 */
final class PromptSession implements WriteSession {

    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int ANSWER_MILLIS = 30_000;
    private static final int CONNECT_MILLIS = 500;
    private static final int PASSWORD_BYTES = 16;
    private static final int ANY_VERSION = -1;
    private static final int HEADER_BYTES = 16;
    private static final int NODE_EXISTS = -110;
    private static final long PAUSE_NANOS = 1_000_000;

    private final List<InetSocketAddress> servers;
    private final String path;
    private final byte[] value;
    private int next;
    private long sessionId;
    private byte[] password = new byte[PASSWORD_BYTES];
    private long lastZxid;
    private int xid;
    private @Nullable Socket socket;

    /** @param first which of the servers it begins with */
    PromptSession(List<InetSocketAddress> servers, int first, String path, byte[] value) throws IOException {
        this.servers = servers;
        this.path = path;
        this.value = value;
        next = first;
        connect();
        WireWriter body = new WireWriter(256).writeString(path).writeBuffer(value);
        Acl.writeList(body, Acl.OPEN);
        int error = request(OpCode.CREATE.code(), body.writeInt(0));
        if (error != 0 && error != NODE_EXISTS) {
            throw new IOException("creating " + path + " gives " + error);
        }
    }

    @Override
    public void write() throws IOException {
        if (socket == null) {
            connect();
        }
        WireWriter body =
                new WireWriter(256).writeString(path).writeBuffer(value).writeInt(ANY_VERSION);
        int error = request(OpCode.SET_DATA.code(), body);
        if (error != 0) {
            throw new IOException("writing " + path + " gives " + error);
        }
    }

    private void connect() throws IOException {
        Socket made = new Socket();
        try {
            made.setTcpNoDelay(true);
            made.connect(servers.get(next++ % servers.size()), CONNECT_MILLIS);
            made.setSoTimeout(ANSWER_MILLIS);
            WireWriter request = new WireWriter(64);
            request.writeInt(0).writeInt(0).writeLong(lastZxid).writeInt(TIMEOUT_MILLIS);
            request.writeLong(sessionId).writeBuffer(password).writeBool(false);
            send(made, request);
            ByteBuffer answer = receive(made);
            answer.getInt();
            int granted = answer.getInt();
            long id = answer.getLong();
            if (granted <= 0) {
                throw new IllegalStateException("the session was lost");
            }
            byte[] given = new byte[answer.getInt()];
            answer.get(given);
            sessionId = id;
            password = given;
            socket = made;
        } catch (IOException failed) {
            made.close();
            // Without this, a server that is not back yet is asked as fast as the processor allows.
            LockSupport.parkNanos(PAUSE_NANOS);
            throw failed;
        }
    }

    private int request(int type, WireWriter body) throws IOException {
        Socket present = socket;
        if (present == null) {
            throw new IOException("not connected");
        }
        try {
            WireWriter frame = new WireWriter(256).writeInt(0).writeInt(++xid).writeInt(type);
            frame.writeRaw(body.written());
            send(present, frame);
            ByteBuffer reply = receive(present);
            reply.getInt();
            lastZxid = Math.max(lastZxid, reply.getLong());
            return reply.getInt();
        } catch (IOException failed) {
            close();
            throw failed;
        }
    }

    private static void send(Socket to, WireWriter frame) throws IOException {
        frame.setInt(0, frame.size() - Integer.BYTES);
        to.getOutputStream().write(frame.toByteArray());
    }

    private static ByteBuffer receive(Socket from) throws IOException {
        DataInputStream in = new DataInputStream(from.getInputStream());
        byte[] frame = new byte[in.readInt()];
        if (frame.length < HEADER_BYTES) {
            throw new IOException("a frame of " + frame.length + " bytes");
        }
        in.readFully(frame);
        return ByteBuffer.wrap(frame);
    }

    @Override
    public void close() {
        Socket present = socket;
        socket = null;
        if (present != null) {
            try {
                present.close();
            } catch (IOException failed) {
                throw new IllegalStateException("a socket cannot be closed", failed);
            }
        }
    }
}
