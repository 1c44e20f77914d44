package io.quorate.runtime.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.ScheduledFuture;
import io.quorate.core.port.PeerLinks.Purpose;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One link with another member: bytes in as they come, what a turn sends out in one flush. */
final class PeerConnection {

    /** Output beyond this leaves before the turn ends, so that one turn's output cannot fill the memory. */
    private static final int EARLY_FLUSH_BYTES = 256 << 10;

    private static final int OUTPUT_BYTES = 4096;
    /** How long the other side may take for the last bytes. */
    private static final int CLOSE_MILLIS = 5000;

    private final long link;
    private final Purpose purpose;
    private final PeerPort port;
    /** Null until the connection stands. */
    private @Nullable Channel channel;

    private String address = "a member that is not connected";
    /** What has been sent and not handed to the socket; null when there is nothing. */
    private @Nullable ByteBuf output;
    /** Whether the core has ended the link: it hears of nothing but the end. */
    private boolean closing;
    /** Whether the end has been put into the inbox. */
    private boolean closed;
    /** Whether the turn's end looks at this link already. */
    private boolean touched;
    /** Two who may each stop reading: the core, and the port while its inbox is full. */
    private boolean pausedByCore;

    private boolean pausedByInbox;

    PeerConnection(long link, Purpose purpose, PeerPort port) {
        this.link = link;
        this.purpose = purpose;
        this.port = port;
    }

    long link() {
        return link;
    }

    Purpose purpose() {
        return purpose;
    }

    boolean isClosing() {
        return closing;
    }

    /** The other side's address in digits, without port and zone. */
    String address() {
        return address;
    }

    /** The connection stands, and what has been sent may leave at the end of the turn. */
    void connected(Channel connectedChannel) {
        channel = connectedChannel;
        if (connectedChannel.remoteAddress() instanceof InetSocketAddress remote) {
            String text = remote.getAddress().getHostAddress();
            int zone = text.indexOf('%');
            address = zone < 0 ? text : text.substring(0, zone);
        }
        applyPause();
        if (output != null) {
            touch();
        }
    }

    void send(ByteBuffer bytes) {
        if (closing || closed || !bytes.hasRemaining()) {
            return;
        }
        ByteBuf out = output;
        if (out == null) {
            out = allocator().directBuffer(Math.max(OUTPUT_BYTES, bytes.remaining()));
            output = out;
            touch();
        }
        out.writeBytes(bytes.duplicate());
        if (channel == null) {
            if (out.readableBytes() > port.maxOutputBytes()) {
                port.slowReader(this);
                port.giveUp(this);
            }
        } else if (out.readableBytes() > EARLY_FLUSH_BYTES) {
            flush();
        }
    }

    private ByteBufAllocator allocator() {
        Channel connected = channel;
        return connected == null ? ByteBufAllocator.DEFAULT : connected.alloc();
    }

    private void touch() {
        if (!touched) {
            touched = true;
            port.touched(this);
        }
    }

    void endOfTurn() {
        touched = false;
        flush();
    }

    private void flush() {
        Channel connected = channel;
        if (connected == null || closed) {
            return;
        }
        ByteBuf out = output;
        output = null;
        if (closing) {
            end(connected, out == null ? Unpooled.EMPTY_BUFFER : out);
        } else if (out != null) {
            connected.writeAndFlush(out, connected.voidPromise());
            closeIfSlow(connected);
        }
    }

    /** Closes behind the last bytes, or without them when the other side does not take them in time. */
    private static void end(Channel connected, ByteBuf last) {
        ChannelFuture sent = connected.writeAndFlush(last).addListener(ChannelFutureListener.CLOSE);
        if (!sent.isDone()) {
            ScheduledFuture<?> limit =
                    connected.eventLoop().schedule(() -> connected.close(), CLOSE_MILLIS, TimeUnit.MILLISECONDS);
            connected.closeFuture().addListener(gone -> limit.cancel(false));
        }
    }

    private void closeIfSlow(Channel connected) {
        ChannelOutboundBuffer pending = connected.unsafe().outboundBuffer();
        if (pending != null && pending.totalPendingWriteBytes() > port.maxOutputBytes()) {
            port.slowReader(this);
            connected.close();
        }
    }

    /**
     * Ends the link behind what has been sent. Reading goes on, for nothing: input that nobody takes from the system
     * would make it throw away the last bytes, and an other side that cannot get rid of its own might never read them.
     */
    void close() {
        if (closing || closed) {
            return;
        }
        closing = true;
        if (channel == null) {
            port.giveUp(this);
        } else {
            applyPause();
            touch();
        }
    }

    /** Closes without waiting for anything. */
    void closeNow() {
        Channel connected = channel;
        closing = true;
        if (connected == null) {
            port.giveUp(this);
        } else {
            connected.close();
        }
    }

    /** Notes the end. @return false when it has been noted before */
    boolean markClosed() {
        boolean first = !closed;
        closed = true;
        ByteBuf out = output;
        output = null;
        if (out != null) {
            out.release();
        }
        return first;
    }

    void pauseByCore(boolean paused) {
        pausedByCore = paused;
        applyPause();
    }

    void pauseByInbox(boolean paused) {
        pausedByInbox = paused;
        applyPause();
    }

    private void applyPause() {
        Channel connected = channel;
        if (connected != null) {
            connected.config().setAutoRead(closing || !pausedByCore && !pausedByInbox);
        }
    }
}
