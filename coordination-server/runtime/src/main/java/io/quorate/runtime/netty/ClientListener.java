package io.quorate.runtime.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A port on which clients are accepted. It is bound without accepting, so that a port that is in use is found out
 * before anything else is done. Replica thread.
 */
final class ClientListener {

    private static final int WRITE_LOW_BYTES = 512 << 10;
    private static final int WRITE_HIGH_BYTES = 1 << 20;

    private final Consumer<Channel> accepted;
    private @Nullable Channel listener;

    /** @param accepted is given every connection, whose pipeline is still empty */
    ClientListener(Consumer<Channel> accepted) {
        this.accepted = accepted;
    }

    /** @return completes when the port is bound or refused */
    ChannelFuture bind(EventLoop loop, Transport transport, InetSocketAddress address, int backlog) {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop)
                .channel(transport.serverChannel())
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_LINGER, -1)
                // Whoever has asked his question and closed his side still reads the answer.
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(WRITE_LOW_BYTES, WRITE_HIGH_BYTES))
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accepted.accept(channel);
                    }
                });
        if (backlog > 0) {
            bootstrap.option(ChannelOption.SO_BACKLOG, backlog);
        }
        return bootstrap.bind(address).addListener((ChannelFuture bound) -> listener = bound.channel());
    }

    /** Begins to accept. */
    void open() {
        Channel bound = listener;
        if (bound != null) {
            bound.config().setAutoRead(true);
        }
    }

    /** Stops accepting; connections go on. */
    void close() {
        Channel bound = listener;
        if (bound != null) {
            bound.close();
        }
    }

    /** Null while it is not bound. */
    @Nullable
    InetSocketAddress localAddress() {
        Channel bound = listener;
        return bound == null ? null : (InetSocketAddress) bound.localAddress();
    }
}
