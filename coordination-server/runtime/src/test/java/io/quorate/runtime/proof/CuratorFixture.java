package io.quorate.runtime.proof;

import io.quorate.runtime.kit.wire.Handshake;
import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.kit.wire.ServerClosed;
import io.quorate.runtime.server.CoordinationServer;
import io.quorate.runtime.server.ServerOptions;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.ExponentialBackoffRetry;
import org.apache.zookeeper.ZooKeeper;

/** A server with Curator clients, whose sessions can be taken away from them. */
final class CuratorFixture implements AutoCloseable {

    /** What a recipe may take on a loaded machine. */
    static final int PATIENCE_SECONDS = 60;

    private static final int TIMEOUT_MILLIS = 20_000;
    private static final long PAUSE_NANOS = 10_000_000;

    private final CoordinationServer server;
    private final List<CuratorFramework> clients = new ArrayList<>();

    CuratorFixture(Path directory) {
        server = CoordinationServer.start(ServerOptions.embedded(directory));
    }

    CuratorFramework client() {
        CuratorFramework client = CuratorFrameworkFactory.newClient(
                server.connectString(), TIMEOUT_MILLIS, TIMEOUT_MILLIS, new ExponentialBackoffRetry(50, 20, 1000));
        client.start();
        clients.add(client);
        return client;
    }

    /**
     * Ends the client's session behind its back, as an expiry does: its ephemeral nodes are gone when this returns, and
     * it hears of it when it connects again.
     */
    void loseSession(CuratorFramework client) throws Exception {
        ZooKeeper handle = client.getZookeeperClient().getZooKeeper();
        Handshake resumption = Handshake.resume(handle.getSessionId(), handle.getSessionPasswd());
        until("the session is closed", () -> closeSession(resumption));
    }

    /** The client may take its session back in between; then it is tried again. */
    private boolean closeSession(Handshake resumption) {
        try (KitSession twin = KitSession.open(server.clientAddress(), resumption)) {
            if (twin.id() != 0) {
                twin.closeSession().ok();
            }
            return true;
        } catch (ServerClosed | UncheckedIOException takenBack) {
            return false;
        }
    }

    static void until(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Not within " + PATIENCE_SECONDS + " s: " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @Override
    public void close() {
        clients.forEach(CuratorFramework::close);
        server.close();
    }
}
