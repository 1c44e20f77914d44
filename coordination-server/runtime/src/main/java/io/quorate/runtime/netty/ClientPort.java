package io.quorate.runtime.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.quorate.core.base.Limits;
import io.quorate.core.port.ClientLinks;
import io.quorate.core.port.CloseReason;
import io.quorate.core.replica.Replica;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where clients connect: the plain port, the one where everything is encrypted, or both. Collects what arrives until
 * the turn asks for it, and what is to leave until the turn ends. All of it on the replica thread.
 */
public final class ClientPort implements ClientLinks {

    private static final Logger LOG = LoggerFactory.getLogger(ClientPort.class);
    private static final int RECEIVE_BYTES = 64 << 10;
    /** Beyond this many bytes in the inbox, connections that send more are not read until it is empty. */
    private static final int MAX_INBOX_BYTES = 16 << 20;
    /** Beyond this many, small segments are copied, since a receive buffer costs its whole size for a single byte. */
    private static final int ROOMY_INBOX_BYTES = 4 << 20;

    private final Limits limits;
    private final FourLetterWords words;
    private final RefusalLog strangers = new RefusalLog(System::nanoTime, "client port");
    private final Map<Long, ClientConnection> connections = new HashMap<>();
    private final ArrayDeque<Arrival> inbox = new ArrayDeque<>();
    /** What arrived while there was no replica, but for its bytes; first of all in line when there is one. */
    private final ArrayDeque<Arrival> beforeReplica = new ArrayDeque<>();

    private final List<ClientConnection> touched = new ArrayList<>();
    private final List<ClientConnection> heldBack = new ArrayList<>();
    private long inboxBytes;
    private long lastLink;
    /** Whether the head of the inbox has to wait for the replica. */
    private boolean stalled;
    /** Whether nobody is let in any more, who may have been shaking hands. */
    private boolean ending;

    private final ClientListener plain = new ClientListener(this::acceptPlain);
    private final ClientListener secure = new ClientListener(this::acceptSecure);
    /** Null where nobody can encrypt. */
    private final @Nullable ClientEncryption encryption;
    /** Whether the plain port takes encrypted connections too. */
    private final boolean detectsEncryption;

    /** A port where nothing is encrypted. */
    ClientPort(Limits limits, FourLetterWords words) {
        this(limits, words, null, false);
    }

    /**
     * @param encryption null where nobody can encrypt
     * @param detectsEncryption whether the plain port takes encrypted connections too
     */
    public ClientPort(
            Limits limits, FourLetterWords words, @Nullable ClientEncryption encryption, boolean detectsEncryption) {
        this.limits = limits;
        this.words = words;
        this.encryption = encryption;
        this.detectsEncryption = detectsEncryption;
    }

    /** Takes the plain port, without accepting yet. @return completes when the port is bound or refused */
    public ChannelFuture bind(EventLoop loop, Transport transport, InetSocketAddress address, int backlog) {
        return plain.bind(loop, transport, address, backlog);
    }

    /** The same, for the port where every connection is encrypted. */
    public ChannelFuture bindSecure(EventLoop loop, Transport transport, InetSocketAddress address, int backlog) {
        return secure.bind(loop, transport, address, backlog);
    }

    /** Begins to accept. */
    public void open() {
        plain.open();
        secure.open();
    }

    /** Stops accepting; connections go on. */
    public void stopAccepting() {
        ending = true;
        plain.close();
        secure.close();
    }

    /** Closes every connection at once. */
    public void closeAll() {
        new ArrayList<>(connections.values()).forEach(connection -> connection.close());
        flushTouched();
    }

    /** Gives back what nobody will look at any more. To be called when the last connection is closed. */
    public void discardArrivals() {
        inbox.forEach(Arrival::discard);
        inbox.clear();
        beforeReplica.forEach(Arrival::discard);
        beforeReplica.clear();
        inboxBytes = 0;
        heldBack.clear();
    }

    /** The address of the plain port; null when there is none. */
    public @Nullable InetSocketAddress plainAddress() {
        return plain.localAddress();
    }

    /** The address of the port where every connection is encrypted; null when there is none. */
    public @Nullable InetSocketAddress secureAddress() {
        return secure.localAddress();
    }

    void acceptPlain(Channel channel) {
        ClientEncryption offered = encryption;
        if (offered != null && detectsEncryption) {
            offered.detect(
                    channel,
                    limits.links().idleHandshakeMillis(),
                    subject -> begin(channel, subject),
                    () -> begin(channel, null));
        } else {
            begin(channel, null);
        }
    }

    private void acceptSecure(Channel channel) {
        ClientEncryption demanded = encryption;
        if (demanded == null) {
            throw new IllegalStateException("a secure port is bound where there are keys");
        }
        demanded.begin(channel, limits.links().idleHandshakeMillis(), subject -> begin(channel, subject));
    }

    /**
     * From here on the replica knows the client, and what arrives are the bytes of the protocol.
     *
     * @param subject of the certificate that it has shown; null for none
     */
    private void begin(Channel channel, @Nullable String subject) {
        if (ending) {
            channel.close();
            return;
        }
        channel.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(RECEIVE_BYTES));
        ClientConnection connection = new ClientConnection(
                ++lastLink, channel, subject, this, limits.frames().maxBytes());
        connections.put(connection.link(), connection);
        channel.pipeline().addLast(new ClientChannelHandler(this, connection));
        inbox.addLast(new Arrival.Opened(connection));
    }

    /** What has been received, in a buffer that is not much too large for it once memory counts. */
    ByteBuf fitting(ByteBuf received) {
        boolean small = received.readableBytes() < received.capacity() / 2;
        return small && inboxBytes > ROOMY_INBOX_BYTES ? FrameBuffer.compacted(received) : received;
    }

    void arrived(Arrival arrival, ClientConnection connection) {
        inbox.addLast(arrival);
        inboxBytes += arrival.heldBytes();
        if (inboxBytes > MAX_INBOX_BYTES) {
            connection.pauseByInbox(true);
            heldBack.add(connection);
        }
    }

    /** A client has closed its side. One that speaks in frames reads nothing any more (client protocol 2.11). */
    void saidLastWord(ClientConnection connection) {
        if (connection.isFramed()) {
            connection.hangUp();
        } else {
            inbox.addLast(new Arrival.LastWord(connection));
        }
    }

    void closed(ClientConnection connection) {
        connections.remove(connection.link());
        inbox.addLast(new Arrival.Closed(connection));
    }

    /** Whether {@link #drain} would do something now. */
    public boolean hasMore() {
        return !(inbox.isEmpty() && beforeReplica.isEmpty()) && !stalled;
    }

    /**
     * While the data is being loaded and there is no replica yet: answers four-letter words. Everything else waits for
     * the replica, and whoever has sent something that has to wait is not read any further.
     */
    public void answerWithoutReplica() {
        for (Arrival next = inbox.pollFirst(); next != null; next = inbox.pollFirst()) {
            inboxBytes -= next.heldBytes();
            if (next instanceof Arrival.Bytes bytes) {
                if (bytes.connection().holdsFrames(bytes.bytes())) {
                    bytes.connection().pauseByInbox(true);
                    heldBack.add(bytes.connection());
                }
                next = new Arrival.MoreFrames(bytes.connection());
            } else if (next instanceof Arrival.LastWord last) {
                last.connection().hangUpUnlessAnswering();
                continue;
            }
            beforeReplica.addLast(next);
        }
        flushTouched();
    }

    /** Tells the replica everything that has arrived, in order, until it takes no more. */
    public void drain(Replica replica) {
        stalled = false;
        for (Arrival last = beforeReplica.pollLast(); last != null; last = beforeReplica.pollLast()) {
            inbox.addFirst(last);
        }
        for (Arrival head = inbox.pollFirst(); head != null; head = inbox.pollFirst()) {
            inboxBytes -= head.heldBytes();
            if (!deliver(head, replica)) {
                stalled = true;
                return;
            }
        }
        if (!heldBack.isEmpty()) {
            heldBack.forEach(connection -> connection.pauseByInbox(false));
            heldBack.clear();
        }
    }

    private boolean deliver(Arrival head, Replica replica) {
        if (head.deliver(replica)) {
            return true;
        }
        // Whatever it carried is in the connection's frame buffer by now; only feeding is left to be done.
        inbox.addFirst(new Arrival.MoreFrames(connectionOf(head)));
        return false;
    }

    private static ClientConnection connectionOf(Arrival arrival) {
        if (arrival instanceof Arrival.Bytes bytes) {
            return bytes.connection();
        }
        if (arrival instanceof Arrival.Writability writability) {
            return writability.connection();
        }
        return ((Arrival.MoreFrames) arrival).connection();
    }

    void touched(ClientConnection connection) {
        touched.add(connection);
    }

    /** One flush per connection that the turn has written to. */
    public void flushTouched() {
        for (int i = 0; i < touched.size(); i++) {
            touched.get(i).flush();
        }
        touched.clear();
    }

    long maxOutputBytes() {
        return limits.links().maxOutputBytes();
    }

    /** How long a connection may stay that has no session any more. */
    int maxIdleMillis() {
        return limits.links().idleHandshakeMillis();
    }

    /** Its first frame is longer than any may be: most probably it is a client of something else. */
    void stranger(ClientConnection connection, int beginning) {
        strangers.refused(
                connection.origin().address(),
                Stranger.describe(beginning, limits.frames().maxBytes()));
    }

    void slowReader(ClientConnection connection) {
        LOG.warn(
                "Closing {}: it leaves more than {} bytes unread. Raise coordination.max-cnxn-output-bytes if it must",
                connection.remote(),
                limits.links().maxOutputBytes());
    }

    void answer(ClientConnection connection, FourLetterWord word, Replica replica) {
        words.answer(word, argumentOf(connection, word), replica, this, connection::sayLast);
    }

    void answerNotServing(ClientConnection connection, FourLetterWord word) {
        words.answerNotServing(word, argumentOf(connection, word), connection::sayLast);
    }

    private static long argumentOf(ClientConnection connection, FourLetterWord word) {
        return word.argumentBytes() == 0 ? 0 : connection.frames().peekLong(Integer.BYTES);
    }

    /** The peer of a connection, for {@code cons}; null when it is gone. */
    @Nullable
    InetSocketAddress remoteOf(long link) {
        ClientConnection connection = connections.get(link);
        return connection == null ? null : connection.remote();
    }

    @Override
    public void send(long link, ByteBuffer message) {
        ClientConnection connection = connections.get(link);
        if (connection != null) {
            connection.send(message);
        }
    }

    @Override
    public void close(long link, CloseReason reason) {
        ClientConnection connection = connections.get(link);
        if (connection != null) {
            LOG.debug("Closing connection {} from {}: {}", link, connection.remote(), reason);
            connection.close();
        }
    }

    @Override
    public void pauseReading(long link) {
        ClientConnection connection = connections.get(link);
        if (connection != null) {
            connection.pauseByReplica(true);
        }
    }

    @Override
    public void resumeReading(long link) {
        ClientConnection connection = connections.get(link);
        if (connection != null) {
            connection.pauseByReplica(false);
        }
    }
}
