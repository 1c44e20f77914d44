package io.quorate.cloud.zk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.utils.ZKPaths;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ConnectStringParser;
import org.apache.zookeeper.client.ZKClientConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the chroot of a connect string when it is missing: a session inside it cannot, so a second one is opened for
 * as long as that takes. Thread-safe; whoever comes while it is being created waits.
 */
final class ChrootCreation {

    private static final Logger LOG = LoggerFactory.getLogger(ChrootCreation.class);

    private final String servers;
    private final String chroot;
    private final boolean wanted;
    /** The last session that need not be looked after any more; 0 for none. Guarded by this. */
    private long done;
    /** Why nothing could be done in that session; null where something could. Guarded by this. */
    private @Nullable ZkAccessDeniedException denied;

    /** @throws IllegalArgumentException when the connect string is malformed */
    ChrootCreation(String connectString, boolean wanted) {
        String path = new ConnectStringParser(connectString).getChrootPath();
        chroot = path == null ? "" : path;
        servers = connectString.substring(0, connectString.length() - chrootLength(connectString));
        this.wanted = wanted && !chroot.isEmpty();
    }

    private static int chrootLength(String connectString) {
        int slash = connectString.indexOf('/');
        return slash < 0 ? 0 : connectString.length() - slash;
    }

    /**
     * Looks once in every session: servers that have lost their data have lost the chroot as well, and every session.
     * Where it was refused, it looks whether somebody else has created it since.
     *
     * @param client connected
     * @throws ZkAccessDeniedException when the server forbids it
     */
    synchronized void ensure(CuratorFramework client, ZKClientConfig config, ZkClientProperties properties) {
        if (!wanted) {
            return;
        }
        long session = 0;
        try {
            ZooKeeper handle = client.getZookeeperClient().getZooKeeper();
            session = handle.getSessionId();
            if (session != done || denied != null) {
                if (handle.exists("/", false) != null) {
                    denied = null;
                } else if (session != done) {
                    create(config, properties);
                    denied = null;
                }
                done = session;
            }
        } catch (KeeperException.NoAuthException refused) {
            done = session;
            denied = new ZkAccessDeniedException(
                    chroot,
                    "create",
                    properties.auth().stream()
                            .map(ZkClientProperties.Auth::scheme)
                            .toList(),
                    refused);
        } catch (KeeperException | IOException failed) {
            // The connection went in between: the next one tries again.
            LOG.debug("The chroot {} was not created: {}", chroot, failed.toString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (Exception unusable) {
            throw new IllegalStateException("Cannot ask for the chroot " + chroot, unusable);
        }
        if (denied != null && session == done) {
            // To everybody: whoever waits for the connection may not be who was refused.
            throw denied;
        }
    }

    private void create(ZKClientConfig config, ZkClientProperties properties) throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        Watcher watcher = event -> {
            if (event.getState() == Watcher.Event.KeeperState.SyncConnected) {
                connected.countDown();
            }
        };
        int timeoutMillis = Math.toIntExact(properties.connectionTimeout().toMillis());
        ZooKeeper outside = new ZooKeeper(servers, timeoutMillis, watcher, config);
        try {
            for (ZkClientProperties.Auth auth : properties.auth()) {
                outside.addAuthInfo(auth.scheme(), auth.credentials().getBytes(StandardCharsets.UTF_8));
            }
            if (!connected.await(timeoutMillis, TimeUnit.MILLISECONDS)) {
                throw new IOException("no second connection within " + timeoutMillis + " ms");
            }
            ZKPaths.mkdirs(outside, chroot, true, properties.aclProvider(), false);
            LOG.info("Created the chroot {}", chroot);
        } finally {
            outside.close(timeoutMillis);
        }
    }
}
