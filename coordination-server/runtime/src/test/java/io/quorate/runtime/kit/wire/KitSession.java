package io.quorate.runtime.kit.wire;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session on one connection. Requests may be pipelined ({@link #send}) or answered one by one ({@link #call}); watch
 * events that arrive meanwhile are kept in order of arrival. No pings are sent unless the test does. One thread.
 */
public final class KitSession implements AutoCloseable {

    /** The xid of a watch event. */
    private static final int EVENT_XID = -1;

    private final InetSocketAddress server;
    private final FrameClient client;
    private final ConnectReply connected;
    private final Deque<WatchEvent> events = new ArrayDeque<>();
    private int lastXid;
    private boolean finished;

    private KitSession(InetSocketAddress server, FrameClient client, ConnectReply connected) {
        this.server = server;
        this.client = client;
        this.connected = connected;
    }

    public static KitSession open(InetSocketAddress server) {
        return open(server, Handshake.newSession());
    }

    public static KitSession open(InetSocketAddress server, Handshake handshake) {
        return open(server, FrameClient.connect(server), handshake);
    }

    /** On a connection that is there already, and is the session's from now on. */
    public static KitSession open(InetSocketAddress server, FrameClient client, Handshake handshake) {
        try {
            client.sendFrame(handshake.toBytes());
            return new KitSession(server, client, ConnectReply.read(client.readFrame()));
        } catch (RuntimeException | Error e) {
            client.close();
            throw e;
        }
    }

    public ConnectReply connected() {
        return connected;
    }

    public long id() {
        return connected.sessionId();
    }

    public FrameClient client() {
        return client;
    }

    /** The handshake that takes this session up again. */
    public Handshake resumption() {
        byte[] password = connected.password();
        return Handshake.resume(id(), password == null ? new byte[0] : password);
    }

    /** Takes this session up on a further connection; this one is left as it is. */
    public KitSession resume() {
        return open(server, resumption());
    }

    /** Goes on counting where an earlier connection of the session stopped, as ZooKeeper's own client does. */
    public KitSession countingOnFrom(KitSession earlier) {
        lastXid = earlier.lastXid;
        return this;
    }

    /** Sends one request under the next positive xid, which it returns. */
    public int send(int opcode, JuteWriter body) {
        lastXid++;
        send(lastXid, opcode, body);
        return lastXid;
    }

    public void send(int xid, int opcode, JuteWriter body) {
        client.sendFrame(request(xid, opcode, body));
    }

    /** A request frame without its length prefix. */
    public static byte[] request(int xid, int opcode, JuteWriter body) {
        return new JuteWriter().integer(xid).integer(opcode).raw(body.toBytes()).toBytes();
    }

    /** The next frame that is no watch event. */
    public Reply receive() {
        while (true) {
            Reply frame = receiveAny();
            if (frame.xid() != EVENT_XID) {
                return frame;
            }
            events.add(WatchEvent.read(frame));
        }
    }

    /** The next frame, be it an event or a reply. */
    public Reply receiveAny() {
        return Reply.read(client.readFrame());
    }

    /** One request and its reply, whose xid must be that of the request. */
    public Reply call(int opcode, JuteWriter body) {
        int xid = send(opcode, body);
        Reply reply = receive();
        if (reply.xid() != xid) {
            throw new AssertionError("The reply to xid " + xid + " carries xid " + reply.xid());
        }
        return reply;
    }

    /** The oldest event not yet taken; waits for one if there is none. */
    public WatchEvent nextEvent() {
        if (events.isEmpty()) {
            Reply frame = receiveAny();
            if (frame.xid() != EVENT_XID) {
                throw new AssertionError("Expected a watch event but a reply to xid " + frame.xid() + " came");
            }
            return WatchEvent.read(frame);
        }
        return events.remove();
    }

    /**
     * The events that came so far, in order, and forgets them. With {@link #settledEvents} when those still on their
     * way matter as well.
     */
    public List<WatchEvent> takenEvents() {
        List<WatchEvent> taken = new ArrayList<>(events);
        events.clear();
        return taken;
    }

    /**
     * All events of changes that were answered before this call: whatever they caused precedes the reply to a later
     * request on this connection (client protocol 8.3).
     */
    public List<WatchEvent> settledEvents() {
        ping();
        return takenEvents();
    }

    /** {@link #settledEvents} as type and path only. */
    public List<String> settled() {
        return settledEvents().stream().map(WatchEvent::what).toList();
    }

    public Reply ping() {
        send(-2, Op.PING, Bodies.none());
        Reply reply = receive();
        if (reply.xid() != -2) {
            throw new AssertionError("The reply to a ping carries xid " + reply.xid());
        }
        return reply;
    }

    public Reply create(String path) {
        return create(path, "d", Acl.OPEN, Flags.PERSISTENT);
    }

    public Reply create(String path, int flags) {
        return create(path, "d", Acl.OPEN, flags);
    }

    public Reply create(@Nullable String path, @Nullable String data, @Nullable List<Acl> acl, int flags) {
        return call(Op.CREATE, Bodies.create(path, Bodies.bytes(data), acl, flags));
    }

    public Reply create2(String path, int flags) {
        return call(Op.CREATE2, Bodies.create(path, Bodies.bytes("d"), Acl.OPEN, flags));
    }

    public Reply createContainer(String path) {
        return call(Op.CREATE_CONTAINER, Bodies.create(path, Bodies.bytes("d"), Acl.OPEN, Flags.CONTAINER));
    }

    public Reply createTtl(String path, int flags, long ttlMillis) {
        return call(Op.CREATE_TTL, Bodies.createTtl(path, Bodies.bytes("d"), Acl.OPEN, flags, ttlMillis));
    }

    public Reply delete(@Nullable String path) {
        return delete(path, -1);
    }

    public Reply delete(@Nullable String path, int version) {
        return call(Op.DELETE, Bodies.pathAndInt(path, version));
    }

    public Reply setData(@Nullable String path, @Nullable String data) {
        return setData(path, data, -1);
    }

    public Reply setData(@Nullable String path, @Nullable String data, int version) {
        return call(Op.SET_DATA, Bodies.setData(path, Bodies.bytes(data), version));
    }

    public Reply setAcl(@Nullable String path, @Nullable List<Acl> acl, int version) {
        return call(Op.SET_ACL, Bodies.setAcl(path, acl, version));
    }

    public Reply exists(@Nullable String path, boolean watch) {
        return call(Op.EXISTS, Bodies.read(path, watch));
    }

    public Reply getData(@Nullable String path, boolean watch) {
        return call(Op.GET_DATA, Bodies.read(path, watch));
    }

    public Reply getChildren(@Nullable String path, boolean watch) {
        return call(Op.GET_CHILDREN, Bodies.read(path, watch));
    }

    public Reply getAcl(@Nullable String path) {
        return call(Op.GET_ACL, Bodies.path(path));
    }

    public Reply addWatch(String path, int mode) {
        return call(Op.ADD_WATCH, Bodies.pathAndInt(path, mode));
    }

    public Reply multi(Multi multi) {
        return call(Op.MULTI, multi.body());
    }

    /** Adds a digest identity under xid -4, as the Java client does. */
    public Reply digest(String userAndPassword) {
        return auth("digest", userAndPassword);
    }

    public Reply auth(@Nullable String scheme, @Nullable String data) {
        send(-4, Op.AUTH, Bodies.auth(scheme, Bodies.bytes(data)));
        return receive();
    }

    /** Drops the TCP connection and leaves the session to the server. */
    public void drop() {
        finished = true;
        client.close();
    }

    /** Ends the session in the orderly way and returns the reply; the server closes the connection afterwards. */
    public Reply closeSession() {
        finished = true;
        return call(Op.CLOSE_SESSION, Bodies.none());
    }

    /** Ends the session if the connection still stands; never fails, since tests end sessions in many ways. */
    @Override
    public void close() {
        if (!finished) {
            finished = true;
            client.trySendRaw(FrameClient.frame(request(0, Op.CLOSE_SESSION, Bodies.none())));
            client.drainUntilClosed();
        }
        client.close();
    }
}
