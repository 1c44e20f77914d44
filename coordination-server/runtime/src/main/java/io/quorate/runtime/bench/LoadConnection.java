package io.quorate.runtime.bench;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One session, with requests on their way. Replies come in the order of the requests, so they are only counted. */
final class LoadConnection implements Closeable {

    private static final int RECEIVE_BYTES = 256 << 10;
    private static final int HANDSHAKE_TIMEOUT_MILLIS = 10_000;
    private static final int HEADER_BYTES = 16;
    private static final int ERROR_AT = 12;

    private final SocketChannel channel;
    private final InetSocketAddress server;
    private final SelectionKey key;
    private final ByteBuffer in = ByteBuffer.allocateDirect(RECEIVE_BYTES);
    private final ByteBuffer out;
    /** When the request with that number, modulo the length, should have begun. */
    private final long[] startNanos;
    /** Requests written since the session was opened. */
    private int sent;
    /** Of these, answered. Invariant: sent - answered is 0 to the length of startNanos. */
    private int answered;

    private LoadConnection(SocketChannel channel, InetSocketAddress server, int inFlight, Selector selector)
            throws IOException {
        this.channel = channel;
        this.server = server;
        startNanos = new long[inFlight];
        out = ByteBuffer.allocateDirect(RECEIVE_BYTES);
        channel.configureBlocking(false);
        key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    /** Connects and opens a session. */
    static LoadConnection open(InetSocketAddress server, int inFlight, Selector selector) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.socket().connect(server, HANDSHAKE_TIMEOUT_MILLIS);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            shakeHands(channel, server);
            return new LoadConnection(channel, server, inFlight, selector);
        } catch (IOException failed) {
            channel.close();
            throw new BenchFailure("cannot open a session with " + server + ": " + failed, failed);
        }
    }

    private static void shakeHands(SocketChannel channel, InetSocketAddress server) throws IOException {
        channel.write(ServerHandshake.request());
        channel.socket().setSoTimeout(HANDSHAKE_TIMEOUT_MILLIS);
        InputStream stream = channel.socket().getInputStream();
        byte[] response = stream.readNBytes(ServerHandshake.RESPONSE_BYTES);
        if (response.length < ServerHandshake.RESPONSE_BYTES
                || !ServerHandshake.isAccepted(ByteBuffer.wrap(response))) {
            throw new BenchFailure(server + " answered the request for a session with " + response.length
                    + " bytes and no session: is it a ZooKeeper server that serves, and are there connections to spare"
                    + " (maxClientCnxns)?");
        }
    }

    boolean isFull() {
        return sent - answered == startNanos.length;
    }

    int outstanding() {
        return sent - answered;
    }

    /** Adds the source's next request to what {@link #flush} sends. Requires that it is not {@link #isFull}. */
    void begin(RequestSource source, long shouldBeginNanos) throws IOException {
        if (out.remaining() < source.maxBytes()) {
            flush();
            if (out.remaining() < source.maxBytes()) {
                throw new BenchFailure("the requests in flight do not fit into " + RECEIVE_BYTES
                        + " bytes: choose fewer in flight or smaller values");
            }
        }
        startNanos[sent % startNanos.length] = shouldBeginNanos;
        sent++;
        source.writeNext(out, sent);
    }

    /** Begins requests until there are as many on their way as there may be. */
    void fill(RequestSource source, long nowNanos) throws IOException {
        while (!isFull() && source.hasNext()) {
            begin(source, nowNanos);
        }
        flush();
    }

    /** Sends as much as the socket takes; the rest when it takes more. */
    void flush() throws IOException {
        out.flip();
        if (out.hasRemaining()) {
            channel.write(out);
        }
        boolean rest = out.hasRemaining();
        out.compact();
        int interest = rest ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (key.interestOps() != interest) {
            key.interestOps(interest);
        }
    }

    /** Takes what has arrived. */
    void receive(long nowNanos, Tally tally) throws IOException {
        if (channel.read(in) < 0) {
            throw new BenchFailure(
                    server + " closed a connection that had " + outstanding() + " requests on their way");
        }
        int end = in.position();
        int at = 0;
        while (end - at >= Integer.BYTES + HEADER_BYTES) {
            int next = at + Integer.BYTES + in.getInt(at);
            if (next > end) {
                break;
            }
            boolean success = in.getInt(at + Integer.BYTES + ERROR_AT) == 0;
            tally.answered(nowNanos - startNanos[answered % startNanos.length], success);
            answered++;
            at = next;
        }
        in.limit(end).position(at);
        in.compact();
    }

    /** Drops the connection; the session ends by its timeout or by {@link #closeSession}. */
    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Ends the session and waits for the server's word, so that nothing of it is left behind. */
    void closeSession() throws IOException {
        key.cancel();
        key.selector().selectNow();
        channel.configureBlocking(true);
        channel.write(ServerHandshake.closeRequest(sent + 1));
        channel.socket().getInputStream().readNBytes(ServerHandshake.HEADER_REPLY_BYTES);
        close();
    }
}
