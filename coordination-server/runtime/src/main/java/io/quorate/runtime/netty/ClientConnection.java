package io.quorate.runtime.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.ScheduledFuture;
import io.quorate.core.port.ClientOrigin;
import io.quorate.core.port.CloseReason;
import io.quorate.core.replica.Replica;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One client connection: bytes in, frames out to the replica; replies in, one flush per turn out. */
final class ClientConnection {

    /** Output beyond this leaves before the turn ends, so that one turn's replies cannot fill the memory. */
    private static final int EARLY_FLUSH_BYTES = 256 << 10;

    private static final int OUTPUT_BYTES = 4096;

    private final long link;
    private final Channel channel;
    private final ClientPort port;
    private final FrameBuffer frames;
    private final ClientOrigin origin;
    private final InetSocketAddress remote;
    /** Replies of this turn; null when there are none. */
    private @Nullable ByteBuf output;
    /** Whether the first four bytes have been judged: from then on everything is frames. */
    private boolean framed;

    private boolean closing;
    /** Whether a four-letter word is being answered: nothing else is looked at. */
    private boolean answering;
    /** Two who may each stop reading: the replica, and the port while its inbox is full. */
    private boolean pausedByReplica;

    private boolean pausedByInbox;

    /** @param subject of the certificate that the client has shown; null for none */
    ClientConnection(long link, Channel channel, @Nullable String subject, ClientPort port, int maxFrameBytes) {
        this.link = link;
        this.channel = channel;
        this.port = port;
        frames = new FrameBuffer(channel.alloc(), maxFrameBytes);
        remote = (InetSocketAddress) channel.remoteAddress();
        String text = remote.getAddress().getHostAddress();
        int zone = text.indexOf('%');
        origin = new ClientOrigin(zone < 0 ? text : text.substring(0, zone), subject);
    }

    long link() {
        return link;
    }

    /** The peer's address without port or zone, as access rules compare it, and what it has proved to be. */
    ClientOrigin origin() {
        return origin;
    }

    InetSocketAddress remote() {
        return remote;
    }

    FrameBuffer frames() {
        return frames;
    }

    /** Whether it is known to speak in frames. */
    boolean isFramed() {
        return framed;
    }

    /** Closes the connection without another word; what has arrived is still looked at. */
    void hangUp() {
        channel.close();
    }

    /** The same, unless a four-letter word is being answered, behind which the connection ends anyway. */
    void hangUpUnlessAnswering() {
        if (!answering) {
            hangUp();
        }
    }

    /** Takes ownership of the bytes; where the connection is at its end, nobody wants them. */
    void received(ByteBuf bytes) {
        if (closing) {
            bytes.release();
        } else {
            frames.append(bytes);
        }
    }

    /**
     * Feeds every whole frame to the replica, as long as both it and the client keep up.
     *
     * @return false when the replica takes no more at this moment
     */
    boolean feed(Replica replica) {
        while (!closing && !answering && takesOutput()) {
            boolean beginning = !framed;
            if (!framed && !judgeBeginning(replica)) {
                break;
            }
            if (frames.violatesLimit()) {
                if (beginning) {
                    port.stranger(this, frames.peekInt(0));
                }
                replica.onClientViolation(link, CloseReason.MALFORMED_FRAME);
                break;
            }
            if (!replica.takesFrames()) {
                return false;
            }
            ByteBuffer frame = frames.next();
            if (frame == null) {
                break;
            }
            replica.onClientFrame(link, frame);
        }
        if (closing) {
            frames.release();
        } else {
            frames.trim();
        }
        return true;
    }

    /** Whether the connection speaks frames; a four-letter word is answered here instead (client protocol 12.5). */
    private boolean judgeBeginning(Replica replica) {
        if (!frames.has(Integer.BYTES)) {
            return false;
        }
        FourLetterWord word = FourLetterWord.of(frames.peekInt(0));
        if (word == null) {
            framed = true;
            return true;
        }
        if (isWhole(word)) {
            awaitAnswer();
            port.answer(this, word, replica);
        }
        return false;
    }

    private boolean isWhole(FourLetterWord word) {
        return frames.has(Integer.BYTES + word.argumentBytes());
    }

    private void awaitAnswer() {
        answering = true;
        applyPause();
    }

    /** The answer to a four-letter word, behind which the connection ends. From any thread. */
    void sayLast(byte[] answer) {
        if (channel.eventLoop().inEventLoop()) {
            send(ByteBuffer.wrap(answer));
            close();
        } else {
            channel.eventLoop().execute(() -> sayLast(answer));
        }
    }

    /**
     * While there is no replica: takes what has arrived and answers it if it is a four-letter word.
     *
     * @return whether it is the beginning of something that has to wait for the replica
     */
    boolean holdsFrames(ByteBuf bytes) {
        received(bytes);
        if (closing || answering || !frames.has(Integer.BYTES)) {
            return false;
        }
        FourLetterWord word = FourLetterWord.of(frames.peekInt(0));
        if (word != null && isWhole(word)) {
            awaitAnswer();
            port.answerNotServing(this, word);
        }
        return word == null;
    }

    /** What a client sent before it went still executes, though nobody is there to take the answer. */
    private boolean takesOutput() {
        return channel.isWritable() || !channel.isActive();
    }

    void send(ByteBuffer message) {
        if (closing) {
            return;
        }
        ByteBuf out = output;
        if (out == null) {
            out = channel.alloc().directBuffer(Math.max(OUTPUT_BYTES, message.remaining()));
            output = out;
            port.touched(this);
        }
        out.writeBytes(message);
        if (out.readableBytes() > EARLY_FLUSH_BYTES) {
            flush();
        }
    }

    /** Sends what the turn has gathered, and the end of the connection behind it where one was asked for. */
    void flush() {
        ByteBuf out = output;
        output = null;
        if (closing) {
            end(out == null ? Unpooled.EMPTY_BUFFER : out);
        } else if (out != null) {
            channel.writeAndFlush(out, channel.voidPromise());
            closeIfSlow();
        }
    }

    /** Closes behind the last bytes, or without them when the client does not take them in time. */
    private void end(ByteBuf last) {
        ChannelFuture sent = channel.writeAndFlush(last).addListener(ChannelFutureListener.CLOSE);
        if (!sent.isDone()) {
            ScheduledFuture<?> limit =
                    channel.eventLoop().schedule(this::drop, port.maxIdleMillis(), TimeUnit.MILLISECONDS);
            channel.closeFuture().addListener(closed -> limit.cancel(false));
        }
    }

    private void closeIfSlow() {
        ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
        if (pending != null && pending.totalPendingWriteBytes() > port.maxOutputBytes()) {
            port.slowReader(this);
            drop();
        }
    }

    /** Ends the connection at once. Encryption would wait for a client that does not read to read its farewell. */
    private void drop() {
        ChannelHandlerContext first = channel.pipeline().firstContext();
        if (first != null) {
            first.close();
        }
    }

    /** Ends the connection behind what has been sent. Nothing more is read: nobody would look at it. */
    void close() {
        if (!closing) {
            closing = true;
            applyPause();
            port.touched(this);
        }
    }

    void pauseByReplica(boolean paused) {
        pausedByReplica = paused;
        applyPause();
    }

    void pauseByInbox(boolean paused) {
        pausedByInbox = paused;
        applyPause();
    }

    private void applyPause() {
        channel.config().setAutoRead(!closing && !answering && !pausedByReplica && !pausedByInbox);
    }
}
