package io.quorate.runtime.proof;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Sends broken messages, connection after connection. Requests that are whole frames with a known operation have to be
 * answered one by one, in order, on a connection that goes on; whatever breaks the framing comes last, and has to end
 * the connection and nothing else.
 */
final class HostileClient {

    private static final int TIMEOUT_MILLIS = 60_000;
    private static final int BATCH = 64;
    private static final int ONE_IN_HANDSHAKE = 8;
    private static final int EVENT_XID = -1;
    private static final int PING_XID = -2;
    private static final int PING = 11;
    private static final int MAX_REPLY_BYTES = 64 << 20;

    private final InetSocketAddress server;
    private final SplittableRandom random;
    private final List<HostileMessage> requests = HostileShapes.requests();
    private final List<HostileMessage> lastRequests = HostileShapes.lastRequests();
    private final Iterator<byte[]> systematicHandshakes;
    private final Iterator<byte[]> systematicRequests;
    private volatile long sent;
    private volatile long answered;
    private volatile long connections;

    HostileClient(InetSocketAddress server, long seed) {
        this.server = server;
        random = new SplittableRandom(seed);
        systematicHandshakes = shuffled(HostileMutations.all(HostileShapes.handshake(), 0));
        List<byte[]> mutants = new ArrayList<>();
        requests.forEach(request -> mutants.addAll(HostileMutations.all(request, HostileMutations.HEADER_BYTES)));
        systematicRequests = shuffled(mutants);
    }

    private Iterator<byte[]> shuffled(List<byte[]> mutants) {
        Collections.shuffle(mutants, new java.util.Random(random.nextLong()));
        return mutants.iterator();
    }

    /** Sends at least so many frames and handshakes. */
    void run(long count) throws IOException {
        while (sent < count) {
            try (Socket socket = new Socket()) {
                socket.setSoTimeout(TIMEOUT_MILLIS);
                socket.setTcpNoDelay(true);
                socket.connect(server, TIMEOUT_MILLIS);
                connections++;
                if (random.nextInt(ONE_IN_HANDSHAKE) == 0) {
                    breakHandshake(socket);
                } else {
                    breakRequests(socket);
                }
            }
        }
    }

    private void breakHandshake(Socket socket) throws IOException {
        byte[] mutant = systematicHandshakes.hasNext()
                ? systematicHandshakes.next()
                : HostileMutations.any(HostileShapes.handshake(), 0, random);
        sent++;
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        boolean honest = random.nextInt(4) != 0;
        try {
            out.write(frame(honest ? mutant.length : HostileMutations.interestingInt(random), mutant));
            socket.shutdownOutput();
        } catch (SocketException refused) {
            return;
        }
        int bytes = readToEnd(socket);
        // Nothing, or the answer in its short or long form.
        require(bytes == 0 || bytes == 40 || bytes == 41, "a broken handshake was answered with " + bytes + " bytes");
    }

    private void breakRequests(Socket socket) throws IOException {
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] handshake = HostileShapes.handshake().toBytes();
        out.write(frame(handshake.length, handshake));
        out.flush();
        require(in.readInt() == 37, "the handshake was refused");
        in.readFully(new byte[37]);
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            byte[] mutant = systematicRequests.hasNext()
                    ? systematicRequests.next()
                    : HostileMutations.any(any(requests), HostileMutations.HEADER_BYTES, random);
            int xid = i + 1;
            ByteBuffer.wrap(mutant).putInt(0, xid);
            expected.add(ByteBuffer.wrap(mutant).getInt(Integer.BYTES) == PING ? PING_XID : xid);
            out.write(frame(mutant.length, mutant));
            sent++;
        }
        out.flush();
        for (int xid : expected) {
            expectReply(in, xid);
        }
        breakConnection(socket, out);
    }

    private void expectReply(DataInputStream in, int expectedXid) throws IOException {
        int xid = EVENT_XID;
        while (xid == EVENT_XID) {
            int length;
            try {
                length = in.readInt();
            } catch (EOFException | SocketException closed) {
                throw new AssertionError("the connection ended instead of an answer to request " + expectedXid, closed);
            }
            require(length >= 16 && length < MAX_REPLY_BYTES, "a reply has " + length + " bytes");
            byte[] reply = new byte[length];
            in.readFully(reply);
            xid = ByteBuffer.wrap(reply).getInt();
        }
        require(xid == expectedXid, "the answer to request " + expectedXid + " has the xid " + xid);
        answered++;
    }

    /** Ends the connection with something that no server can go on after. */
    private void breakConnection(Socket socket, DataOutputStream out) throws IOException {
        sent++;
        byte[] mutant = switch (random.nextInt(3)) {
            case 0 -> {
                byte[] body = HostileMutations.any(any(requests), 0, random);
                yield frame(HostileMutations.interestingInt(random), body);
            }
            case 1 -> {
                byte[] body = HostileMutations.any(any(lastRequests), 0, random);
                yield frame(body.length, body);
            }
            default -> {
                byte[] body = any(requests).toBytes();
                ByteBuffer.wrap(body).putInt(Integer.BYTES, 200 + random.nextInt(1 << 20));
                yield frame(body.length, body);
            }
        };
        try {
            out.write(mutant);
            out.flush();
            socket.shutdownOutput();
        } catch (SocketException refused) {
            return;
        }
        readToEnd(socket);
    }

    private static int readToEnd(Socket socket) throws IOException {
        try {
            return socket.getInputStream().readAllBytes().length;
        } catch (SocketException reset) {
            return 0;
        }
    }

    private HostileMessage any(List<HostileMessage> messages) {
        return messages.get(random.nextInt(messages.size()));
    }

    private static byte[] frame(int length, byte[] body) {
        return ByteBuffer.allocate(Integer.BYTES + body.length)
                .putInt(length)
                .put(body)
                .array();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    long sent() {
        return sent;
    }

    long answered() {
        return answered;
    }

    long connections() {
        return connections;
    }
}
