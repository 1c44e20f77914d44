package io.quorate.runtime.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts what happens at a client's socket into the turn's inbox. Never calls the replica. */
final class ClientChannelHandler extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(ClientChannelHandler.class);

    private final ClientPort port;
    private final ClientConnection connection;

    ClientChannelHandler(ClientPort port, ClientConnection connection) {
        this.port = port;
        this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = port.fitting((ByteBuf) message);
        port.arrived(new Arrival.Bytes(connection, bytes, bytes.capacity()), connection);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        port.arrived(new Arrival.Writability(connection, context.channel().isWritable()), connection);
    }

    /** The client says nothing more. What it has said waits in front of this. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            port.saidLastWord(connection);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        port.closed(connection);
    }

    /** A reset by the peer and the like: the connection is of no use any more. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("Connection {} from {} failed: {}", connection.link(), connection.remote(), cause.toString());
        context.close();
    }
}
