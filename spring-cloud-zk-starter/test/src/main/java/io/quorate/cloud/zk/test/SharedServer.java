package io.quorate.cloud.zk.test;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The one server of the virtual machine behind its proxy. Thread-safe. */
final class SharedServer {

    /** Made by the first who asks, and not by the class, whose failure would be explained once only. */
    private static final AtomicReference<SharedServer> INSTANCE = new AtomicReference<>();

    private final ServerUnderTest server;
    private final TcpProxy proxy = new TcpProxy();
    /** Null while it is stopped. Guarded by this. */
    private @Nullable InetSocketAddress address;

    SharedServer(ServerUnderTest server) {
        this.server = server;
    }

    static synchronized SharedServer instance() {
        SharedServer shared = INSTANCE.get();
        if (shared == null) {
            shared = new SharedServer(ServerChoice.make());
            INSTANCE.set(shared);
        }
        return shared;
    }

    synchronized void start() {
        if (address == null) {
            address = server.start();
            proxy.forwardTo(address);
        }
    }

    synchronized void stop() {
        // First, for what may not be stopped goes on as it was.
        server.stop();
        proxy.forwardTo(null);
        proxy.cut();
        address = null;
    }

    /** Undoes whatever a test has done to it. */
    void mend() {
        proxy.resume();
        start();
    }

    TcpProxy proxy() {
        return proxy;
    }

    String proxyAddress() {
        return proxy.address();
    }

    /** Past the proxy, as {@code host:port}. */
    String directAddress() {
        InetSocketAddress current = direct();
        return current.getAddress().getHostAddress() + ":" + current.getPort();
    }

    /** Past the proxy. */
    synchronized InetSocketAddress direct() {
        InetSocketAddress current = address;
        if (current == null) {
            throw new IllegalStateException("The server is stopped");
        }
        return current;
    }
}
