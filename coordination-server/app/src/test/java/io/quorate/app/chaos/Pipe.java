package io.quorate.app.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One connection through the proxy. All of it on the proxy's thread. */
final class Pipe {

    private final SocketChannel near;
    private final SocketChannel far;
    private final int targetPort;
    private final Flow there;
    private final Flow back;
    private final SelectionKey nearKey;
    private final SelectionKey farKey;
    private boolean dialled;
    private boolean open = true;

    /** @param near has been accepted */
    Pipe(Selector selector, SocketChannel near, FaultProxy.Route route) throws IOException {
        this.near = near;
        this.targetPort = route.targetPort();
        far = SocketChannel.open();
        there = new Flow(near, far, route.there(), route.announced());
        back = new Flow(far, near, route.back(), null);
        near.configureBlocking(false);
        far.configureBlocking(false);
        near.setOption(StandardSocketOptions.TCP_NODELAY, true);
        far.setOption(StandardSocketOptions.TCP_NODELAY, true);
        nearKey = near.register(selector, 0, this);
        farKey = far.register(selector, 0, this);
    }

    boolean isOpen() {
        return open;
    }

    boolean uses(Wire wire) {
        return there.wire() == wire || back.wire() == wire;
    }

    boolean isCut() {
        return there.wire().condition().cut() || back.wire().condition().cut();
    }

    /** Something can be done on one of the two sockets. */
    void ready(SelectionKey key) {
        try {
            if (key.isConnectable()) {
                far.finishConnect();
            } else if (key.isReadable()) {
                (key == nearKey ? there : back).read();
            }
        } catch (IOException refused) {
            reset();
        }
    }

    /** Moves what can be moved, and says what to wait for. */
    void pump(long nowNanos) {
        if (!open) {
            return;
        }
        try {
            dial();
            if (far.isConnected() && (!there.pump(nowNanos) || !back.pump(nowNanos))) {
                end();
                return;
            }
            interest();
        } catch (IOException broken) {
            reset();
        }
    }

    /** A wire that is held does not carry the first packet of a connection either. */
    private void dial() throws IOException {
        if (!dialled
                && !there.wire().condition().held()
                && !back.wire().condition().held()) {
            dialled = true;
            far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort));
        }
    }

    private void interest() {
        nearKey.interestOps(operations(there, back));
        if (far.isConnected()) {
            farKey.interestOps(operations(back, there));
        } else {
            farKey.interestOps(dialled ? SelectionKey.OP_CONNECT : 0);
        }
    }

    private static int operations(Flow from, Flow to) {
        return (from.wantsToRead() ? SelectionKey.OP_READ : 0) | (to.isBlocked() ? SelectionKey.OP_WRITE : 0);
    }

    long dueNanos() {
        return far.isConnected() ? Math.min(there.dueNanos(), back.dueNanos()) : Long.MAX_VALUE;
    }

    private void end() throws IOException {
        open = false;
        near.close();
        far.close();
    }

    /** Both sides see a reset. */
    void reset() {
        open = false;
        abort(near);
        abort(far);
    }

    private static void abort(SocketChannel channel) {
        try (channel) {
            if (channel.isConnected()) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException alreadyGone) {
            // It was to go.
            return;
        }
    }
}
