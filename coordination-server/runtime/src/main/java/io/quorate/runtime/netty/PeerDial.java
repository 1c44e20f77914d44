package io.quorate.runtime.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to connect: finds the addresses of the host, and tries one after the other until one answers or the time
 * is over. All of it on the replica's thread.
 */
final class PeerDial {

    /** Who wants to know how it went. Exactly one of the two is called, once, unless the dial is given up. */
    interface Outcome {
        void connected(Channel channel);

        void failed(String reason);
    }

    private static final int MAX_PORT = 65_535;

    private final Bootstrap bootstrap;
    private final int port;
    private final Outcome outcome;
    private final ArrayDeque<InetAddress> addresses = new ArrayDeque<>();
    private final ScheduledFuture<?> deadline;
    /** The socket that is being connected; null between two. */
    private @Nullable Channel underWay;

    private boolean over;

    /** @param bootstrap makes the sockets, on the loop */
    PeerDial(EventLoop loop, Bootstrap bootstrap, int port, int timeoutMillis, Outcome outcome) {
        this.bootstrap = bootstrap;
        this.port = port;
        this.outcome = outcome;
        deadline = loop.schedule(
                () -> fail("no answer within " + timeoutMillis + " ms"), timeoutMillis, TimeUnit.MILLISECONDS);
    }

    void start(NameLookup names, String host) {
        names.find(host, found -> {
            if (port < 1 || port > MAX_PORT) {
                fail(port + " is no port");
            } else if (found.isEmpty()) {
                fail("the name does not resolve to an address");
            } else {
                tryAll(found);
            }
        });
    }

    private void tryAll(List<InetAddress> found) {
        addresses.addAll(found);
        tryNext();
    }

    private void tryNext() {
        InetAddress next = addresses.poll();
        if (over || next == null) {
            return;
        }
        ChannelFuture attempt = bootstrap.connect(new InetSocketAddress(next, port));
        underWay = attempt.channel();
        attempt.addListener((ChannelFuture done) -> attempted(done));
    }

    private void attempted(ChannelFuture done) {
        underWay = null;
        if (over) {
            done.channel().close();
        } else if (done.isSuccess()) {
            end();
            outcome.connected(done.channel());
        } else if (addresses.isEmpty()) {
            Throwable cause = done.cause();
            fail(cause.getMessage() == null ? cause.toString() : cause.getMessage());
        } else {
            tryNext();
        }
    }

    private void fail(String reason) {
        if (!over) {
            giveUp();
            outcome.failed(reason);
        }
    }

    /** Nobody waits for the connection any more. */
    void giveUp() {
        end();
        Channel channel = underWay;
        if (channel != null) {
            channel.close();
        }
    }

    private void end() {
        over = true;
        deadline.cancel(false);
    }
}
