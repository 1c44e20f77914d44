package io.quorate.runtime.bench;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One connection after another: connect, open a session, close it, wait for the end of the connection. */
final class SessionChurn implements Closeable {

    private final InetSocketAddress server;
    private final Selector selector;
    private final Tally tally;
    private final ByteBuffer in = ByteBuffer.allocate(ServerHandshake.RESPONSE_BYTES);
    /** The present connection; null before the first. */
    private @Nullable SocketChannel channel;

    private long startNanos;
    /** Whether the session is open, so that what comes next is the answer to its end. */
    private boolean open;

    SessionChurn(InetSocketAddress server, Selector selector, Tally tally) {
        this.server = server;
        this.selector = selector;
        this.tally = tally;
    }

    void connect() throws IOException {
        startNanos = System.nanoTime();
        open = false;
        expect(ServerHandshake.RESPONSE_BYTES);
        SocketChannel next = SocketChannel.open();
        channel = next;
        next.configureBlocking(false);
        if (next.connect(server)) {
            next.register(selector, SelectionKey.OP_READ, this);
            send(next, ServerHandshake.request());
        } else {
            next.register(selector, SelectionKey.OP_CONNECT, this);
        }
    }

    void ready(SelectionKey key) throws IOException {
        SocketChannel present = (SocketChannel) key.channel();
        if (key.isConnectable()) {
            present.finishConnect();
            key.interestOps(SelectionKey.OP_READ);
            send(present, ServerHandshake.request());
        } else if (key.isReadable()) {
            receive(present);
        }
    }

    private void receive(SocketChannel present) throws IOException {
        if (in.hasRemaining()) {
            if (present.read(in) < 0) {
                throw new BenchFailure(server + " closed a connection in the middle of "
                        + (open ? "closing" : "opening") + " its session");
            }
            if (!in.hasRemaining()) {
                answered(present);
            }
        } else if (present.read(ByteBuffer.allocate(1)) < 0) {
            present.close();
            connect();
        }
    }

    private void answered(SocketChannel present) throws IOException {
        if (open) {
            // Only the end of the connection is awaited now: no byte may come before it.
            return;
        }
        tally.answered(System.nanoTime() - startNanos, ServerHandshake.isAccepted(in));
        open = true;
        expect(ServerHandshake.HEADER_REPLY_BYTES);
        send(present, ServerHandshake.closeRequest(1));
    }

    private void expect(int bytes) {
        in.clear().limit(bytes);
    }

    private void send(SocketChannel present, ByteBuffer frame) throws IOException {
        present.write(frame);
        if (frame.hasRemaining()) {
            throw new BenchFailure("the socket to " + server + " did not take " + frame.limit() + " bytes");
        }
    }

    @Override
    public void close() throws IOException {
        SocketChannel present = channel;
        if (present != null) {
            present.close();
        }
    }
}
