package io.quorate.runtime.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out by a connection's first byte whether it is encrypted: the plain protocol begins with the length of a frame
 * or with a letter, never with what a handshake begins with, unless the frame were of 350 MB.
 */
final class EncryptionDetector extends ByteToMessageDecoder {

    private static final Logger LOG = LoggerFactory.getLogger(EncryptionDetector.class);

    private static final int HANDSHAKE_RECORD = 0x16;

    private final int patienceMillis;
    private final Runnable encrypted;
    private final Runnable plain;
    private final Runnable gone;
    private boolean known;
    private @Nullable Future<?> limit;

    /**
     * @param patienceMillis for which a connection may say nothing
     * @param encrypted adds to the pipeline who is to see the bytes; likewise {@code plain}
     * @param gone called when the connection has gone before either is known
     */
    EncryptionDetector(int patienceMillis, Runnable encrypted, Runnable plain, Runnable gone) {
        this.patienceMillis = patienceMillis;
        this.encrypted = encrypted;
        this.plain = plain;
        this.gone = gone;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        limit = context.executor().schedule(() -> context.close(), patienceMillis, TimeUnit.MILLISECONDS);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        known = true;
        int first = in.getUnsignedByte(in.readerIndex());
        (first == HANDSHAKE_RECORD ? encrypted : plain).run();
        context.pipeline().remove(this);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        super.userEventTriggered(context, event);
        if (event instanceof ChannelInputShutdownEvent && !context.isRemoved()) {
            context.close();
        }
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        Future<?> pending = limit;
        if (pending != null) {
            pending.cancel(false);
        }
        if (!known) {
            gone.run();
        }
    }

    /** A reset, most of the time. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("A connection has failed before it said anything: {}", cause.toString());
        context.close();
    }
}
