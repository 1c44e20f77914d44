package io.quorate.core.replica;

import io.quorate.core.base.Limits;
import io.quorate.core.base.ThrottleOptions;
import io.quorate.core.port.ClientLinks;
import io.quorate.core.port.ClientOrigin;
import io.quorate.core.port.CloseReason;
import io.quorate.core.port.MemoryDisk;
import io.quorate.core.port.PeerLinks;
import io.quorate.core.port.ServerEvents;
import io.quorate.core.quorum.Membership;
import io.quorate.core.quorum.PeerServer;
import io.quorate.core.txn.Txn;
import io.quorate.core.txn.TxnBody;
import io.quorate.core.txn.TxnCodec;
import io.quorate.core.wire.WireReader;
import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.client.OpCode;
import io.quorate.core.wire.peer.ElectionHandshake;
import io.quorate.core.wire.peer.LearnerInfo;
import io.quorate.core.wire.peer.Notification;
import io.quorate.core.wire.peer.PacketType;
import io.quorate.core.wire.peer.PeerState;
import io.quorate.core.wire.peer.QuorumPacket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One replica of three, with a disk in memory; the test speaks for the other two, packet by packet. As server 1 the
 * replica follows server 3, as server 3 it leads.
 */
final class ScriptedMembers implements ClientLinks, PeerLinks, ServerEvents {

    private static final long LARGEST_ID = 3;
    private static final long ROUND = 1;

    final MemoryDisk disk;
    final MemoryDisk logLane;
    final MemoryDisk bulkLane;
    final Replica replica;
    final List<String> said = new ArrayList<>();
    final List<String> log = new ArrayList<>();
    /** Whether the log lane completes what it is told. */
    boolean logStands;
    /** Whether the log lane does nothing more from the moment that the state is replaced. */
    boolean logStandsBehindReplacement;
    /** Whether the bulk lane completes nothing more from the moment that the state is replaced. */
    boolean bulkStandsBehindReplacement;

    /** Whether the bulk lane completes what it is told. */
    boolean bulkStands;

    private final long id;
    private final Map<Long, WireWriter> sent = new TreeMap<>();
    private final Map<Long, Boolean> handshaking = new HashMap<>();
    private final List<Long> elections = new ArrayList<>();
    private final List<Long> closed = new ArrayList<>();
    private final List<Runnable> inputs = new ArrayList<>();
    private long lastLink;
    private long nowMillis = 1_000;
    private long quorumLink = -1;
    long sessionId;
    byte[] password = {};

    ScriptedMembers(long id) {
        this(id, new MemoryDisk());
    }

    ScriptedMembers(long id, MemoryDisk disk) {
        this(id, disk, 0);
    }

    /** @param segmentBytes beyond which another log file is begun; 0 for never */
    ScriptedMembers(long id, MemoryDisk disk, long segmentBytes) {
        this.id = id;
        this.disk = disk;
        logLane = new MemoryDisk(disk);
        bulkLane = new MemoryDisk(disk);
        replica = new Recovery(options(id, segmentBytes), disk, log::add)
                .recover(
                        new Recovery.Ports(this, logLane, bulkLane, this, bound -> bound / 2, this),
                        nowMillis * 1_000_000,
                        nowMillis);
    }

    private static Membership membership() {
        List<PeerServer> servers = new ArrayList<>();
        for (long each = 1; each <= LARGEST_ID; each++) {
            servers.add(new PeerServer(each, List.of(new PeerServer.PeerAddress("s" + each, 2888, 3888)), false, null));
        }
        return Membership.majority(0, servers);
    }

    private static ReplicaOptions options(long id, long segmentBytes) {
        EnsembleOptions ensemble =
                new EnsembleOptions(id, membership(), 200, 10, 5, 0, 1000, 50, 50, 400, 1000, 1 << 24, true);
        return new ReplicaOptions(
                id,
                new ReplicaOptions.Times(200, 400, 60_000),
                Limits.DEFAULTS,
                ReplicaOptions.Nodes.DEFAULTS,
                ReplicaOptions.Access.DEFAULTS,
                new ReplicaOptions.Storage(100_000, 4L << 30, segmentBytes, 1 << 20, 3, false),
                false,
                ThrottleOptions.OFF,
                ensemble);
    }

    // -------------------------------------------------------------------------------------------------------- script

    /** Server 1 hears of an ensemble that server 3 leads and server 2 follows, and connects to the leader. */
    void follow() {
        steps(5);
        for (long other = 2; other <= LARGEST_ID; other++) {
            long link = ++lastLink;
            replica.peers().onPeerAccepted(link, Purpose.ELECTION, "127.0.0.1");
            bytes(
                    link,
                    new ElectionHandshake(other, List.of(new ElectionHandshake.Address("s" + other, 3888))).toBytes());
            vote(link, other == LARGEST_ID ? PeerState.LEADING : PeerState.FOLLOWING);
        }
        steps(5);
        if (quorumLink < 0) {
            throw new AssertionError("it does not follow: " + log);
        }
    }

    /** Server 3 gets the votes of the others. */
    void lead() {
        steps(5);
        for (long link : List.copyOf(elections)) {
            vote(link, PeerState.LOOKING);
        }
        steps(200);
        if (!replica.status().role().equals("LEADING")) {
            throw new AssertionError("it does not lead: " + log);
        }
    }

    /** Somebody connects to the election port and says this. @return the link */
    long elector(byte[] first) {
        step();
        long link = ++lastLink;
        replica.peers().onPeerAccepted(link, Purpose.ELECTION, "127.0.0.1");
        bytes(link, first);
        step();
        return link;
    }

    /** How many bytes the replica has said on a link. */
    int sentBytes(long link) {
        WireWriter stream = sent.get(link);
        return stream == null ? 0 : stream.size();
    }

    private void vote(long link, PeerState state) {
        WireWriter payload = new WireWriter(256);
        new Notification(
                        state,
                        LARGEST_ID,
                        0,
                        ROUND,
                        0,
                        Notification.VERSION,
                        membership().text())
                .writeTo(payload);
        bytes(link, new WireWriter(300).writeBuffer(payload.toByteArray()).toByteArray());
    }

    /** Another server comes to the leader and says who it is. @return its link */
    long learner(long serverId, long acceptedEpoch) {
        long link = ++lastLink;
        replica.peers().onPeerAccepted(link, Purpose.QUORUM, "127.0.0.1");
        byte[] info = new LearnerInfo(serverId, LearnerInfo.PROTOCOL_VERSION, 0).toBytes();
        say(link, QuorumPacket.of(PacketType.FOLLOWER_INFO, acceptedEpoch << 32, info));
        return link;
    }

    /** The replica that follows hears this from its leader. */
    void say(QuorumPacket packet) {
        say(quorumLink, packet);
    }

    void say(long link, QuorumPacket packet) {
        sayInTurn(link, packet);
        step();
    }

    /** As {@link #say(long, QuorumPacket)}, with more to come in the same turn. */
    void sayInTurn(long link, QuorumPacket packet) {
        WireWriter out = new WireWriter(256);
        packet.writeTo(out);
        bytes(link, out.toByteArray());
    }

    /** The leader sends bytes that are no packet. */
    void sayRaw(byte[] bytes, int from, int to) {
        replica.peers().onPeerBytes(quorumLink, ByteBuffer.wrap(bytes, from, to - from));
        step();
    }

    /** The connection to the leader ends. */
    void loseTheLeader() {
        replica.peers().onPeerClosed(quorumLink);
        steps(3);
    }

    /** All bytes that the replica has said on a link since this or the packets were asked for. */
    byte[] rawSent(long link) {
        WireWriter stream = sent.remove(link);
        return stream == null ? new byte[0] : stream.toByteArray();
    }

    void propose(Txn txn) {
        WireWriter out = new WireWriter(256);
        TxnCodec.write(txn, out);
        say(QuorumPacket.of(PacketType.PROPOSAL, txn.zxid(), out.toByteArray()));
    }

    static Txn txn(long sessionId, int cxid, long zxid, TxnBody body) {
        return new Txn(sessionId, cxid, zxid, 1_700_000_000_000L, body, null);
    }

    void commit(long zxid) {
        say(QuorumPacket.of(PacketType.COMMIT, zxid));
    }

    private void bytes(long link, byte[] bytes) {
        replica.peers().onPeerBytes(link, ByteBuffer.wrap(bytes));
    }

    /** What the replica has said to its leader since this was asked last, pings left out. */
    List<QuorumPacket> packets() {
        return packets(quorumLink);
    }

    List<QuorumPacket> packets(long link) {
        List<QuorumPacket> packets = all(link);
        packets.removeIf(packet -> packet.type() == PacketType.PING);
        return packets;
    }

    /** As {@link #packets()}, with the pings. */
    List<QuorumPacket> allPackets() {
        return all(quorumLink);
    }

    private List<QuorumPacket> all(long link) {
        List<QuorumPacket> packets = new ArrayList<>();
        WireWriter stream = sent.remove(link);
        ByteBuffer unread = stream == null ? ByteBuffer.allocate(0) : ByteBuffer.wrap(stream.toByteArray());
        for (QuorumPacket packet = read(unread); packet != null; packet = read(unread)) {
            packets.add(packet);
        }
        return packets;
    }

    private static @Nullable QuorumPacket read(ByteBuffer unread) {
        return QuorumPacket.read(unread, 1 << 20);
    }

    /** As its introduction to a leader says it. */
    long acceptedEpoch() {
        follow();
        return packets().get(0).zxid() >> 32;
    }

    boolean isClosed(long link) {
        return closed.contains(link);
    }

    boolean hasLeftItsLeader() {
        return isClosed(quorumLink);
    }

    void step() {
        steps(1);
    }

    void steps(int count) {
        for (int i = 0; i < count; i++) {
            nowMillis += 5;
            List<Runnable> arrived = List.copyOf(inputs);
            inputs.clear();
            arrived.forEach(Runnable::run);
            replica.onTime(nowMillis * 1_000_000, nowMillis);
            if (!logStands) {
                logLane.completeAll(replica::onDiskCompleted);
            }
            if (!bulkStands) {
                bulkLane.completeAll(replica::onDiskCompleted);
            }
            replica.endOfTurn();
            if (replica.fatalFailure() != null) {
                throw new AssertionError(replica.fatalFailure());
            }
        }
    }

    // --------------------------------------------------------------------------------------------------------- peers

    @Override
    public long connect(Purpose purpose, String host, int port, int timeoutMillis) {
        long link = ++lastLink;
        if (purpose == Purpose.QUORUM) {
            quorumLink = link;
        } else if (id < LARGEST_ID) {
            inputs.add(() -> replica.peers().onPeerClosed(link));
            return link;
        } else {
            elections.add(link);
        }
        inputs.add(() -> replica.peers().onPeerConnected(link));
        return link;
    }

    @Override
    public void send(long link, ByteBuffer bytes) {
        if (handshaking.containsKey(link)) {
            toClient(link, bytes);
            return;
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        sent.computeIfAbsent(link, any -> new WireWriter(256)).writeRaw(ByteBuffer.wrap(copy));
    }

    @Override
    public void close(long link) {
        closed.add(link);
        inputs.add(() -> replica.peers().onPeerClosed(link));
    }

    @Override
    public void pauseReading(long link) {}

    @Override
    public void resumeReading(long link) {}

    // ------------------------------------------------------------------------------------------------------- clients

    /** A client's first frame; a session of 0 asks for a new one. */
    void client(long link, long session, byte[] secret) {
        handshaking.put(link, true);
        replica.onClientOpened(link, ClientOrigin.of("10.0.0.1"));
        WireWriter frame = new WireWriter(64).writeInt(0).writeLong(0).writeInt(10_000);
        replica.onClientFrame(
                link,
                frame.writeLong(session).writeBuffer(secret).writeBool(false).written());
        step();
    }

    void request(long link, int xid, OpCode op, WireWriter body) {
        WireWriter frame = new WireWriter(256).writeInt(xid).writeInt(op.code());
        frame.writeRaw(body.written());
        replica.onClientFrame(link, frame.written());
        step();
    }

    private void toClient(long link, ByteBuffer message) {
        WireReader in = new WireReader(message);
        in.readInt();
        if (handshaking.put(link, false)) {
            in.readInt();
            int timeout = in.readInt();
            sessionId = in.readLong();
            password = in.readBuffer();
            said.add(link + ": " + (timeout == 0 ? "session invalid" : "connected"));
            return;
        }
        int xid = in.readInt();
        in.readLong();
        int error = in.readInt();
        said.add(link + ": xid " + xid + (error == 0 ? " ok" : " error " + error));
    }

    @Override
    public void close(long link, CloseReason reason) {
        said.add(link + ": closed " + reason);
    }

    @Override
    public void roleChanged(String role, long leader, String reason) {
        log.add(role + " " + leader + ": " + reason);
    }

    @Override
    public void stateReplaced(long zxid, String source) {
        logStands |= logStandsBehindReplacement;
        bulkStands |= bulkStandsBehindReplacement;
    }

    @Override
    public void learnerLeft(long serverId, String reason) {
        log.add("left " + serverId + ": " + reason);
    }
}
