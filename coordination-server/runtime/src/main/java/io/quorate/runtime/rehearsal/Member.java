package io.quorate.runtime.rehearsal;

import io.quorate.core.base.NodePath;
import io.quorate.core.port.ClientLinks;
import io.quorate.core.port.ClientOrigin;
import io.quorate.core.port.CloseReason;
import io.quorate.core.port.PeerLinks;
import io.quorate.core.port.ServerEvents;
import io.quorate.core.replica.Recovery;
import io.quorate.core.replica.Replica;
import io.quorate.core.replica.ReplicaOptions;
import io.quorate.core.wire.Acl;
import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.client.OpCode;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One member of the ensemble in memory: the same replica that serves outside, between ports that go nowhere. */
final class Member implements ClientLinks, ServerEvents {

    private static final int SESSION_MILLIS = 10_000;
    private static final int PASSWORD_BYTES = 16;
    private static final int XID_OFFSET = Integer.BYTES;
    private static final String ADDRESS = "127.0.0.1";

    private final ReplicaOptions options;
    private final PeerLinks links;
    private final MemoryFiles files = new MemoryFiles();
    private MemoryLane logLane = new MemoryLane(files);
    private MemoryLane bulkLane = new MemoryLane(files);
    /** Null while its process is gone. */
    private @Nullable Replica replica;

    /** The connection of the last client that came. */
    private long client;
    /** What that client was answered last; 0 for its session, -1 before. */
    private int answeredXid;

    /** @param links to the others */
    Member(ReplicaOptions options, PeerLinks links) {
        this.options = options;
        this.links = links;
    }

    long id() {
        return options.serverId();
    }

    void start(long nowMillis) {
        logLane = new MemoryLane(files);
        bulkLane = new MemoryLane(files);
        Recovery.Ports ports = new Recovery.Ports(this, logLane, bulkLane, this, bound -> bound / 2, links);
        replica = new Recovery(options, files, line -> {}).recover(ports, Rehearsal.nanos(nowMillis), nowMillis);
    }

    void kill() {
        replica = null;
    }

    /** Null while its process is gone. */
    @Nullable
    Replica replica() {
        return replica;
    }

    boolean isServing() {
        return replica != null && replica.status().ensemble().serving();
    }

    boolean isLeading() {
        return replica != null && replica.status().role().equals("LEADING");
    }

    /** Of the last transaction in its tree. */
    long zxid() {
        return serving().status().appliedZxid();
    }

    void turn(long nowMillis) {
        Replica present = replica;
        if (present != null) {
            present.onTime(Rehearsal.nanos(nowMillis), nowMillis);
            logLane.completeAll(present::onDiskCompleted);
            bulkLane.completeAll(present::onDiskCompleted);
            present.endOfTurn();
        }
    }

    // ------------------------------------------------------------------------------------------------------ a client

    /** A client comes that it has not seen before. */
    void openClient(long link) {
        Replica present = serving();
        client = link;
        answeredXid = -1;
        present.onClientOpened(link, ClientOrigin.of(ADDRESS));
        WireWriter hello = new WireWriter(64).writeInt(0).writeLong(0).writeInt(SESSION_MILLIS);
        hello.writeLong(0).writeBuffer(new byte[PASSWORD_BYTES]).writeBool(false);
        present.onClientFrame(link, hello.written());
    }

    void create(long link, int xid, String path) {
        WireWriter body = new WireWriter(64).writeString(path).writeBuffer(new byte[0]);
        Acl.writeList(body, Acl.OPEN);
        request(link, xid, OpCode.CREATE, body.writeInt(0));
    }

    void sync(long link, int xid) {
        request(link, xid, OpCode.SYNC, new WireWriter(64).writePath(NodePath.of("/")));
    }

    private void request(long link, int xid, OpCode op, WireWriter body) {
        WireWriter frame = new WireWriter(256).writeInt(xid).writeInt(op.code());
        serving().onClientFrame(link, frame.writeRaw(body.written()).written());
    }

    private Replica serving() {
        Replica present = replica;
        if (present == null) {
            throw new IllegalStateException("member " + id() + " is gone");
        }
        return present;
    }

    /** What the last client was answered last; 0 for its session, -1 before. */
    int answeredXid() {
        return answeredXid;
    }

    @Override
    public void send(long link, ByteBuffer message) {
        if (link == client) {
            answeredXid = answeredXid < 0 ? 0 : message.getInt(message.position() + XID_OFFSET);
        }
    }

    @Override
    public void close(long link, CloseReason reason) {
        // Nobody minds: the next client takes another link.
    }

    /** Nobody reads from a socket. */
    @Override
    public void pauseReading(long link) {}

    /** Nobody reads from a socket. */
    @Override
    public void resumeReading(long link) {}
}
