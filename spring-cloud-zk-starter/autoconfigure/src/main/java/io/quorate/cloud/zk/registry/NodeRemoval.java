package io.quorate.cloud.zk.registry;

import io.quorate.cloud.zk.ZkConnection;
import io.quorate.cloud.zk.ZkLane;
import io.quorate.cloud.zk.ZkRequests;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.KeeperException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what a registration has created, also what was created without an answer: tries again every second, and with
 * every connection, for as long as the session lives that owns it. Used in the lane.
 */
final class NodeRemoval {

    private static final Logger LOG = LoggerFactory.getLogger(NodeRemoval.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final ZkRequests requests;
    private final ZkLane lane;
    private final Siblings siblings;
    private final RegistrationObserver observer;
    private final String service;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    /** The node; null while it is not known whether there is one. */
    private @Nullable String path;
    /** The session that owns it; 0 before there is anything to remove. */
    private long session;
    /** The session that was told when the removal began. Where it is another, the owner may not be told yet. */
    private long toldAtFirst;
    /** Whether a request is on its way. */
    private boolean removing;
    /** As it was last told. */
    private ZkConnection connection = new ZkConnection(ZkConnection.Status.NEVER, 0, 0, Instant.EPOCH);

    NodeRemoval(ZkRequests requests, ZkLane lane, Siblings siblings, RegistrationObserver observer, String service) {
        this.requests = requests;
        this.lane = lane;
        this.siblings = siblings;
        this.observer = observer;
        this.service = service;
    }

    /** Completes when nothing is left. Any thread may ask. */
    CompletableFuture<Void> done() {
        return done;
    }

    void nothingToRemove() {
        done.complete(null);
    }

    /** Removes this node. */
    void remove(ZkRequests.Created node, ZkConnection connection) {
        long owner = node.stat().getEphemeralOwner();
        if (owner == connection.sessionId()) {
            path = node.path();
        }
        // Otherwise it is looked for: if its session is over, somebody else may have a node of that name.
        removeIfCreated(owner, connection);
    }

    /** Looks whether this session owns a node of the instance, and removes it. */
    void removeIfCreated(long owner, ZkConnection connection) {
        session = owner;
        toldAtFirst = connection.sessionId();
        connected(connection);
    }

    /** Removes what a creation may have left that failed with this, if that can be anything. */
    void removeUnanswered(Throwable cause, long owner, ZkConnection connection) {
        if (cause instanceof KeeperException.NoAuthException || cause instanceof KeeperException.NodeExistsException) {
            nothingToRemove();
        } else {
            removeIfCreated(owner, connection);
        }
    }

    /** The connection is another. */
    void connected(ZkConnection now) {
        connection = now;
        if (session == 0 || removing || done.isDone() || !now.connected()) {
            return;
        }
        if (now.sessionId() != session && now.sessionId() != toldAtFirst) {
            // It went with its session.
            done.complete(null);
            return;
        }
        removing = true;
        RegistrationObserver.Observed observed = observer.begin(RegistrationObserver.Operation.DEREGISTER, service);
        removal()
                .whenComplete((removed, failure) -> lane.execute(() -> {
                    removing = false;
                    Throwable cause = failure == null ? null : ZkRequests.causeOf(failure);
                    boolean gone = cause == null || cause instanceof KeeperException.NoNodeException;
                    observed.end(gone ? null : cause);
                    ended(removed, gone ? null : cause);
                }));
    }

    /** Completes with the path of what was removed; with null for nothing. */
    private CompletableFuture<@Nullable String> removal() {
        String known = path;
        CompletableFuture<@Nullable String> found = known != null
                ? CompletableFuture.completedFuture(known)
                : siblings.ownedBy(session).thenApply(node -> node == null ? null : node.path());
        return found.thenCompose(node -> node == null
                ? CompletableFuture.completedFuture(null)
                : requests.delete(node, -1).thenApply(deleted -> node));
    }

    private void ended(@Nullable String removed, @Nullable Throwable failure) {
        if (failure == null) {
            if (removed != null) {
                LOG.info("Removed {}", removed);
            }
            done.complete(null);
        } else if (failure instanceof KeeperException.NoAuthException) {
            LOG.warn("{} was not removed and goes with the session: {}", what(), failure.toString());
            done.complete(null);
        } else {
            LOG.warn("{} was not removed yet and is tried again: {}", what(), failure.toString());
            lane.schedule(() -> connected(connection), RETRY);
        }
    }

    private String what() {
        return path == null ? "The node of " + service : path;
    }
}
