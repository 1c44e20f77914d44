package io.quorate.runtime.proof;

import io.quorate.core.wire.peer.PacketType;
import io.quorate.core.wire.peer.QuorumPacket;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands between a learner and the quorum port of its leader, and holds back what it is told to. What is held back goes
 * on when it is let, unless its connection has ended. Any thread may say what passes.
 */
final class PeerRelay implements AutoCloseable {

    /** What the learner says, as far as the leader gets to hear it. */
    enum Upward {
        ALL,
        NOTHING,
        /** The acknowledgements stay behind and everything else overtakes them, as with a disk that takes no writes. */
        NO_ACKS,
        /** The first acknowledgement stays behind, and all that comes after it. */
        UNTIL_AN_ACK
    }

    private static final int BUFFER = 1 << 22;
    private static final int CHUNK = 1 << 16;
    private static final long PAUSE_NANOS = 5_000_000;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final ServerSocket listening;
    private final int target;
    private final List<Connection> connections = new ArrayList<>();
    private Upward upward = Upward.ALL;
    private boolean downwardPasses = true;
    private int leftByLearner;

    /** Both ports are on loopback. */
    PeerRelay(int port, int target) throws IOException {
        this.target = target;
        listening = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        run("relay-accept", this::accept);
    }

    synchronized void passUpward(Upward passing) {
        upward = passing;
        List.copyOf(connections).forEach(Connection::sendHeld);
    }

    /** Whether the learner hears what the leader says. */
    synchronized void passDownward(boolean passing) {
        downwardPasses = passing;
        notifyAll();
    }

    /** How many connections the learner has ended before the leader did. */
    synchronized int leftByLearner() {
        return leftByLearner;
    }

    private static void run(String name, Runnable what) {
        Thread thread = new Thread(what, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket learner = listening.accept();
                run("relay-up", () -> connect(learner));
            }
        } catch (IOException closed) {
            // By close(), which is the end of this thread.
        }
    }

    private void connect(Socket learner) {
        try {
            Socket leader = dial();
            learner.setTcpNoDelay(true);
            leader.setTcpNoDelay(true);
            Connection connection = new Connection(learner, leader);
            synchronized (this) {
                connections.add(connection);
            }
            run("relay-down", connection::pumpDown);
            connection.pumpUp();
        } catch (IOException notThere) {
            close(learner);
        }
    }

    /** A learner that could dial by itself would try again until its leader listens: so does this. */
    private Socket dial() throws IOException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            try {
                return new Socket(InetAddress.getLoopbackAddress(), target);
            } catch (IOException notYet) {
                if (listening.isClosed() || System.nanoTime() > deadline) {
                    throw notYet;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // It is to be gone.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        List<Connection> left;
        synchronized (this) {
            left = List.copyOf(connections);
        }
        left.forEach(connection -> connection.end(false));
    }

    /** One learner's connection and the one to the leader that stands for it. The lock is the relay's. */
    private final class Connection {
        private final Socket learner;
        private final Socket leader;
        private final Deque<byte[]> held = new ArrayDeque<>();

        Connection(Socket learner, Socket leader) {
            this.learner = learner;
            this.leader = leader;
        }

        void pumpUp() {
            ByteBuffer unread = ByteBuffer.allocate(BUFFER);
            try {
                while (readInto(unread)) {
                    unread.flip();
                    offerAll(unread);
                    unread.compact();
                }
                end(true);
            } catch (IOException leaderIsGone) {
                end(false);
            }
        }

        /** False at the end of what the learner says, however it comes. */
        private boolean readInto(ByteBuffer unread) {
            try {
                int count = learner.getInputStream().read(unread.array(), unread.position(), unread.remaining());
                unread.position(unread.position() + Math.max(0, count));
                return count >= 0;
            } catch (IOException reset) {
                return false;
            }
        }

        private void offerAll(ByteBuffer unread) throws IOException {
            int start = unread.position();
            for (QuorumPacket packet = QuorumPacket.read(unread, BUFFER);
                    packet != null;
                    packet = QuorumPacket.read(unread, BUFFER)) {
                offer(packet.type(), Arrays.copyOfRange(unread.array(), start, unread.position()));
                start = unread.position();
            }
        }

        private void offer(int type, byte[] bytes) throws IOException {
            synchronized (PeerRelay.this) {
                boolean staysBehind = switch (upward) {
                    case ALL -> false;
                    case NOTHING -> true;
                    case NO_ACKS -> type == PacketType.ACK;
                    case UNTIL_AN_ACK -> type == PacketType.ACK || !held.isEmpty();
                };
                if (staysBehind) {
                    held.add(bytes);
                } else {
                    leader.getOutputStream().write(bytes);
                }
            }
        }

        private void sendHeld() {
            try {
                while (upward == Upward.ALL && !held.isEmpty()) {
                    leader.getOutputStream().write(held.remove());
                }
            } catch (IOException leaderIsGone) {
                end(false);
            }
        }

        void pumpDown() {
            byte[] chunk = new byte[CHUNK];
            try {
                InputStream in = leader.getInputStream();
                for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                    awaitPassage();
                    learner.getOutputStream().write(chunk, 0, count);
                }
            } catch (IOException broken) {
                // Either of them is gone: so is the connection.
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            end(false);
        }

        private void awaitPassage() throws InterruptedException {
            synchronized (PeerRelay.this) {
                while (!downwardPasses && connections.contains(this)) {
                    PeerRelay.this.wait();
                }
            }
        }

        void end(boolean byLearner) {
            synchronized (PeerRelay.this) {
                if (connections.remove(this) && byLearner) {
                    leftByLearner++;
                }
                PeerRelay.this.notifyAll();
            }
            PeerRelay.close(learner);
            PeerRelay.close(leader);
        }
    }
}
