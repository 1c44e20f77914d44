package io.quorate.core.replica;

import io.quorate.core.base.Limits;
import io.quorate.core.base.NodePath;
import io.quorate.core.base.ThrottleOptions;
import io.quorate.core.port.ClientLinks;
import io.quorate.core.port.ClientOrigin;
import io.quorate.core.port.CloseReason;
import io.quorate.core.port.MemoryDisk;
import io.quorate.core.port.PeerLinks;
import io.quorate.core.port.ServerEvents;
import io.quorate.core.quorum.Membership;
import io.quorate.core.quorum.PeerServer;
import io.quorate.core.wire.WireReader;
import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.client.OpCode;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * An ensemble on a bench: replicas with disks in memory and a network that delivers at once and in order, in steps of
 * a few milliseconds. Servers are killed and restarted on what their disk has been told to keep.
 */
final class Cluster {

    private static final int STEP_MILLIS = 5;

    final TreeMap<Long, Node> nodes = new TreeMap<>();
    private final Map<Long, Wire> wires = new HashMap<>();
    private final ArrayDeque<Runnable> network = new ArrayDeque<>();
    private final List<PeerServer> servers = new ArrayList<>();
    private final int windowTxns;
    private final long segmentBytes;
    private final boolean leaderServes;
    /** What an empty disk means to whoever starts from now on. */
    ReplicaOptions.EmptyDisk emptyDisk = ReplicaOptions.EmptyDisk.NEW_UNLESS_KNOWN_OTHERWISE;

    long nowMillis = 1_000;
    private long lastLink;

    Cluster(int voters, int observers) {
        this(voters, observers, 1000);
    }

    Cluster(int voters, int observers, int windowTxns) {
        this(voters, observers, windowTxns, 0, true);
    }

    Cluster(int voters, int observers, int windowTxns, long segmentBytes) {
        this(voters, observers, windowTxns, segmentBytes, true);
    }

    Cluster(int voters, int observers, int windowTxns, boolean leaderServes) {
        this(voters, observers, windowTxns, 0, leaderServes);
    }

    private Cluster(int voters, int observers, int windowTxns, long segmentBytes, boolean leaderServes) {
        this.windowTxns = windowTxns;
        this.segmentBytes = segmentBytes;
        this.leaderServes = leaderServes;
        for (long id = 1; id <= voters + observers; id++) {
            PeerServer.PeerAddress address = new PeerServer.PeerAddress("s" + id, 2888, 3888);
            servers.add(new PeerServer(id, List.of(address), id > voters, null));
        }
        for (PeerServer server : servers) {
            nodes.put(server.id(), new Node(server.id(), new MemoryDisk()));
        }
    }

    /** Both ends of a connection. An end is 0 when it is gone. */
    private static final class Wire {
        final Node from;
        final Node to;
        final long fromLink;
        final long toLink;
        boolean open;

        Wire(Node from, Node to, long fromLink, long toLink) {
            this.from = from;
            this.to = to;
            this.fromLink = fromLink;
            this.toLink = toLink;
        }
    }

    private ReplicaOptions options(long id) {
        ReplicaOptions defaults = ReplicaOptions.defaults();
        EnsembleOptions ensemble = new EnsembleOptions(
                id,
                Membership.majority(0, servers),
                200,
                10,
                5,
                0,
                1000,
                50,
                50,
                400,
                windowTxns,
                1 << 20,
                leaderServes);
        return new ReplicaOptions(
                id,
                new ReplicaOptions.Times(200, 400, 60_000),
                Limits.DEFAULTS,
                ReplicaOptions.Nodes.DEFAULTS,
                ReplicaOptions.Access.DEFAULTS,
                new ReplicaOptions.Storage(100_000, 4L << 30, segmentBytes, 1 << 20, 3, false, emptyDisk),
                false,
                ThrottleOptions.OFF,
                ensemble);
    }

    /** One server. */
    final class Node implements ClientLinks, PeerLinks, ServerEvents {
        final long id;
        MemoryDisk disk;
        MemoryDisk logLane;
        MemoryDisk bulkLane;
        Replica replica;
        boolean up;
        /** A process that stands still: hears nothing, says nothing. */
        boolean paused;
        /** When it wanted its next turn, right after it had begun to look for a leader. */
        long lookingWantsNanos;
        /** Whether its disk completes nothing of what it is told. */
        boolean diskStands;
        /** Whether that holds for snapshots only. */
        boolean bulkStands;

        final List<String> said = new ArrayList<>();
        final List<String> log = new ArrayList<>();
        final Map<Long, Boolean> handshaking = new HashMap<>();
        long sessionId;
        byte[] password = {};
        /** Links that others cannot reach: a cut network. */
        final List<Long> cutOffFrom = new ArrayList<>();

        Node(long id, MemoryDisk disk) {
            this.id = id;
            this.disk = disk;
            start();
        }

        void start() {
            logLane = new MemoryDisk(disk);
            bulkLane = new MemoryDisk(disk);
            replica = new Recovery(options(id), disk, log::add)
                    .recover(
                            new Recovery.Ports(this, logLane, bulkLane, this, bound -> bound / 2, this),
                            nowMillis * 1_000_000,
                            nowMillis);
            up = true;
        }

        /** The process is gone; what it has told its disk is kept. */
        void kill() {
            up = false;
            for (Map.Entry<Long, Wire> entry : new ArrayList<>(wires.entrySet())) {
                Wire wire = entry.getValue();
                if (wire.from == this || wire.to == this) {
                    hangUp(entry.getKey());
                }
            }
        }

        void restart() {
            start();
        }

        private void hangUp(long link) {
            Wire wire = wires.remove(link);
            if (wire == null) {
                return;
            }
            Node other = wire.from == this ? wire.to : wire.from;
            long otherLink = link == wire.fromLink ? wire.toLink : wire.fromLink;
            Node us = this;
            network.add(() -> {
                wires.remove(otherLink);
                if (us.up) {
                    us.replica.peers().onPeerClosed(link);
                }
                if (other.up && !us.cutOffFrom.contains(other.id)) {
                    other.replica.peers().onPeerClosed(otherLink);
                }
            });
        }

        void turn() {
            if (!up || paused) {
                return;
            }
            replica.onTime(nowMillis * 1_000_000, nowMillis);
            if (!diskStands) {
                logLane.completeAll(replica::onDiskCompleted);
                if (!bulkStands) {
                    bulkLane.completeAll(replica::onDiskCompleted);
                }
            }
            String before = role();
            replica.endOfTurn();
            if (role().equals("LOOKING") && !before.equals("LOOKING")) {
                lookingWantsNanos = replica.nextDeadlineNanos();
            }
            if (replica.fatalFailure() != null) {
                throw new AssertionError(replica.fatalFailure());
            }
            boolean nothingWillCome = logLane.waiting() == 0 && bulkLane.waiting() == 0;
            if (nothingWillCome && role().equals("LOOKING") && replica.nextDeadlineNanos() == Long.MAX_VALUE) {
                throw new AssertionError("server " + id + " looks for a leader and waits for nothing");
            }
        }

        String role() {
            return up ? replica.status().role() : "DOWN";
        }

        boolean serves() {
            return up && replica.status().ensemble().serving();
        }

        // ------------------------------------------------------------------------------------------------- peer links

        @Override
        public long connect(Purpose purpose, String host, int port, int timeoutMillis) {
            long fromLink = ++lastLink;
            long toLink = ++lastLink;
            Node target = nodes.get(Long.parseLong(host.substring(1)));
            network.add(() -> {
                if (!up) {
                    return;
                }
                if (target == null || !target.up || cutOffFrom.contains(target.id)) {
                    replica.peers().onPeerClosed(fromLink);
                    return;
                }
                Wire wire = new Wire(this, target, fromLink, toLink);
                wires.put(fromLink, wire);
                wires.put(toLink, wire);
                target.replica.peers().onPeerAccepted(toLink, purpose, "127.0.0.1");
                replica.peers().onPeerConnected(fromLink);
            });
            return fromLink;
        }

        @Override
        public void send(long link, ByteBuffer bytes) {
            if (handshaking.containsKey(link) || clients.contains(link)) {
                sendToClient(link, bytes);
                return;
            }
            Wire wire = wires.get(link);
            if (wire == null) {
                return;
            }
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            Node other = wire.from == this ? wire.to : wire.from;
            long otherLink = link == wire.fromLink ? wire.toLink : wire.fromLink;
            if (cutOffFrom.contains(other.id)) {
                return;
            }
            network.add(() -> {
                if (other.up && wires.containsKey(otherLink)) {
                    other.backlog(() -> other.replica.peers().onPeerBytes(otherLink, ByteBuffer.wrap(copy)));
                }
            });
        }

        private final ArrayDeque<Runnable> whilePaused = new ArrayDeque<>();

        private void backlog(Runnable input) {
            if (paused) {
                whilePaused.add(input);
            } else {
                input.run();
            }
        }

        void resume() {
            paused = false;
            while (!whilePaused.isEmpty()) {
                whilePaused.poll().run();
            }
        }

        @Override
        public void close(long link) {
            hangUp(link);
        }

        @Override
        public void pauseReading(long link) {}

        @Override
        public void resumeReading(long link) {}

        // ---------------------------------------------------------------------------------------------------- clients

        final List<Long> clients = new ArrayList<>();

        void open(long link) {
            clients.add(link);
            replica.onClientOpened(link, ClientOrigin.of("10.0.0.1"));
        }

        void handshake(long link, long session, byte[] secret) {
            handshaking.put(link, true);
            replica.onClientFrame(
                    link,
                    new WireWriter(64)
                            .writeInt(0)
                            .writeLong(0)
                            .writeInt(10_000)
                            .writeLong(session)
                            .writeBuffer(secret)
                            .writeBool(false)
                            .written());
        }

        void connectClient(long link) {
            open(link);
            handshake(link, 0, new byte[16]);
            settle(() -> said.contains(link + ": connected 10000"));
        }

        void request(long link, int xid, OpCode op, WireWriter body) {
            WireWriter frame = new WireWriter(256).writeInt(xid).writeInt(op.code());
            frame.writeRaw(body.written());
            replica.onClientFrame(link, frame.written());
        }

        void create(long link, int xid, String path) {
            request(link, xid, OpCode.CREATE, Bench.createBody(path, 0));
        }

        void sync(long link, int xid) {
            request(link, xid, OpCode.SYNC, new WireWriter(64).writePath(NodePath.of("/")));
        }

        private void sendToClient(long link, ByteBuffer message) {
            WireReader in = new WireReader(message);
            in.readInt();
            if (handshaking.remove(link) != null) {
                in.readInt();
                int timeout = in.readInt();
                sessionId = in.readLong();
                password = in.readBuffer();
                said.add(link + ": " + (timeout == 0 ? "session invalid" : "connected " + timeout));
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
            log.add(nowMillis + " " + role + " " + leader + ": " + reason);
        }

        @Override
        public void learnerJoined(long serverId, boolean observer, String how, long nanos) {
            log.add(nowMillis + " joined " + serverId + " " + how);
        }

        @Override
        public void learnerLeft(long serverId, String reason) {
            log.add(nowMillis + " left " + serverId + " " + reason);
        }

        @Override
        public void digestMismatch(long zxid, long expected, long actual) {
            throw new AssertionError("digest differs at " + zxid);
        }
    }

    Node node(long id) {
        return nodes.get(id);
    }

    /** One step: everything under way arrives, every server has a turn. */
    void step() {
        nowMillis += STEP_MILLIS;
        for (int i = 0; i < 6; i++) {
            for (Node node : nodes.values()) {
                node.turn();
            }
            for (int left = network.size(); left > 0; left--) {
                network.poll().run();
            }
        }
    }

    /** Steps until something holds; fails when it does not within a minute of the cluster's time. */
    void settle(BooleanSupplier until) {
        long deadline = nowMillis + 60_000;
        while (!until.getAsBoolean()) {
            if (nowMillis > deadline) {
                throw new AssertionError("never came to be: " + describe());
            }
            step();
        }
    }

    void steps(int count) {
        for (int i = 0; i < count; i++) {
            step();
        }
    }

    String describe() {
        StringBuilder text = new StringBuilder();
        nodes.forEach((id, node) -> text.append(id)
                .append(' ')
                .append(node.role())
                .append(' ')
                .append(node.up ? Long.toHexString(node.replica.status().appliedZxid()) : "")
                .append(' ')
                .append(node.said)
                .append(node.log)
                .append('\n'));
        return text.toString();
    }

    /** The leader that serves, once there is one and everyone who is up follows it. */
    Node elected() {
        settle(() ->
                nodes.values().stream().filter(node -> node.up && !node.paused).allMatch(Node::serves));
        return nodes.values().stream()
                .filter(node -> node.role().equals("LEADING"))
                .findFirst()
                .orElseThrow();
    }
}
