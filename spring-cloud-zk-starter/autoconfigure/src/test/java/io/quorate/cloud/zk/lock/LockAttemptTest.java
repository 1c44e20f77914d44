package io.quorate.cloud.zk.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.cloud.zk.ManualLane;
import io.quorate.cloud.zk.ScriptedConnection;
import io.quorate.cloud.zk.lock.LockAttempt.Place;
import io.quorate.cloud.zk.queue.QueueException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.KeeperException;
import org.junit.jupiter.api.Test;

class LockAttemptTest {

    private static final long SESSION = 7;
    private static final long OTHER_SESSION = 9;

    private final ScriptedConnection connection = new ScriptedConnection();
    private final ScriptedLockNodes nodes =
            new ScriptedLockNodes(() -> connection.get().sessionId());
    private final ManualLane lane = new ManualLane();

    private LockAttempt attempt(boolean immediate) {
        LockAttempt attempt = new LockAttempt("a", immediate, nodes, lane, connection);
        proceed(attempt);
        return attempt;
    }

    private void proceed(LockAttempt attempt) {
        attempt.proceed();
        lane.run();
    }

    private static Place acquired(LockAttempt attempt) {
        assertThat(attempt.outcome()).isCompleted();
        return attempt.outcome().join().orElseThrow();
    }

    @Test
    void acquiresAFreeLock() {
        connection.connected(SESSION);

        Place place = acquired(attempt(false));

        assertThat(place.node().owner()).isEqualTo(SESSION);
        assertThat(place.verified()).isEqualTo(connection.get());
        assertThat(nodes.queue).containsOnlyKeys(place.path());
    }

    @Test
    void watchesOnlyTheOneBefore() {
        connection.connected(SESSION);
        String holder = nodes.create(OTHER_SESSION);
        String before = nodes.create(OTHER_SESSION);

        LockAttempt attempt = attempt(false);
        assertThat(nodes.watches).containsOnlyKeys(before);
        nodes.drop(before);
        lane.run();
        assertThat(attempt.outcome()).isNotDone();
        assertThat(nodes.watches).containsOnlyKeys(holder);
        nodes.drop(holder);
        lane.run();

        assertThat(acquired(attempt).node().owner()).isEqualTo(SESSION);
    }

    @Test
    void waitsForAConnection() {
        LockAttempt attempt = attempt(false);
        assertThat(nodes.queue).isEmpty();

        connection.connected(SESSION);
        proceed(attempt);

        assertThat(acquired(attempt).node().owner()).isEqualTo(SESSION);
    }

    @Test
    void givesUpAtOnceWhereItWouldHaveToWait() {
        assertThat(attempt(true).outcome()).isCompletedWithValue(Optional.empty());

        connection.connected(SESSION);
        String holder = nodes.create(OTHER_SESSION);
        assertThat(attempt(true).outcome()).isCompletedWithValue(Optional.empty());
        assertThat(nodes.queue).containsOnlyKeys(holder);
    }

    @Test
    void removesTheNodeOfAnAttemptThatWasGivenUp() {
        connection.connected(SESSION);
        String holder = nodes.create(OTHER_SESSION);
        LockAttempt attempt = attempt(false);

        assertThat(attempt.abandon()).isTrue();
        lane.run();

        assertThat(nodes.queue).containsOnlyKeys(holder);
        nodes.drop(holder);
        lane.run();
        assertThat(attempt.outcome()).isCompletedWithValue(Optional.empty());
    }

    @Test
    void removesANodeThatIsCreatedAfterTheAttemptWasGivenUp() {
        connection.connected(SESSION);
        CompletableFuture<String> late = new CompletableFuture<>();
        nodes.heldAppend = late;
        LockAttempt attempt = attempt(false);

        attempt.abandon();
        lane.run();
        late.complete(nodes.create(SESSION));
        lane.run();

        assertThat(nodes.queue).isEmpty();
    }

    @Test
    void createsOneNodeHoweverOftenTheConnectionChanges() {
        connection.connected(SESSION);
        CompletableFuture<String> late = new CompletableFuture<>();
        nodes.heldAppend = late;
        LockAttempt attempt = attempt(false);

        connection.suspended();
        proceed(attempt);
        connection.connected(SESSION);
        proceed(attempt);
        assertThat(nodes.queue).isEmpty();
        late.complete(nodes.create(SESSION));
        lane.run();

        assertThat(nodes.queue).containsOnlyKeys(acquired(attempt).path());
    }

    @Test
    void queuesAnewInANewSession() {
        connection.connected(SESSION);
        String holder = nodes.create(OTHER_SESSION);
        LockAttempt attempt = attempt(false);

        connection.lost();
        proceed(attempt);
        connection.connected(SESSION + 1);
        proceed(attempt);
        nodes.drop(holder);
        lane.run();

        assertThat(acquired(attempt).node().owner()).isEqualTo(SESSION + 1);
        assertThat(nodes.queue).containsOnlyKeys(acquired(attempt).path());
    }

    @Test
    void theNodeOfAFormerSessionHoldsNothing() {
        connection.connected(SESSION);
        CompletableFuture<String> late = new CompletableFuture<>();
        nodes.heldAppend = late;
        LockAttempt attempt = attempt(false);

        // The node was created for the session before, and the answer came after the next one had begun.
        String old = nodes.create(SESSION - 1);
        late.complete(old);
        lane.run();

        assertThat(acquired(attempt).node().owner()).isEqualTo(SESSION);
        assertThat(nodes.removed).containsExactly(old);
    }

    @Test
    void queuesAnewWhenItsNodeWasDeleted() {
        connection.connected(SESSION);
        String holder = nodes.create(OTHER_SESSION);
        LockAttempt attempt = attempt(false);
        String own = nodes.queue.keySet().stream().skip(1).findFirst().orElseThrow();

        nodes.drop(own);
        nodes.drop(holder);
        lane.run();

        assertThat(acquired(attempt).path()).isNotEqualTo(own);
    }

    @Test
    void triesAgainAfterAnErrorThatPasses() {
        connection.connected(SESSION);
        nodes.failure = new QueueException(new KeeperException.ConnectionLossException());
        LockAttempt attempt = attempt(false);
        assertThat(attempt.outcome()).isNotDone();

        lane.pass(Duration.ofMillis(100));

        assertThat(acquired(attempt).node().owner()).isEqualTo(SESSION);
    }

    @Test
    void endsWithAnErrorThatDoesNotPass() {
        connection.connected(SESSION);
        nodes.failure = new QueueException(KeeperException.create(KeeperException.Code.NOAUTH, "/locks/a"));

        LockAttempt attempt = attempt(false);

        assertThatThrownBy(() -> attempt.outcome().join())
                .hasRootCauseInstanceOf(KeeperException.NoAuthException.class)
                .hasMessageContaining("/locks/a")
                .hasMessageContaining("spring.cloud.zookeeper.auth");
    }

    @Test
    void watchesNothingOnceItIsGivenUp() {
        connection.connected(SESSION);
        nodes.create(OTHER_SESSION);
        LockAttempt attempt = attempt(false);
        assertThat(nodes.watches).hasSize(1);

        attempt.abandon();
        lane.run();

        assertThat(nodes.watches).isEmpty();
    }

    @Test
    void watchesWithTheSameHoweverOftenItLooks() {
        connection.connected(SESSION);
        String holder = nodes.create(OTHER_SESSION);
        LockAttempt attempt = attempt(false);
        Runnable watch = nodes.watches.get(holder);

        connection.suspended();
        proceed(attempt);
        connection.connected(SESSION);
        proceed(attempt);

        assertThat(nodes.watches.get(holder)).isSameAs(watch);
    }

    @Test
    void queuesAnewInANewSessionThoughTheAnswerOfTheFormerOneNeverCame() {
        connection.connected(SESSION);
        CompletableFuture<String> never = new CompletableFuture<>();
        nodes.heldAppend = never;
        LockAttempt attempt = attempt(false);

        connection.lost();
        proceed(attempt);
        connection.connected(SESSION + 1);
        proceed(attempt);

        assertThat(acquired(attempt).node().owner()).isEqualTo(SESSION + 1);
    }

    @Test
    void removesTheNodeOfAnAnswerThatIsLateForItsSession() {
        connection.connected(SESSION);
        String holder = nodes.create(OTHER_SESSION);
        CompletableFuture<String> late = new CompletableFuture<>();
        nodes.heldAppend = late;
        LockAttempt attempt = attempt(false);
        connection.lost();
        proceed(attempt);
        connection.connected(SESSION + 1);
        proceed(attempt);

        // The client has repeated the request, and so the node lives on in the new session.
        String extra = nodes.create(SESSION + 1);
        late.complete(extra);
        lane.run();
        nodes.drop(holder);
        lane.run();

        assertThat(nodes.removed).containsExactly(extra);
        assertThat(nodes.queue).containsOnlyKeys(acquired(attempt).path());
    }

    @Test
    void removesALateNodeThoughTheLaneHasEnded() {
        connection.connected(SESSION);
        CompletableFuture<String> late = new CompletableFuture<>();
        nodes.heldAppend = late;
        LockAttempt attempt = attempt(false);
        attempt.abandon();

        late.complete(nodes.create(SESSION));

        assertThat(nodes.queue).isEmpty();
    }
}
