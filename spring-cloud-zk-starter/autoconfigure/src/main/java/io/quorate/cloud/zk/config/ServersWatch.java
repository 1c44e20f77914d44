package io.quorate.cloud.zk.config;

import io.quorate.cloud.zk.ZkClientProperties.WatchMode;
import io.quorate.cloud.zk.ZkRequests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.state.ConnectionStateListener;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches all contexts of one server list and reads them. Watches are set before a reading, so that nothing falls in
 * between; they are set again after every connection, because a new session has none. What is read first in a session
 * is read behind a {@code sync}: a session that only its server knows may begin at one that lags behind the former, and
 * what was valid before must not be taken for a change. Used on one lane, but for the callbacks of the client, which
 * only pass hints on.
 */
final class ServersWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ServersWatch.class);

    private final ImportedServers servers;
    private final WatchMode mode;
    private final Duration patience;
    private final CuratorFramework client;
    private final ZkRequests requests;
    private final ConnectionStateListener onConnection;
    private final Watcher onChange;

    /** Paths that the present connection watches persistently. */
    private final Set<String> armed = ConcurrentHashMap.newKeySet();

    private volatile boolean refused;
    /** The session that was read last; 0 before. */
    private long readSession;

    /**
     * A watch that does nothing until it is started.
     *
     * @param changed hears that something may have changed
     * @param connected hears that there is a connection again
     */
    ServersWatch(ImportedServers servers, WatchMode mode, Duration patience, Runnable changed, Runnable connected) {
        this.servers = servers;
        this.mode = mode;
        this.patience = patience;
        this.client = servers.client().handle().client();
        this.requests = servers.requests();
        this.onChange = event -> {
            // Events without a type tell of the connection, which is listened to elsewhere.
            if (event.getType() != Watcher.Event.EventType.None) {
                changed.run();
            }
        };
        this.onConnection = (same, state) -> {
            armed.clear();
            refused = false;
            if (state.isConnected()) {
                connected.run();
            }
        };
    }

    void start() {
        client.getConnectionStateListenable().addListener(onConnection);
    }

    /** Also removes the watches, if that can be done without a wait. */
    void stop() {
        client.getConnectionStateListenable().removeListener(onConnection);
        if (client.getZookeeperClient().isConnected()) {
            armed.forEach(root -> requests.removeWatch(root, onChange).exceptionally(failure -> {
                LOG.debug("The watch on {} was not removed: {}", root, failure.toString());
                return null;
            }));
        }
        armed.clear();
    }

    /**
     * Sets the watches that are missing, and reads all contexts.
     *
     * @throws UnreadableConfigException if there is no connection, or none any more
     */
    Map<ImportedContext, SnapshotReader.Reading> read() {
        List<ImportedContext> contexts = servers.followedContexts();
        if (contexts.isEmpty()) {
            return Map.of();
        }
        if (!client.getZookeeperClient().isConnected()) {
            throw new UnreadableConfigException("not connected to " + servers.connectString());
        }
        long session = session();
        arm(contexts);
        Watcher once = mode == WatchMode.CLASSIC || refused ? onChange : null;
        SnapshotReader reader = new SnapshotReader(requests, patience, once);
        Map<ImportedContext, SnapshotReader.Reading> readings =
                session == readSession ? reader.read(contexts) : reader.readLatest(contexts);
        if (session() != session) {
            throw new UnreadableConfigException("the session ended while configuration was read");
        }
        readSession = session;
        return readings;
    }

    private long session() {
        try {
            return client.getZookeeperClient().getZooKeeper().getSessionId();
        } catch (Exception gone) {
            throw new UnreadableConfigException("no session at " + servers.connectString(), gone);
        }
    }

    private void arm(List<ImportedContext> contexts) {
        if (refused || mode == WatchMode.CLASSIC) {
            return;
        }
        Set<String> missing = new LinkedHashSet<>();
        contexts.forEach(context -> missing.addAll(context.selection().roots()));
        missing.removeAll(armed);
        // First, so that a connection that goes meanwhile leaves them unarmed.
        armed.addAll(missing);
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        missing.forEach(root -> answers.add(requests.addWatch(root, onChange, true)));
        Deadline deadline = new Deadline(patience);
        try {
            answers.forEach(deadline::await);
        } catch (UnreadableConfigException failed) {
            armed.removeAll(missing);
            if (mode != WatchMode.AUTO || !(failed.getCause() instanceof KeeperException.UnimplementedException)) {
                throw failed;
            }
            refused = true;
            LOG.info("{} has no persistent watches; watches that fire once are used.", servers.connectString());
        }
    }
}
