package io.quorate.cloud.zk.lock.shedlock;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Optional;
import net.javacrumbs.shedlock.core.AbstractSimpleLock;
import net.javacrumbs.shedlock.core.ClockProvider;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.core.SimpleLock;
import net.javacrumbs.shedlock.support.LockException;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.utils.ZKPaths;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ShedLock's locks: a node for each, with the instant until which it is locked. Nodes are those of ShedLock's own
 * provider for ZooKeeper, so that both may run side by side. Unlike that one, it gives back and extends a lock only
 * while the node has the version that locking left: whoever comes too late does not free what the next holder has
 * locked. Thread-safe.
 */
public final class ZkShedLockProvider implements LockProvider {

    private static final Logger LOG = LoggerFactory.getLogger(ZkShedLockProvider.class);
    private static final DateTimeFormatter FORMAT =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final CuratorFramework client;
    private final String root;

    /** @param root path below which every lock has its node */
    public ZkShedLockProvider(CuratorFramework client, String root) {
        this.client = client;
        this.root = root;
    }

    /**
     * @return empty when it is locked
     * @throws LockException when the server does not answer or refuses
     */
    @Override
    public Optional<SimpleLock> lock(LockConfiguration configuration) {
        String path = ZKPaths.makePath(root, configuration.getName());
        try {
            Stat stat = new Stat();
            byte[] content = client.getData().storingStatIn(stat).forPath(path);
            return isLocked(path, content) ? Optional.empty() : write(path, stat.getVersion(), configuration);
        } catch (KeeperException.NoNodeException absent) {
            return create(path, configuration);
        } catch (Exception failed) {
            throw failure("read", path, failed);
        }
    }

    /** Whatever cannot be understood is locked: to run twice is worse than not to run. */
    private static boolean isLocked(String path, byte @Nullable [] content) {
        try {
            // Whoever creates a node by hand may give it no content at all.
            String text = content == null ? "" : new String(content, StandardCharsets.UTF_8);
            return Instant.parse(text).isAfter(ClockProvider.now());
        } catch (DateTimeException unreadable) {
            LOG.warn(
                    "The node {} does not hold an instant, so its lock is never free; delete the node if nobody runs"
                            + " under it",
                    path);
            return true;
        }
    }

    private Optional<SimpleLock> create(String path, LockConfiguration configuration) {
        try {
            client.create()
                    .creatingParentsIfNeeded()
                    .withMode(CreateMode.PERSISTENT)
                    .forPath(path, content(configuration.getLockAtMostUntil()));
            return Optional.of(new VersionedLock(path, 0, configuration));
        } catch (KeeperException.NodeExistsException other) {
            return Optional.empty();
        } catch (Exception failed) {
            throw failure("create", path, failed);
        }
    }

    private Optional<SimpleLock> write(String path, int version, LockConfiguration configuration) {
        return setData(path, version, configuration.getLockAtMostUntil())
                .map(written -> new VersionedLock(path, written, configuration));
    }

    /** @return the new version; empty when somebody else was faster */
    private Optional<Integer> setData(String path, int version, Instant until) {
        try {
            return Optional.of(client.setData()
                    .withVersion(version)
                    .forPath(path, content(until))
                    .getVersion());
        } catch (KeeperException.BadVersionException | KeeperException.NoNodeException other) {
            return Optional.empty();
        } catch (Exception failed) {
            throw failure("write", path, failed);
        }
    }

    private static byte[] content(Instant until) {
        return FORMAT.format(until).getBytes(StandardCharsets.UTF_8);
    }

    private static LockException failure(String what, String path, Exception cause) {
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return new LockException("Cannot " + what + " the node " + path, cause);
    }

    /** A lock for as long as its node has this version. */
    private final class VersionedLock extends AbstractSimpleLock {

        private final String path;
        private final int version;

        VersionedLock(String path, int version, LockConfiguration configuration) {
            super(configuration);
            this.path = path;
            this.version = version;
        }

        @Override
        protected void doUnlock() {
            if (setData(path, version, lockConfiguration.getUnlockTime()).isEmpty()) {
                LOG.warn(
                        "The lock {} was given back after lockAtMostFor, when others could have taken it already",
                        lockConfiguration.getName());
            }
        }

        /** What has run out is not extended, even where nobody has taken it since: work has gone on without it. */
        @Override
        protected Optional<SimpleLock> doExtend(LockConfiguration configuration) {
            return lockConfiguration.getLockAtMostUntil().isAfter(ClockProvider.now())
                    ? write(path, version, configuration)
                    : Optional.empty();
        }
    }
}
