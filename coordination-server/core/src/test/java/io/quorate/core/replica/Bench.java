package io.quorate.core.replica;

import io.quorate.core.base.NodePath;
import io.quorate.core.port.ClientLinks;
import io.quorate.core.port.ClientOrigin;
import io.quorate.core.port.CloseReason;
import io.quorate.core.port.LimitReached;
import io.quorate.core.port.MemoryDisk;
import io.quorate.core.port.ServerEvents;
import io.quorate.core.wire.Acl;
import io.quorate.core.wire.WireReader;
import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.client.OpCode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A replica on a bench: time, disk and clients are in the test's hands, and everything it says comes out as lines of
 * text, "1: xid 5 zxid 2 ok" for a reply, "1: event 3 /a zxid 2" for an event, "1: closed SESSION_CLOSED".
 */
final class Bench implements ClientLinks, ServerEvents {

    static final long NANOS_PER_MILLI = 1_000_000;

    final MemoryDisk logLane;
    final MemoryDisk bulkLane;
    final List<String> events = new ArrayList<>();
    private final ReplicaOptions options;
    private final List<String> said = new ArrayList<>();
    private final List<Long> handshaking = new ArrayList<>();
    private long nowMillis = 1_000;
    long lastSessionId;
    byte[] lastPassword = {};
    Replica replica;

    Bench(ReplicaOptions options) {
        this(options, new MemoryDisk());
    }

    Bench(ReplicaOptions options, MemoryDisk disk) {
        this.options = options;
        logLane = new MemoryDisk(disk);
        bulkLane = new MemoryDisk(disk);
        replica = new Recovery(options, disk, line -> events.add(line))
                .recover(
                        new Recovery.Ports(this, logLane, bulkLane, this, bound -> bound / 2),
                        nowMillis * NANOS_PER_MILLI,
                        nowMillis);
        settle();
    }

    static Bench standalone() {
        return new Bench(ReplicaOptions.defaults());
    }

    /** The same disk after a crash that lost nothing. */
    Bench restarted() {
        return new Bench(options, logLane);
    }

    /** Turns until the disk has nothing left to do. */
    void settle() {
        boolean busy;
        do {
            replica.endOfTurn();
            busy = logLane.isBusy() || bulkLane.isBusy();
            logLane.completeAll(replica::onDiskCompleted);
            bulkLane.completeAll(replica::onDiskCompleted);
        } while (busy);
    }

    /** One round of what the disk has to do, and the turn behind it. */
    void settleOnce() {
        logLane.completeAll(replica::onDiskCompleted);
        bulkLane.completeAll(replica::onDiskCompleted);
        replica.endOfTurn();
    }

    /** At most that many of the oldest commands to the log complete. */
    void completeSome(int count) {
        for (int i = 0; i < count && logLane.isBusy(); i++) {
            logLane.completeOne(replica::onDiskCompleted);
        }
    }

    /** A turn in which the disk completes nothing. */
    void turn() {
        replica.endOfTurn();
    }

    void advanceMillis(long millis) {
        nowMillis += millis;
        replica.onTime(nowMillis * NANOS_PER_MILLI, nowMillis);
    }

    void open(long link) {
        replica.onClientOpened(link, ClientOrigin.of("10.0.0." + link));
    }

    void handshake(long link, long lastZxid, long sessionId, byte[] password) {
        handshaking.add(link);
        replica.onClientFrame(
                link,
                new WireWriter(64)
                        .writeInt(0)
                        .writeLong(lastZxid)
                        .writeInt(10_000)
                        .writeLong(sessionId)
                        .writeBuffer(password)
                        .writeBool(false)
                        .written());
    }

    /** A client with a new session, its handshake taken from what was said. */
    void connect(long link) {
        open(link);
        handshake(link, 0, 0, new byte[16]);
        settle();
        said();
    }

    void request(long link, int xid, OpCode op, WireWriter body) {
        WireWriter frame = new WireWriter(256).writeInt(xid).writeInt(op.code());
        frame.writeRaw(body.written());
        replica.onClientFrame(link, frame.written());
    }

    void create(long link, int xid, String path, int flags) {
        request(link, xid, OpCode.CREATE, createBody(path, flags));
    }

    static WireWriter createBody(String path, int flags) {
        WireWriter body = new WireWriter(128).writePath(NodePath.of(path)).writeBuffer(new byte[] {1});
        Acl.writeList(body, Acl.OPEN);
        return body.writeInt(flags);
    }

    void setData(long link, int xid, String path, int version) {
        request(
                link,
                xid,
                OpCode.SET_DATA,
                new WireWriter(64)
                        .writePath(NodePath.of(path))
                        .writeBuffer(new byte[] {2})
                        .writeInt(version));
    }

    void delete(long link, int xid, String path) {
        request(
                link,
                xid,
                OpCode.DELETE,
                new WireWriter(64).writePath(NodePath.of(path)).writeInt(-1));
    }

    void exists(long link, int xid, String path, boolean watch) {
        request(
                link,
                xid,
                OpCode.EXISTS,
                new WireWriter(64).writePath(NodePath.of(path)).writeBool(watch));
    }

    void ping(long link) {
        request(link, -2, OpCode.PING, new WireWriter(1));
    }

    /** What the replica has said since the last call. */
    List<String> said() {
        List<String> lines = List.copyOf(said);
        said.clear();
        return lines;
    }

    @Override
    public void send(long link, ByteBuffer message) {
        WireReader in = new WireReader(message);
        in.readInt();
        if (handshaking.remove(link)) {
            in.readInt();
            int timeout = in.readInt();
            lastSessionId = in.readLong();
            lastPassword = in.readBuffer();
            said.add(link + ": " + (timeout == 0 ? "session invalid" : "connected " + timeout));
            return;
        }
        int xid = in.readInt();
        long zxid = in.readLong();
        int error = in.readInt();
        if (xid == -1) {
            int type = in.readInt();
            in.readInt();
            said.add(link + ": event " + type + " " + in.readPath() + " zxid " + zxid);
        } else {
            said.add(link + ": xid " + xid + " zxid " + zxid + (error == 0 ? " ok" : " error " + error));
        }
    }

    @Override
    public void close(long link, CloseReason reason) {
        said.add(link + ": closed " + reason);
    }

    @Override
    public void pauseReading(long link) {}

    @Override
    public void resumeReading(long link) {}

    @Override
    public void writesRefused(String reason) {
        events.add("writes refused");
    }

    @Override
    public void limitReached(LimitReached limit) {
        events.add("limit " + limit);
    }

    @Override
    public void snapshotFailed(long zxid, String reason) {
        events.add("snapshot failed");
    }

    @Override
    public void writesAcceptedAgain() {
        events.add("writes accepted again");
    }

    @Override
    public void digestMismatch(long zxid, long expected, long actual) {
        throw new AssertionError("digest differs at " + zxid);
    }
}
