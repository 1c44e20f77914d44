package io.quorate.cloud.zk.test;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The one server of the virtual machine behind its proxy. Thread-safe. */
final class SharedServer {

    private static final class Holder {
        private static final SharedServer INSTANCE = new SharedServer(new EmbeddedServer());
    }

    private final ServerUnderTest server;
    private final TcpProxy proxy = new TcpProxy();
    /** Null while it is stopped. Guarded by this. */
    private @Nullable InetSocketAddress address;

    private SharedServer(ServerUnderTest server) {
        this.server = server;
    }

    static SharedServer instance() {
        return Holder.INSTANCE;
    }

    synchronized void start() {
        if (address == null) {
            address = server.start();
            proxy.forwardTo(address);
        }
    }

    synchronized void stop() {
        proxy.forwardTo(null);
        server.stop();
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
