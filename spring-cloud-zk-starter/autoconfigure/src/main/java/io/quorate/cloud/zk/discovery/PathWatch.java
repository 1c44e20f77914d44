package io.quorate.cloud.zk.discovery;

import io.quorate.cloud.zk.ZkClientProperties.WatchMode;
import io.quorate.cloud.zk.ZkRequests;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.jspecify.annotations.Nullable;

/**
 * Hears of what happens to one path: by a persistent watch that is set once for each session, or, where the server
 * refuses that, by watches that each read sets anew. Used by one lane.
 */
final class PathWatch {

    private final ZkRequests requests;
    private final String path;
    private final boolean recursive;
    private final WatchSupport support;
    private final Watcher watcher;
    /** Whether a persistent watch was asked for, answered or not. */
    private boolean asked;
    /** Session in which the persistent watch is set; 0 for none. */
    private long armedSession;

    /** What kind of watch the server takes, found out once for all. Thread-safe. */
    static final class WatchSupport {

        private final WatchMode mode;
        private final AtomicBoolean refused = new AtomicBoolean();

        WatchSupport(WatchMode mode) {
            this.mode = mode;
        }

        boolean classic() {
            return mode == WatchMode.CLASSIC || refused.get();
        }

        /** @return whether to go on without persistent watches */
        boolean refused(Throwable failure) {
            boolean unknown = mode == WatchMode.AUTO && failure instanceof KeeperException.UnimplementedException;
            if (unknown) {
                refused.set(true);
            }
            return unknown;
        }
    }

    /** @param changed called in the lane, for everything but changes of the connection */
    PathWatch(
            ZkRequests requests,
            String path,
            boolean recursive,
            WatchSupport support,
            Executor lane,
            Consumer<WatchedEvent> changed) {
        this.requests = requests;
        this.path = path;
        this.recursive = recursive;
        this.support = support;
        this.watcher = event -> {
            if (event.getType() != Watcher.Event.EventType.None) {
                lane.execute(() -> changed.accept(event));
            }
        };
    }

    /** Sets the watch unless it is set in this session. What is read after that misses nothing. */
    CompletableFuture<Void> arm(long session, Executor lane) {
        if (support.classic() || armedSession == session) {
            return CompletableFuture.completedFuture(null);
        }
        asked = true;
        return requests.addWatch(path, watcher, recursive)
                .handleAsync(
                        (done, failure) -> {
                            if (failure == null) {
                                armedSession = session;
                            } else if (!support.refused(ZkRequests.causeOf(failure))) {
                                throw new CompletionException(ZkRequests.causeOf(failure));
                            }
                            return null;
                        },
                        lane);
    }

    /** For reads: the watcher where each read must set it, else null. */
    @Nullable
    Watcher forReads() {
        return support.classic() ? watcher : null;
    }

    /**
     * Ends the watch, at the server too, which would go on telling otherwise. Before anybody else follows the path:
     * their watch would end with this one. What was set by reads fires once more at most and finds nobody.
     */
    void disarm() {
        if (!asked) {
            return;
        }
        asked = false;
        armedSession = 0;
        // Without a connection it is gone, or goes with the session. An older server ends none of a kind.
        requests.removeWatches(path, recursive).whenComplete((done, failure) -> {
            if (failure != null && !(ZkRequests.causeOf(failure) instanceof KeeperException.ConnectionLossException)) {
                requests.removeWatch(path, watcher);
            }
        });
    }
}
