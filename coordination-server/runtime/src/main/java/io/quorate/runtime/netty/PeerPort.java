package io.quorate.runtime.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.quorate.core.port.PeerInputs;
import io.quorate.core.port.PeerLinks;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two ports that other members connect to, and the connections to theirs. Collects what arrives until the turn asks
 * for it, and what is to leave until the turn ends. All of it on the replica's thread.
 */
public final class PeerPort implements PeerLinks {

    private static final Logger LOG = LoggerFactory.getLogger(PeerPort.class);
    private static final int RECEIVE_BYTES = 64 << 10;
    private static final int WRITE_LOW_BYTES = 512 << 10;
    private static final int WRITE_HIGH_BYTES = 1 << 20;
    /** Beyond this many bytes in the inbox, connections that send more are not read until the turn has taken them. */
    private static final int MAX_INBOX_BYTES = 16 << 20;
    /** Many times what an ensemble needs, while members come and go; a further connection is closed at once. */
    static final int MAX_ACCEPTED = 4096;

    private final EventLoop loop;
    private final Transport transport;
    private final NameLookup names;
    private final long maxOutputBytes;
    private final DialLog dialLog = new DialLog();
    private final Map<Purpose, Channel> listeners = new EnumMap<>(Purpose.class);
    private final Map<Long, PeerConnection> connections = new HashMap<>();
    /** The links among them that do not stand yet. */
    private final Map<Long, PeerDial> dials = new HashMap<>();

    private final ArrayDeque<PeerArrival> inbox = new ArrayDeque<>();
    private final List<PeerConnection> touched = new ArrayList<>();
    private final List<PeerConnection> heldBack = new ArrayList<>();
    private long inboxBytes;
    private int accepted;
    /** Whether the log says already that there are too many. */
    private boolean complained;

    private long lastLink;

    /**
     * @param loop drives the sockets, on the thread that calls everything here
     * @param maxOutputBytes that a link may leave untaken before it is closed
     */
    public PeerPort(EventLoop loop, Transport transport, NameLookup names, long maxOutputBytes) {
        this.loop = loop;
        this.transport = transport;
        this.names = names;
        this.maxOutputBytes = maxOutputBytes;
    }

    /**
     * Takes a port without accepting yet: a port that is in use is found out before anything else is done.
     *
     * @return completes when the port is bound or refused
     */
    public ChannelFuture bind(Purpose purpose, InetSocketAddress address) {
        return new ServerBootstrap()
                .group(loop)
                .channel(transport.serverChannel())
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark())
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accepted(purpose, channel);
                    }
                })
                .bind(address)
                .addListener((ChannelFuture bound) -> listeners.put(purpose, bound.channel()));
    }

    private static WriteBufferWaterMark waterMark() {
        return new WriteBufferWaterMark(WRITE_LOW_BYTES, WRITE_HIGH_BYTES);
    }

    /** Begins to accept on the ports that are bound. */
    public void open() {
        listeners.values().forEach(listener -> listener.config().setAutoRead(true));
    }

    /** Stops accepting; connections go on. */
    public void stopAccepting() {
        listeners.values().forEach(Channel::close);
    }

    /** Closes every connection at once, and gives up those that do not stand yet. */
    public void closeAll() {
        new ArrayList<>(connections.values()).forEach(PeerConnection::closeNow);
    }

    /** Gives back what nobody will look at any more. To be called when the last connection is closed. */
    public void discardArrivals() {
        inbox.forEach(PeerArrival::discard);
        inbox.clear();
        inboxBytes = 0;
        heldBack.clear();
        touched.clear();
    }

    /** The address a port is bound to. */
    public InetSocketAddress localAddress(Purpose purpose) {
        Channel bound = listeners.get(purpose);
        if (bound == null) {
            throw new IllegalStateException("the port for " + purpose + " is not bound");
        }
        return (InetSocketAddress) bound.localAddress();
    }

    /** Links that have not come to their end. */
    int openLinks() {
        return connections.size();
    }

    void accepted(Purpose purpose, Channel channel) {
        if (accepted >= MAX_ACCEPTED) {
            refused(purpose, channel);
            channel.close();
            return;
        }
        accepted++;
        channel.closeFuture().addListener(gone -> {
            accepted--;
            complained = false;
        });
        PeerConnection connection = new PeerConnection(++lastLink, purpose, this);
        connections.put(connection.link(), connection);
        prepare(channel, connection);
        connection.connected(channel);
        arrived(new PeerArrival.Accepted(connection));
    }

    private void refused(Purpose purpose, Channel channel) {
        if (!complained) {
            complained = true;
            LOG.warn(
                    "Closing a connection of {} for {}: {} are open already, far more than an ensemble needs."
                            + " Keep others than the members away from this port",
                    channel.remoteAddress(),
                    purpose,
                    accepted);
        }
    }

    private void prepare(Channel channel, PeerConnection connection) {
        channel.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(RECEIVE_BYTES));
        channel.pipeline().addLast(new PeerChannelHandler(this, connection));
    }

    @Override
    public long connect(Purpose purpose, String host, int port, int timeoutMillis) {
        PeerConnection connection = new PeerConnection(++lastLink, purpose, this);
        connections.put(connection.link(), connection);
        String where = host + ":" + port + " (" + purpose.name().toLowerCase(java.util.Locale.ROOT) + ")";
        PeerDial dial = new PeerDial(loop, bootstrap(), port, timeoutMillis, outcome(connection, where));
        dials.put(connection.link(), dial);
        dial.start(names, host);
        return connection.link();
    }

    /** What arrives before the dial is through is not read: the handler comes in when the connection stands. */
    private Bootstrap bootstrap() {
        return new Bootstrap()
                .group(loop)
                .channel(transport.clientChannel())
                .disableResolver()
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.config().setAutoRead(false);
                    }
                });
    }

    private PeerDial.Outcome outcome(PeerConnection connection, String where) {
        return new PeerDial.Outcome() {
            @Override
            public void connected(Channel channel) {
                dials.remove(connection.link());
                dialLog.connected(where);
                prepare(channel, connection);
                arrived(new PeerArrival.Connected(connection));
                connection.connected(channel);
            }

            @Override
            public void failed(String reason) {
                dialLog.failed(where, reason);
                closed(connection);
            }
        };
    }

    /** Ends a link that does not stand yet. */
    void giveUp(PeerConnection connection) {
        PeerDial dial = dials.get(connection.link());
        if (dial != null) {
            dial.giveUp();
        }
        closed(connection);
    }

    void received(PeerConnection connection, ByteBuf bytes) {
        if (connection.isClosing() || !bytes.isReadable()) {
            bytes.release();
            return;
        }
        PeerArrival arrival = new PeerArrival.Bytes(connection, bytes, bytes.capacity());
        inboxBytes += arrival.heldBytes();
        arrived(arrival);
        if (inboxBytes > MAX_INBOX_BYTES) {
            connection.pauseByInbox(true);
            heldBack.add(connection);
        }
    }

    void arrived(PeerArrival arrival) {
        inbox.addLast(arrival);
    }

    void closed(PeerConnection connection) {
        if (connection.markClosed()) {
            connections.remove(connection.link());
            dials.remove(connection.link());
            arrived(new PeerArrival.Closed(connection));
        }
    }

    /** Whether {@link #drain} would do something now. */
    public boolean hasMore() {
        return !inbox.isEmpty();
    }

    /** Tells the core everything that has arrived, in order. */
    public void drain(PeerInputs inputs) {
        for (PeerArrival next = inbox.pollFirst(); next != null; next = inbox.pollFirst()) {
            inboxBytes -= next.heldBytes();
            next.deliver(inputs);
        }
        if (!heldBack.isEmpty()) {
            heldBack.forEach(connection -> connection.pauseByInbox(false));
            heldBack.clear();
        }
    }

    void touched(PeerConnection connection) {
        touched.add(connection);
    }

    /** One flush per link that the turn has written to. */
    public void flushTouched() {
        for (int i = 0; i < touched.size(); i++) {
            touched.get(i).endOfTurn();
        }
        touched.clear();
    }

    long maxOutputBytes() {
        return maxOutputBytes;
    }

    void slowReader(PeerConnection connection) {
        LOG.warn(
                "Closing the link with {} ({}): it leaves more than {} bytes untaken, too slow for an ensemble",
                connection.address(),
                connection.purpose(),
                maxOutputBytes);
    }

    @Override
    public void send(long link, ByteBuffer bytes) {
        PeerConnection connection = connections.get(link);
        if (connection != null) {
            connection.send(bytes);
        }
    }

    @Override
    public void close(long link) {
        PeerConnection connection = connections.get(link);
        if (connection != null) {
            connection.close();
        }
    }

    @Override
    public void pauseReading(long link) {
        PeerConnection connection = connections.get(link);
        if (connection != null) {
            connection.pauseByCore(true);
        }
    }

    @Override
    public void resumeReading(long link) {
        PeerConnection connection = connections.get(link);
        if (connection != null) {
            connection.pauseByCore(false);
        }
    }
}
