package io.quorate.cloud.zk.lock.shedlock;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
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
 * locked. A write whose answer is lost with the connection is known again by its content. Thread-safe.
 */
public final class ZkShedLockProvider implements LockProvider {

    private static final Logger LOG = LoggerFactory.getLogger(ZkShedLockProvider.class);
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
    private static final DateTimeFormatter NANOS =
            new DateTimeFormatterBuilder().appendInstant(9).toFormatter();
    private static final int NANOS_PER_MILLI = 1_000_000;

    private final CuratorFramework client;
    private final String root;
    /** By node, what was written last of which nobody knows whether it is there. Nobody has got a lock by it. */
    private final Map<String, byte[]> doubtful = new ConcurrentHashMap<>();

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
            return isLocked(path, content) ? Optional.empty() : take(path, stat.getVersion(), configuration);
        } catch (KeeperException.NoNodeException absent) {
            return create(path, configuration);
        } catch (LockException failed) {
            throw failed;
        } catch (Exception failed) {
            throw failure("read", path, failed);
        }
    }

    /** Whatever cannot be understood is locked: to run twice is worse than not to run. */
    private boolean isLocked(String path, byte @Nullable [] content) {
        if (content != null && Arrays.equals(content, doubtful.get(path))) {
            return false;
        }
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
        byte[] content = locked(configuration);
        try {
            client.create()
                    .idempotent()
                    .creatingParentsIfNeeded()
                    .withMode(CreateMode.PERSISTENT)
                    .forPath(path, content);
            return held(path, 0, configuration);
        } catch (KeeperException.NodeExistsException other) {
            return Optional.empty();
        } catch (Exception failed) {
            doubtful.put(path, content);
            throw failure("create", path, failed);
        }
    }

    private Optional<SimpleLock> take(String path, int version, LockConfiguration configuration) {
        byte[] content = locked(configuration);
        try {
            return setData(path, version, content).flatMap(written -> held(path, written, configuration));
        } catch (LockException failed) {
            doubtful.put(path, content);
            throw failed;
        }
    }

    /** The lock, unless its time was over before the server said that it is there. */
    private Optional<SimpleLock> held(String path, int version, LockConfiguration configuration) {
        return configuration.getLockAtMostUntil().isAfter(ClockProvider.now())
                ? Optional.of(new VersionedLock(path, version, configuration))
                : Optional.empty();
    }

    /**
     * The client repeats a write whose answer it has missed, and is refused if the server had carried it out the first
     * time. The node then has the next version and this content, which is how it knows that the write was its own.
     *
     * @return the new version; empty when somebody else was faster
     */
    private Optional<Integer> setData(String path, int version, byte[] content) {
        try {
            return Optional.of(client.setData()
                    .idempotent()
                    .withVersion(version)
                    .forPath(path, content)
                    .getVersion());
        } catch (KeeperException.BadVersionException | KeeperException.NoNodeException other) {
            return Optional.empty();
        } catch (Exception failed) {
            throw failure("write", path, failed);
        }
    }

    /** The version of a node as long as it holds one of these. */
    private Optional<Integer> versionOf(String path, List<byte[]> contents) {
        try {
            Stat stat = new Stat();
            byte[] present = client.getData().storingStatIn(stat).forPath(path);
            return contents.stream().anyMatch(content -> Arrays.equals(content, present))
                    ? Optional.of(stat.getVersion())
                    : Optional.empty();
        } catch (KeeperException.NoNodeException gone) {
            return Optional.empty();
        } catch (Exception failed) {
            throw failure("read", path, failed);
        }
    }

    /**
     * The end of a lock as its node says it: less than a millisecond earlier than asked, at random, so that nobody else
     * who locks at the same moment writes the same.
     */
    private static byte[] locked(LockConfiguration configuration) {
        int nanos = ThreadLocalRandom.current().nextInt(1, NANOS_PER_MILLI);
        return content(NANOS, configuration.getLockAtMostUntil().minusNanos(nanos));
    }

    private static byte[] content(DateTimeFormatter format, Instant until) {
        return format.format(until).getBytes(StandardCharsets.UTF_8);
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
        /** What extensions wrote of which nobody knows whether it is there; one thread extends, another may unlock. */
        private final List<byte[]> unheard = new CopyOnWriteArrayList<>();

        VersionedLock(String path, int version, LockConfiguration configuration) {
            super(configuration);
            this.path = path;
            this.version = version;
        }

        @Override
        protected void doUnlock() {
            byte[] unlocked = content(MILLIS, lockConfiguration.getUnlockTime());
            if (overwrite(unlocked).isEmpty()) {
                LOG.warn(
                        "The lock {} was given back after lockAtMostFor, when others could have taken it already",
                        lockConfiguration.getName());
            }
        }

        /** What has run out is not extended, even where nobody has taken it since: work has gone on without it. */
        @Override
        protected Optional<SimpleLock> doExtend(LockConfiguration configuration) {
            if (!lockConfiguration.getLockAtMostUntil().isAfter(ClockProvider.now())) {
                return Optional.empty();
            }
            byte[] content = locked(configuration);
            try {
                return overwrite(content).flatMap(written -> held(path, written, configuration));
            } catch (LockException failed) {
                unheard.add(content);
                throw failed;
            }
        }

        /** Writes over what locking left, or over an extension that the server has carried out and nobody heard of. */
        private Optional<Integer> overwrite(byte[] content) {
            Optional<Integer> written = setData(path, version, content);
            return written.isPresent() || unheard.isEmpty()
                    ? written
                    : versionOf(path, unheard).flatMap(extended -> setData(path, extended, content));
        }
    }
}
