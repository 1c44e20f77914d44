package io.quorate.cloud.zk.lock;

import io.quorate.cloud.zk.ZkConnection;
import io.quorate.cloud.zk.ZkLane;
import io.quorate.cloud.zk.queue.NodeIdentity;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All locks that are held, each compared with its node whenever that may have gone. Thread-safe. */
final class HeldLocks {

    private static final Logger LOG = LoggerFactory.getLogger(HeldLocks.class);

    /** How soon a node is asked for again that the server did not tell of though there is a connection. */
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final LockNodes nodes;
    private final ZkLane lane;
    private final Supplier<ZkConnection> connection;
    private final Consumer<LockLostEvent> events;
    private final Clock clock;
    private final Set<HeldLock> locks = ConcurrentHashMap.newKeySet();

    HeldLocks(
            LockNodes nodes,
            ZkLane lane,
            Supplier<ZkConnection> connection,
            Consumer<LockLostEvent> events,
            Clock clock) {
        this.nodes = nodes;
        this.lane = lane;
        this.connection = connection;
        this.events = events;
        this.clock = clock;
    }

    HeldLock add(String name, LockAttempt.Place place) {
        HeldLock lock = new HeldLock(name, place, clock.instant(), connection, this::released);
        locks.add(lock);
        if (!place.verified().equals(connection.get())) {
            // The change may have been told before the lock was here to hear it.
            lane.execute(() -> compare(lock));
        }
        return lock;
    }

    private void released(HeldLock lock) {
        locks.remove(lock);
        nodes.remove(lock.path());
    }

    /** Compares all; called in the lane when the connection has changed. */
    void connectionChanged() {
        ZkConnection now = connection.get();
        locks.stream().filter(lock -> !lock.isVerifiedIn(now)).forEach(this::compare);
    }

    /** Compares all; called in the lane now and then. */
    void reconcile() {
        locks.forEach(this::compare);
    }

    private void compare(HeldLock lock) {
        ZkConnection now = connection.get();
        if (now.status() == ZkConnection.Status.LOST || now.connected() && now.sessionId() != lock.session()) {
            lost(lock);
        } else if (now.connected()) {
            nodes.identify(lock.path()).whenCompleteAsync((node, failure) -> compared(lock, now, node, failure), lane);
        }
    }

    private void compareIfHeld(HeldLock lock) {
        if (locks.contains(lock)) {
            compare(lock);
        }
    }

    private void compared(
            HeldLock lock, ZkConnection seenIn, @Nullable Optional<NodeIdentity> node, @Nullable Throwable failure) {
        if (node == null) {
            LOG.debug("The node of the lock '{}' was not seen", lock.name(), failure);
            if (seenIn.equals(connection.get())) {
                lane.schedule(() -> compareIfHeld(lock), RETRY);
            }
        } else if (node.isPresent() && node.get().owner() == lock.session()) {
            // An answer that is late says nothing of the present connection, in which the node is asked for again.
            if (seenIn.equals(connection.get())) {
                lock.verifiedIn(seenIn);
            }
        } else {
            lost(lock);
        }
    }

    private void lost(HeldLock lock) {
        if (lock.lose()) {
            locks.remove(lock);
            LOG.warn("The lock '{}' with token {} was lost", lock.name(), lock.fencingToken());
            // The former session may live on for a while; nobody needs it.
            nodes.remove(lock.path());
            events.accept(new LockLostEvent(lock));
        }
    }

    Collection<HeldLock> all() {
        return List.copyOf(locks);
    }
}
