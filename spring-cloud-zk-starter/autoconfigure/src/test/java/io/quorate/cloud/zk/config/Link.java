package io.quorate.cloud.zk.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The way of one application to the server, which can be broken while others still reach it, and counts the connections
 * that go over it.
 */
final class Link implements AutoCloseable {

    private final ServerSocket entrance;
    private final InetSocketAddress server;
    private final String chroot;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger carrying = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean broken;

    /** @param connectString one server with a chroot */
    Link(String connectString) {
        int slash = connectString.indexOf('/');
        int colon = connectString.indexOf(':');
        chroot = connectString.substring(slash);
        server = new InetSocketAddress(
                connectString.substring(0, colon), Integer.parseInt(connectString.substring(colon + 1, slash)));
        try {
            entrance = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        start("link", this::accept);
    }

    /** {@code host:port}, without the chroot. */
    String address() {
        return "127.0.0.1:" + entrance.getLocalPort();
    }

    /** Names the server twice, since a client waits before it returns to the only one there is. */
    String connectString() {
        return address() + "," + address() + chroot;
    }

    /** Ends all connections and lets no new one through. */
    void breakIt() {
        broken = true;
        cut();
    }

    void mend() {
        broken = false;
    }

    /** Ends all connections; new ones pass. */
    void cut() {
        open.forEach(Link::end);
    }

    /** Connections that ever passed. */
    int opened() {
        return opened.get();
    }

    /** Connections that came while it was broken. */
    int refused() {
        return refused.get();
    }

    /** Connections that are open now. */
    int carrying() {
        return carrying.get();
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                start("link-connection", () -> carry(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void carry(Socket client) {
        if (broken) {
            refused.incrementAndGet();
            end(client);
            return;
        }
        opened.incrementAndGet();
        carrying.incrementAndGet();
        try (client;
                Socket onward = new Socket(server.getAddress(), server.getPort())) {
            client.setTcpNoDelay(true);
            onward.setTcpNoDelay(true);
            open.add(client);
            open.add(onward);
            Thread back = start("link-back", () -> pump(onward, client));
            pump(client, onward);
            back.join();
        } catch (IOException ended) {
            // The other side went first.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            carrying.decrementAndGet();
        }
    }

    private void pump(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException ended) {
            // Both are closed below.
        } finally {
            open.remove(from);
            end(from);
            end(to);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            // It is gone either way.
        }
    }

    private static Thread start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        cut();
    }
}
