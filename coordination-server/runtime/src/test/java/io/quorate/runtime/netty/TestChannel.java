package io.quorate.runtime.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client's connection without a socket. Its peer may stop reading. */
final class TestChannel extends EmbeddedChannel {

    private static final InetSocketAddress CLIENT = new InetSocketAddress("127.0.0.1", 45_678);

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    private final @Nullable InetSocketAddress remote;
    private boolean peerReads = true;

    TestChannel() {
        this(CLIENT);
    }

    TestChannel(InetSocketAddress remote) {
        this.remote = remote;
        config().setAllocator(allocator);
    }

    /** Memory of buffers that were allocated for this connection and not released, in both directions. */
    long usedBytes() {
        return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
    }

    @Override
    protected @Nullable SocketAddress remoteAddress0() {
        // Called by the super constructor as well, when there is no field yet.
        return remote;
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer in) throws Exception {
        if (peerReads) {
            super.doWrite(in);
        }
    }

    void peerStopsReading() {
        peerReads = false;
    }

    void peerReadsAgain() {
        peerReads = true;
        flush();
    }

    /** The peer sends these bytes, and they arrive at once, in a buffer of their own. */
    void arrive(byte... bytes) {
        writeInbound(allocator.heapBuffer(bytes.length).writeBytes(bytes));
    }

    /** As {@link #arrive}, in a buffer that is larger than what has come, as receive buffers are. */
    void arriveIn(int bufferBytes, byte... bytes) {
        writeInbound(allocator.heapBuffer(bufferBytes).writeBytes(bytes));
    }

    /** What has been handed to the socket, a buffer at a time. */
    List<byte[]> takeFlushes() {
        List<byte[]> flushes = new ArrayList<>();
        for (ByteBuf next = readOutbound(); next != null; next = readOutbound()) {
            byte[] bytes = new byte[next.readableBytes()];
            next.readBytes(bytes);
            next.release();
            if (bytes.length > 0) {
                flushes.add(bytes);
            }
        }
        return flushes;
    }

    /** The frames that have been handed to the socket, without their lengths. */
    List<ByteBuffer> takeFrames() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        takeFlushes().forEach(all::writeBytes);
        ByteBuffer bytes = ByteBuffer.wrap(all.toByteArray());
        List<ByteBuffer> frames = new ArrayList<>();
        while (bytes.hasRemaining()) {
            int length = bytes.getInt();
            frames.add(bytes.slice(bytes.position(), length));
            bytes.position(bytes.position() + length);
        }
        return frames;
    }
}
