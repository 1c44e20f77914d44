package io.quorate.cloud.zk.lock;

import io.quorate.cloud.zk.ZkConnection;
import io.quorate.cloud.zk.ZkLane;
import io.quorate.cloud.zk.ZkRequests;
import io.quorate.cloud.zk.queue.NodeIdentity;
import io.quorate.cloud.zk.queue.QueueException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to take a lock. It moves on in the lane, one step at a time, and every step looks at what is there: no
 * connection, no node of its own, a node of an earlier session, a place in the queue. It ends exactly when its outcome
 * is decided, by itself or by whoever waits; a node that it then has, or is still to be given, is removed.
 */
final class LockAttempt {

    private static final Duration RETRY = Duration.ofMillis(100);

    /**
     * A place at the head of the queue.
     *
     * @param verified the connection in which it was seen
     */
    record Place(String path, NodeIdentity node, ZkConnection verified) {}

    private final String lock;
    /** Whether it gives up where it would have to wait. */
    private final boolean immediate;

    private final LockNodes nodes;
    private final ZkLane lane;
    private final Supplier<ZkConnection> connection;
    private final CompletableFuture<Optional<Place>> outcome = new CompletableFuture<>();

    // What follows is touched in the lane only.
    private boolean appending;
    /** Number of the last node that was asked for. */
    private int appends;

    private @Nullable String path;
    /** The session in which the node was asked for. */
    private long session;

    private @Nullable Predecessor predecessor;

    LockAttempt(String lock, boolean immediate, LockNodes nodes, ZkLane lane, Supplier<ZkConnection> connection) {
        this.lock = lock;
        this.immediate = immediate;
        this.nodes = nodes;
        this.lane = lane;
        this.connection = connection;
    }

    /** How it ends: with the lock, without it, or with an error that does not pass by itself. */
    CompletableFuture<Optional<Place>> outcome() {
        return outcome;
    }

    /** Goes on: at the beginning, and whenever the connection has changed. Returns at once. */
    void proceed() {
        lane.execute(() -> guarded(this::step));
    }

    /**
     * Ends it without the lock.
     *
     * @return whether it was still open; if not, the outcome is there
     */
    boolean abandon() {
        boolean open = outcome.complete(Optional.empty());
        if (open) {
            lane.execute(this::leave);
        }
        return open;
    }

    /** Ends it with an error, unless it has ended. */
    void fail(Throwable cause) {
        if (outcome.completeExceptionally(cause)) {
            lane.execute(this::leave);
        }
    }

    private void step() {
        if (outcome.isDone()) {
            return;
        }
        ZkConnection now = connection.get();
        if (!now.connected()) {
            if (immediate) {
                abandon();
            }
            return;
        }
        if (path != null && session != now.sessionId()) {
            // It may live on for a while without belonging to anybody.
            removeNode();
        }
        if (path != null) {
            look(path, now);
        } else if (!appending || session != now.sessionId()) {
            append(now);
        }
    }

    private void append(ZkConnection now) {
        appending = true;
        session = now.sessionId();
        int number = ++appends;
        nodes.append(lock).whenComplete((created, failure) -> {
            if (created != null && outcome.isDone()) {
                // Not in the lane, which may have ended with whoever waited.
                nodes.remove(created);
            } else {
                lane.execute(() -> guarded(() -> appended(number, created, failure)));
            }
        });
    }

    private void appended(int number, @Nullable String created, @Nullable Throwable failure) {
        if (number != appends) {
            if (created != null) {
                nodes.remove(created);
            }
            return;
        }
        appending = false;
        path = created;
        if (failure != null) {
            failed(failure);
        } else if (outcome.isDone()) {
            removeNode();
        } else {
            step();
        }
    }

    private void look(String own, ZkConnection now) {
        then(nodes.queue(lock), queue -> {
            if (outcome.isDone() || !own.equals(path)) {
                return;
            }
            int place = queue.indexOf(own);
            if (place < 0) {
                path = null;
                step();
            } else if (place == 0) {
                verify(own, now);
            } else if (immediate) {
                abandon();
            } else {
                awaitPredecessor(queue, place);
            }
        });
    }

    private void awaitPredecessor(List<String> queue, int place) {
        String before = queue.get(place - 1);
        Predecessor watched = predecessor;
        if (watched == null || !watched.path.equals(before)) {
            unwatch();
            watched = new Predecessor(before);
            predecessor = watched;
        }
        then(nodes.watch(before, watched), there -> {
            if (!there) {
                step();
            }
        });
    }

    /** The node before may stay for long, and the client keeps what it was given to tell until then. */
    private void unwatch() {
        Predecessor watched = predecessor;
        predecessor = null;
        if (watched != null) {
            nodes.unwatch(watched.path, watched);
        }
    }

    private void leave() {
        unwatch();
        removeNode();
    }

    /** The node before the own one while it is watched, and what happens when it goes. */
    private final class Predecessor implements Runnable {

        private final String path;

        Predecessor(String path) {
            this.path = path;
        }

        @Override
        public void run() {
            lane.execute(() -> {
                if (predecessor == this) {
                    predecessor = null;
                }
                guarded(LockAttempt.this::step);
            });
        }
    }

    private void verify(String own, ZkConnection now) {
        then(nodes.identify(own), node -> {
            if (outcome.isDone() || !own.equals(path)) {
                return;
            }
            NodeIdentity identity = node.orElse(null);
            if (identity == null || identity.owner() != now.sessionId()) {
                removeNode();
                step();
            } else if (!now.equals(connection.get())) {
                step();
            } else if (outcome.complete(Optional.of(new Place(own, identity, now)))) {
                path = null;
            } else {
                removeNode();
            }
        });
    }

    private void removeNode() {
        String own = path;
        path = null;
        if (own != null) {
            nodes.remove(own);
        }
    }

    /** Goes on in the lane with the answer; an error that may pass is followed by another step. */
    private <A> void then(CompletionStage<A> answer, Consumer<A> next) {
        answer.whenCompleteAsync(
                (value, failure) -> guarded(() -> {
                    if (failure == null) {
                        next.accept(value);
                    } else {
                        failed(failure);
                    }
                }),
                lane);
    }

    /** Whoever waits must hear of a defect too. */
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException unexpected) {
            fail(unexpected);
        }
    }

    private void failed(Throwable failure) {
        if (QueueException.isTransient(failure)) {
            lane.schedule(() -> guarded(this::step), RETRY);
        } else {
            fail(LockNotAcquiredException.refused(lock, ZkRequests.causeOf(failure)));
        }
    }
}
