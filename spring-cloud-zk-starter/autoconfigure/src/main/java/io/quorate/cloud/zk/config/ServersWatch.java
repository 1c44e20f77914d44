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
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.state.ConnectionStateListener;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches all contexts of one server list and reads them. Watches are set before a reading, so that nothing falls in
 * between; they are set again after every connection, because a new session has none. Used on one lane, but for the
 * callbacks of the client, which only pass hints on.
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

    /** Whether the present connection has its persistent watches. */
    private volatile boolean armed;

    private volatile boolean refused;

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
            armed = false;
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
        if (armed && client.getZookeeperClient().isConnected()) {
            roots().forEach(root -> requests.removeWatch(root, onChange).exceptionally(failure -> {
                LOG.debug("The watch on {} was not removed: {}", root, failure.toString());
                return null;
            }));
        }
        armed = false;
    }

    /**
     * Sets the watches that are missing, and reads all contexts.
     *
     * @throws UnreadableConfigException if there is no connection, or none any more
     */
    Map<ImportedContext, SnapshotReader.Reading> read() {
        if (!client.getZookeeperClient().isConnected()) {
            throw new UnreadableConfigException("not connected to " + servers.connectString());
        }
        arm();
        Watcher once = mode == WatchMode.CLASSIC || refused ? onChange : null;
        return new SnapshotReader(requests, patience, once).read(servers.contexts());
    }

    private void arm() {
        if (armed || refused || mode == WatchMode.CLASSIC) {
            return;
        }
        // First, so that a connection that goes meanwhile leaves it unarmed.
        armed = true;
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        roots().forEach(root -> answers.add(requests.addWatch(root, onChange, true)));
        Deadline deadline = new Deadline(patience);
        try {
            answers.forEach(deadline::await);
        } catch (UnreadableConfigException failed) {
            armed = false;
            if (mode != WatchMode.AUTO || !(failed.getCause() instanceof KeeperException.UnimplementedException)) {
                throw failed;
            }
            refused = true;
            LOG.info("{} has no persistent watches; watches that fire once are used.", servers.connectString());
        }
    }

    private Set<String> roots() {
        Set<String> roots = new LinkedHashSet<>();
        servers.contexts().forEach(context -> roots.addAll(context.selection().roots()));
        return roots;
    }
}
