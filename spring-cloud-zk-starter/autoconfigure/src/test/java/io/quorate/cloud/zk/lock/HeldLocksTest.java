package io.quorate.cloud.zk.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.cloud.zk.ManualLane;
import io.quorate.cloud.zk.ScriptedConnection;
import io.quorate.cloud.zk.queue.NodeIdentity;
import io.quorate.cloud.zk.queue.QueueException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.KeeperException;
import org.junit.jupiter.api.Test;

class HeldLocksTest {

    private static final long SESSION = 7;

    private final ScriptedConnection connection = new ScriptedConnection();
    private final ScriptedLockNodes nodes =
            new ScriptedLockNodes(() -> connection.get().sessionId());
    private final ManualLane lane = new ManualLane();
    private final List<LockHandle> lost = new ArrayList<>();
    private final HeldLocks locks =
            new HeldLocks(nodes, lane, connection, event -> lost.add(event.lock()), Clock.systemUTC());

    private HeldLock hold() {
        connection.connected(SESSION);
        return locks.add("a", place());
    }

    private LockAttempt.Place place() {
        String path = nodes.create(SESSION);
        return new LockAttempt.Place(path, nodes.queue.get(path), connection.get());
    }

    private void tellConnection() {
        locks.connectionChanged();
        lane.run();
    }

    @Test
    void isValidInTheConnectionInWhichItWasSeen() {
        HeldLock lock = hold();

        assertThat(lock.isValid()).isTrue();
        assertThat(lock.fencingToken()).isEqualTo(101);
        assertThat(locks.all()).containsExactly(lock);
    }

    @Test
    void isInvalidTheMomentTheConnectionIsGoneAndValidOnceItsNodeWasSeen() {
        HeldLock lock = hold();

        connection.suspended();
        assertThat(lock.isValid()).isFalse();
        tellConnection();
        connection.connected(SESSION);
        assertThat(lock.isValid()).isFalse();
        tellConnection();

        assertThat(lock.isValid()).isTrue();
        assertThat(lost).isEmpty();
    }

    @Test
    void isLostForEverWithItsSession() {
        HeldLock lock = hold();

        connection.lost();
        tellConnection();
        connection.connected(SESSION);
        tellConnection();

        assertThat(lock.isValid()).isFalse();
        assertThat(lost).containsExactly(lock);
        assertThat(locks.all()).isEmpty();
    }

    @Test
    void isLostInAnotherSessionThoughItsNodeLivesOn() {
        HeldLock lock = hold();

        connection.suspended();
        connection.connected(SESSION + 1);
        tellConnection();

        assertThat(lost).containsExactly(lock);
        assertThat(nodes.removed).containsExactly(lock.path());
    }

    @Test
    void isLostWhenSomebodyDeletesItsNode() {
        HeldLock lock = hold();

        nodes.drop(lock.path());
        locks.reconcile();
        lane.run();

        assertThat(lock.isValid()).isFalse();
        assertThat(lost).containsExactly(lock);
    }

    @Test
    void comparesALockThatWasAcquiredDuringAChange() {
        connection.connected(SESSION);
        LockAttempt.Place place = place();
        connection.suspended();
        connection.connected(SESSION);
        tellConnection();

        HeldLock lock = locks.add("a", place);
        assertThat(lock.isValid()).isFalse();
        lane.run();

        assertThat(lock.isValid()).isTrue();
    }

    @Test
    void isGivenBackOnce() {
        HeldLock lock = hold();

        lock.close();
        lock.close();

        assertThat(nodes.removed).containsExactly(lock.path());
        assertThat(lock.isValid()).isFalse();
        assertThat(locks.all()).isEmpty();
        tellConnection();
        assertThat(lost).isEmpty();
    }

    @Test
    void closingALostLockTouchesNothing() {
        HeldLock lock = hold();
        connection.lost();
        tellConnection();
        int removed = nodes.removed.size();

        lock.close();

        assertThat(nodes.removed).hasSize(removed);
    }

    @Test
    void anAnswerOfAFormerConnectionTakesNothingBack() {
        HeldLock lock = hold();
        CompletableFuture<Optional<NodeIdentity>> late = new CompletableFuture<>();
        connection.suspended();
        connection.connected(SESSION);
        nodes.heldIdentity = late;
        tellConnection();
        connection.suspended();
        connection.connected(SESSION);
        tellConnection();
        assertThat(lock.isValid()).isTrue();

        late.complete(Optional.ofNullable(nodes.queue.get(lock.path())));
        lane.run();

        assertThat(lock.isValid()).isTrue();
    }

    @Test
    void aNodeThatWasNotSeenIsAskedForAgain() {
        HeldLock lock = hold();
        connection.suspended();
        connection.connected(SESSION);
        nodes.failure = new QueueException(KeeperException.create(KeeperException.Code.THROTTLEDOP, lock.path()));
        tellConnection();
        assertThat(lock.isValid()).isFalse();

        lane.pass(Duration.ofSeconds(1));

        assertThat(lock.isValid()).isTrue();
    }
}
