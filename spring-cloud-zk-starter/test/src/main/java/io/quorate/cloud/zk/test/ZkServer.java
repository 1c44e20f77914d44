package io.quorate.cloud.zk.test;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.ExponentialBackoffRetry;
import org.apache.curator.utils.ZKPaths;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server as one test class sees it: under a chroot that no other class uses. All classes share the process, so
 * {@link #stop()}, {@link #restart()} and {@link #pause()} concern all clients. Every disturbance is mended when the
 * class is through. Thread-safe.
 */
public final class ZkServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ZkServer.class);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
    private static final int SESSION_MILLIS = 10_000;
    private static final int RETRY_MILLIS = 50;
    private static final int RETRIES = 20;

    private final SharedServer shared;
    private final String chroot;
    private final List<AutoCloseable> ownClients = new ArrayList<>();
    private @Nullable CuratorFramework client;

    private ZkServer(SharedServer shared, String chroot) {
        this.shared = shared;
        this.chroot = chroot;
    }

    /**
     * The server of this virtual machine, started if it is not running, under a chroot of its own. For tests without
     * {@link ZkTest}; then the caller closes it.
     */
    public static ZkServer create() {
        SharedServer shared = SharedServer.instance();
        shared.mend();
        ZkServer server = new ZkServer(shared, "/test-" + UUID.randomUUID());
        server.createChroot();
        return server;
    }

    private void createChroot() {
        try (CuratorFramework outside = open(shared.proxyAddress())) {
            outside.create().forPath(chroot, new byte[0]);
        } catch (Exception failed) {
            throw new IllegalStateException("Cannot create the chroot " + chroot, failed);
        }
    }

    /** For clients: where they connect, with the chroot of this class. It stays the same when the server restarts. */
    public String connectString() {
        return shared.proxyAddress() + chroot;
    }

    /** A client of the test's own, with the chroot, connected. It is closed when the class is through. */
    public synchronized CuratorFramework client() {
        if (client == null) {
            client = open(connectString());
            ownClients.add(client);
        }
        return client;
    }

    private static CuratorFramework open(String connectString) {
        CuratorFramework opened = CuratorFrameworkFactory.builder()
                .connectString(connectString)
                .sessionTimeoutMs(SESSION_MILLIS)
                .connectionTimeoutMs(SESSION_MILLIS)
                .retryPolicy(new ExponentialBackoffRetry(RETRY_MILLIS, RETRIES, SESSION_MILLIS / 2))
                .ensembleTracker(false)
                .build();
        opened.start();
        try {
            if (!opened.blockUntilConnected(Math.toIntExact(CONNECT_TIMEOUT.toMillis()), TimeUnit.MILLISECONDS)) {
                opened.close();
                throw new IllegalStateException("No connection to " + connectString + " within " + CONNECT_TIMEOUT);
            }
        } catch (InterruptedException interrupted) {
            opened.close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while connecting to " + connectString, interrupted);
        }
        return opened;
    }

    /**
     * Stops the server, and with it every connection. Sessions and data stay for the next start.
     *
     * @throws UnsupportedOperationException if it runs elsewhere, see {@link ZkServerProvider}
     */
    public void stop() {
        shared.stop();
    }

    /** Starts the server again under the same address. Does nothing while it runs. */
    public void start() {
        shared.start();
    }

    /**
     * {@link #stop()} and {@link #start()}.
     *
     * @throws UnsupportedOperationException if it runs elsewhere, see {@link ZkServerProvider}
     */
    public void restart() {
        shared.stop();
        shared.start();
    }

    /** From now on no byte passes between clients and the server; connections stay open. */
    public void pause() {
        shared.proxy().pause();
    }

    /** Lets everything through again that {@link #pause()} holds back. */
    public void resume() {
        shared.proxy().resume();
    }

    /** Another way to the server, which ends with the class. */
    public synchronized ZkRoute route() {
        TcpProxy proxy = new TcpProxy();
        proxy.forwardTo(shared.direct());
        ZkRoute route = new ZkRoute(proxy, chroot);
        ownClients.add(route);
        return route;
    }

    /** Ends every connection that is open now; sessions live on. */
    public void cutConnections() {
        shared.proxy().cut();
    }

    /**
     * Ends the session of this client at the server, past the client and its connection, and returns when it is over.
     * The client learns of it when it next hears from the server.
     */
    public void expireSession(CuratorFramework victim) {
        try {
            ZooKeeper handle = victim.getZookeeperClient().getZooKeeper();
            expire(handle.getSessionId(), handle.getSessionPasswd());
        } catch (Exception failed) {
            throw new IllegalStateException("Cannot end the session of the client", failed);
        }
    }

    /** A session is ended by whoever knows its password: here by a second connection that resumes and closes it. */
    private void expire(long session, byte[] password) throws IOException, InterruptedException {
        CountDownLatch connected = new CountDownLatch(1);
        Watcher watcher = event -> {
            if (event.getState() == Watcher.Event.KeeperState.SyncConnected) {
                connected.countDown();
            }
        };
        ZooKeeper twin = new ZooKeeper(shared.directAddress(), SESSION_MILLIS, watcher, session, password);
        try {
            if (!connected.await(CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(
                        "session 0x" + Long.toHexString(session) + " was not resumed in " + CONNECT_TIMEOUT);
            }
        } finally {
            twin.close();
        }
    }

    /**
     * Requests that all clients together have sent since the virtual machine started, without openings of sessions and
     * signs of life.
     */
    public long requestCount() {
        return shared.proxy().requestCount();
    }

    /**
     * How many paths a session watches, as the server says.
     *
     * @throws IllegalStateException if the server does not allow the question
     */
    public int watchCount(long session) {
        return WatchReport.paths(shared.direct(), session);
    }

    /**
     * Mends every disturbance, closes the test's own client and removes what lies below the chroot and is not guarded.
     */
    @Override
    public synchronized void close() {
        shared.mend();
        try (CuratorFramework outside = open(shared.proxyAddress())) {
            for (AutoCloseable own : ownClients) {
                own.close();
            }
            ZKPaths.deleteChildren(outside.getZookeeperClient().getZooKeeper(), chroot, true);
        } catch (KeeperException.NoAuthException guarded) {
            // What a test has guarded it leaves behind: nobody else uses this chroot, and it goes with the machine.
            LOG.debug("{} is not cleared: {}", chroot, guarded.toString());
        } catch (Exception failed) {
            throw new IllegalStateException("Cannot clear " + chroot, failed);
        }
    }
}
