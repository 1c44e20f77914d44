package io.quorate.runtime.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds out by a connection's first byte whether it is encrypted: the plain protocol begins with the length of a frame
 * or with a letter, never with what a handshake begins with, unless the frame were of 350 MB.
 */
final class EncryptionDetector extends ByteToMessageDecoder {

    private static final int HANDSHAKE_RECORD = 0x16;

    private final int patienceMillis;
    private final Runnable encrypted;
    private final Runnable plain;
    private final Runnable done;
    private @Nullable Future<?> limit;

    /**
     * @param patienceMillis for which a connection may say nothing
     * @param encrypted adds to the pipeline who is to see the bytes; likewise {@code plain}
     * @param done called when either is known, or the connection has gone before
     */
    EncryptionDetector(int patienceMillis, Runnable encrypted, Runnable plain, Runnable done) {
        this.patienceMillis = patienceMillis;
        this.encrypted = encrypted;
        this.plain = plain;
        this.done = done;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        limit = context.executor().schedule(() -> context.close(), patienceMillis, TimeUnit.MILLISECONDS);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        int first = in.getUnsignedByte(in.readerIndex());
        (first == HANDSHAKE_RECORD ? encrypted : plain).run();
        context.pipeline().remove(this);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        Future<?> pending = limit;
        if (pending != null) {
            pending.cancel(false);
        }
        done.run();
    }
}
