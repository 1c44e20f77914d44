package io.quorate.runtime.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.quorate.core.base.Limits;
import io.quorate.runtime.metrics.ServerCounters;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The end of a connection whose client does not take what it is sent. */
class ConnectionEndTest {

    /** Stands for a socket that takes nothing. */
    private static final class Stuck extends ChannelOutboundHandlerAdapter {
        private final List<ByteBuf> held = new ArrayList<>();

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            held.add((ByteBuf) message);
        }
    }

    private static final class ClientChannel extends EmbeddedChannel {
        @Override
        protected SocketAddress remoteAddress0() {
            return isActive() ? new InetSocketAddress("127.0.0.1", 4711) : null;
        }
    }

    private final Stuck stuck = new Stuck();
    private final ClientChannel channel = new ClientChannel();
    private final ClientPort port = new ClientPort(
            Limits.DEFAULTS,
            new FourLetterWords(
                    new ServerFacts(
                            "test",
                            "today",
                            1,
                            Path.of("."),
                            Path.of("."),
                            3000,
                            60,
                            6000,
                            60_000,
                            -1,
                            List.of(),
                            null),
                    new ServerCounters(),
                    Runnable::run));
    private final ClientConnection connection = new ClientConnection(1, channel, null, port, 1000);

    ConnectionEndTest() {
        channel.freezeTime();
        channel.pipeline().addLast(stuck);
    }

    @AfterEach
    void giveBack() {
        stuck.held.forEach(ByteBuf::release);
        channel.close();
    }

    @Test
    @DisplayName("nothing is read behind the end, and what was read already is not kept")
    void nothingIsReadBehindTheEnd() {
        connection.send(ByteBuffer.allocate(100));
        connection.close();
        port.flushTouched();
        assertThat(channel.isOpen()).isTrue();
        assertThat(channel.config().isAutoRead()).isFalse();
        connection.pauseByInbox(false);
        assertThat(channel.config().isAutoRead()).isFalse();
        ByteBuf more = Unpooled.buffer().writeInt(500).writeInt(1);
        assertThat(new Arrival.Bytes(connection, more, 8).deliver(null)).isTrue();
        assertThat(more.refCnt()).isZero();
        assertThat(connection.frames().has(1)).isFalse();
    }

    @Test
    @DisplayName("a client that does not take the last reply is not waited for any longer than one without a session")
    void theLastReplyHasItsTime() {
        connection.send(ByteBuffer.allocate(100));
        connection.close();
        port.flushTouched();
        channel.advanceTimeBy(Limits.DEFAULTS.links().idleHandshakeMillis() - 1, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isTrue();
        channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    @DisplayName("a client that takes the last reply loses its connection right behind it")
    void theLastReplyIsTaken() {
        channel.pipeline().remove(stuck);
        connection.send(ByteBuffer.allocate(100));
        connection.close();
        port.flushTouched();
        assertThat(channel.isOpen()).isFalse();
        ByteBuf reply = channel.readOutbound();
        assertThat(reply.readableBytes()).isEqualTo(100);
        reply.release();
        channel.runScheduledPendingTasks();
    }

    @Test
    @DisplayName("what nobody looked at before the stop is given back")
    void inboxIsGivenBack() {
        ByteBuf begun = Unpooled.buffer().writeInt(500).writeInt(1);
        connection.frames().append(begun);
        ByteBuf more = Unpooled.buffer().writeInt(1);
        port.arrived(new Arrival.Bytes(connection, more, 4), connection);
        port.closed(connection);
        port.discardArrivals();
        assertThat(begun.refCnt()).isZero();
        assertThat(more.refCnt()).isZero();
    }
}
