package io.quorate.runtime.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts what happens at a member's socket into the turn's inbox. Never calls the core. */
final class PeerChannelHandler extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(PeerChannelHandler.class);

    private final PeerPort port;
    private final PeerConnection connection;

    PeerChannelHandler(PeerPort port, PeerConnection connection) {
        this.port = port;
        this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        port.received(connection, (ByteBuf) message);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        port.arrived(new PeerArrival.Writability(connection, context.channel().isWritable()));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        port.closed(connection);
    }

    /** A reset by the other side and the like: the connection is of no use any more. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("Link {} with {} failed: {}", connection.link(), connection.address(), cause.toString());
        context.close();
    }
}
