package io.quorate.cloud.zk.lock;

import static io.quorate.cloud.zk.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.cloud.zk.Patience;
import io.quorate.cloud.zk.TestApplication;
import io.quorate.cloud.zk.queue.NodeName;
import io.quorate.cloud.zk.test.ZkRoute;
import io.quorate.cloud.zk.test.ZkServer;
import io.quorate.cloud.zk.test.ZkTest;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import org.apache.zookeeper.KeeperException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ZkTest
class DistributedLocksIT {

    /** Of those whose session nothing but a test ends, however long the machine lets them wait. */
    private static final Duration LASTING = Duration.ofSeconds(30);
    /**
     * Of one whose session is to time out. A third of it lies between the moment when its client gives a silent
     * connection up and the moment when the server ends the session.
     */
    private static final Duration MORTAL = Duration.ofSeconds(6);

    private static final Duration LONG = Patience.LIMIT;
    private static final int DISTURBANCES = 8;

    private final ZkServer server;
    private final List<Holder> holders = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    /** A lock of its own for each test. */
    private String name = "";

    /** One application with locks, on a way of its own. */
    private final class Holder implements AutoCloseable {

        private final ZkRoute route = server.route();
        private final TestApplication application;
        private final ZkDistributedLocks locks;

        Holder() {
            this(LASTING);
        }

        Holder(Duration session) {
            application = TestApplication.connect(route.connectString(), session);
            locks = ZkDistributedLocks.open(
                    application.client(),
                    application.monitor(),
                    application.scheduler(),
                    application.events(),
                    new LockSettings(
                            new ZkLockProperties(true, "/locks", Duration.ofMillis(200)),
                            () -> "holder",
                            Duration.ofMinutes(5),
                            LockAcquisitionObserver.NONE));
            holders.add(this);
        }

        @Override
        public void close() {
            route.resume();
            locks.close();
            application.close();
        }
    }

    DistributedLocksIT(ZkServer server) {
        this.server = server;
    }

    @BeforeEach
    void chooseName() {
        name = "lock/" + System.nanoTime();
    }

    @AfterEach
    void close() {
        holders.forEach(Holder::close);
        threads.shutdownNow();
    }

    private List<String> queue() throws Exception {
        try {
            return server.client().getChildren().forPath("/locks/" + NodeName.encode(name));
        } catch (KeeperException.NoNodeException nobodyWasHere) {
            return List.of();
        }
    }

    private void awaitQueue(int length) {
        await().untilAsserted(() -> assertThat(queue()).hasSize(length));
    }

    @Test
    void oneHoldsItAtATimeInTheOrderOfAsking() throws Exception {
        Holder first = new Holder();
        Holder second = new Holder();
        Holder third = new Holder();
        LockHandle held = first.locks.tryAcquire(name, LONG).orElseThrow();

        Future<Optional<LockHandle>> next = threads.submit(() -> second.locks.tryAcquire(name, LONG));
        awaitQueue(2);
        Future<Optional<LockHandle>> last = threads.submit(() -> third.locks.tryAcquire(name, LONG));
        awaitQueue(3);
        assertThat(next.isDone()).isFalse();
        held.close();
        LockHandle now = next.get(LONG.toSeconds(), TimeUnit.SECONDS).orElseThrow();
        assertThat(last.isDone()).isFalse();
        now.close();
        LockHandle end = last.get(LONG.toSeconds(), TimeUnit.SECONDS).orElseThrow();

        assertThat(List.of(held.fencingToken(), now.fencingToken(), end.fencingToken()))
                .isSorted()
                .doesNotHaveDuplicates();
        end.close();
        awaitQueue(0);
    }

    @Test
    void givesUpInTimeAndLeavesNothing() throws Exception {
        Holder first = new Holder();
        Holder second = new Holder();
        LockHandle held = first.locks.tryAcquire(name, LONG).orElseThrow();

        assertThat(second.locks.tryAcquire(name, Duration.ZERO)).isEmpty();
        assertThat(second.locks.tryAcquire(name, Duration.ofMillis(50))).isEmpty();
        assertThatThrownBy(() -> second.locks.acquire(name))
                .isInstanceOf(LockNotAcquiredException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("200 ms");
        awaitQueue(1);

        held.close();
        await().until(() -> second.locks
                .tryAcquire(name, Duration.ZERO)
                .map(LockHandle::isValid)
                .orElse(false));
    }

    @Test
    void anInterruptedAttemptLeavesNothing() throws Exception {
        Holder first = new Holder();
        Holder second = new Holder();
        LockHandle held = first.locks.tryAcquire(name, LONG).orElseThrow();
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            try {
                second.locks.tryAcquire(name, LONG);
                thrown.complete(null);
            } catch (InterruptedException interrupted) {
                thrown.complete(interrupted);
            }
        });
        waiting.start();
        awaitQueue(2);

        waiting.interrupt();

        assertThat(thrown.get(LONG.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        awaitQueue(1);
        held.close();
    }

    @Test
    void theWaitForAConnectionCounts() throws Exception {
        Holder holder = new Holder();
        holder.route.close();
        await().until(() -> !holder.application.monitor().current().connected());

        assertThat(holder.locks.tryAcquire(name, Duration.ZERO)).isEmpty();
        assertThat(holder.locks.tryAcquire(name, Duration.ofMillis(50))).isEmpty();
    }

    @Test
    void aHolderThatIsCutOffKnowsBeforeTheNextOneHoldsIt() throws Exception {
        Holder first = new Holder(MORTAL);
        Holder second = new Holder();
        LockHandle held = first.locks.tryAcquire(name, LONG).orElseThrow();
        Future<Boolean> stillValid = threads.submit(() -> {
            try (LockHandle next = second.locks.tryAcquire(name, LONG).orElseThrow()) {
                return next.isValid() && held.isValid();
            }
        });
        awaitQueue(2);

        first.route.pause();

        assertThat(stillValid.get(LONG.toSeconds(), TimeUnit.SECONDS)).isFalse();
        first.route.resume();
        await().untilAsserted(() -> assertThat(first.application.published(LockLostEvent.class))
                .extracting(LockLostEvent::lock)
                .containsExactly(held));
        assertThat(held.isValid()).isFalse();
        assertThat(first.locks.held()).isEmpty();
        awaitQueue(0);
    }

    @Test
    void locksHoldInTheOrderOfTokensUnderContention() throws Exception {
        List<Holder> three = List.of(new Holder(), new Holder(), new Holder());
        AtomicInteger inside = new AtomicInteger();
        List<Long> tokens = new CopyOnWriteArrayList<>();
        List<Future<?>> runs = new ArrayList<>();
        for (Holder holder : three) {
            for (int thread = 0; thread < 2; thread++) {
                runs.add(threads.submit(() -> {
                    for (int round = 0; round < 10; round++) {
                        try (LockHandle lock =
                                holder.locks.tryAcquire(name, LONG).orElseThrow()) {
                            assertThat(inside.incrementAndGet()).isEqualTo(1);
                            tokens.add(lock.fencingToken());
                            inside.decrementAndGet();
                        }
                    }
                    return null;
                }));
            }
        }
        for (Future<?> run : runs) {
            run.get(2 * LONG.toSeconds(), TimeUnit.SECONDS);
        }

        assertThat(tokens).hasSize(60).isSorted().doesNotHaveDuplicates();
        awaitQueue(0);
    }

    @Test
    void isReentrantAsAJavaLock() throws Exception {
        Holder first = new Holder();
        Holder second = new Holder();
        Lock lock = first.locks.asLock(name);
        lock.lock();
        assertThat(first.locks.asLock(name).tryLock()).isTrue();
        assertThat(threads.submit(() -> first.locks.asLock(name).tryLock()).get())
                .isFalse();
        assertThat(second.locks.asLock(name).tryLock()).isFalse();

        lock.unlock();
        assertThat(second.locks.asLock(name).tryLock()).isFalse();
        lock.unlock();

        assertThat(second.locks.asLock(name).tryLock(LONG.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThatThrownBy(lock::unlock)
                .isExactlyInstanceOf(IllegalMonitorStateException.class)
                .hasMessageContaining(name);
        assertThatThrownBy(lock::newCondition).isInstanceOf(UnsupportedOperationException.class);
        second.locks.asLock(name).unlock();
        awaitQueue(0);
    }

    @Test
    void aJavaLockThatWasLostSaysSo() {
        Holder holder = new Holder();
        Lock lock = holder.locks.asLock(name);
        lock.lock();

        server.expireSession(holder.application.client());
        await().until(() -> !holder.application.published(LockLostEvent.class).isEmpty());

        assertThatThrownBy(lock::lock).isInstanceOf(LockLostException.class);
        assertThatThrownBy(lock::unlock).isInstanceOf(LockLostException.class);
        lock.lock();
        lock.unlock();
    }

    @Test
    void runsABodyAndGivesTheLockBackWhateverHappens() throws Exception {
        Holder holder = new Holder();

        assertThat(holder.locks.<Integer>withLock(name, LONG, () -> queue().size()))
                .isEqualTo(1);
        assertThatThrownBy(() -> holder.locks.withLock(name, LONG, () -> {
                    throw new IllegalArgumentException("of the body");
                }))
                .hasMessage("of the body");

        awaitQueue(0);
    }

    @Test
    void closingGivesEverythingBack() throws Exception {
        Holder first = new Holder();
        LockHandle held = first.locks.tryAcquire(name, LONG).orElseThrow();
        assertThat(first.locks.held())
                .singleElement()
                .satisfies(status -> assertThat(status.fencingToken()).isEqualTo(held.fencingToken()));

        first.locks.close();

        awaitQueue(0);
        assertThat(held.isValid()).isFalse();
        assertThatThrownBy(() -> first.locks.acquire(name))
                .isInstanceOf(LockNotAcquiredException.class)
                .hasMessageContaining("stopped");
    }

    @Test
    void waitsThatNoClockCountsAreForEver() throws Exception {
        Holder holder = new Holder();

        try (LockHandle lock =
                holder.locks.tryAcquire(name, ChronoUnit.FOREVER.getDuration()).orElseThrow()) {
            assertThat(lock.isValid()).isTrue();
        }
        Lock lock = holder.locks.asLock(name);
        assertThat(lock.tryLock(Long.MAX_VALUE, TimeUnit.DAYS)).isTrue();
        lock.unlock();

        awaitQueue(0);
    }

    @Test
    void aJavaLockThatAStopHasGivenBackIsNotTakenOnceMore() throws Exception {
        Holder holder = new Holder();
        Lock lock = holder.locks.asLock(name);
        lock.lock();

        holder.locks.close();

        awaitQueue(0);
        assertThatThrownBy(lock::tryLock).isInstanceOf(LockLostException.class);
    }

    /** A connection may go at any step of any attempt: requests and answers are lost, and now and then a session. */
    @Test
    void nobodyHoldsItBesidesAValidHolderWhileConnectionsAreLost() throws Exception {
        List<Holder> three = List.of(new Holder(), new Holder(), new Holder());
        AtomicInteger round = new AtomicInteger();
        AtomicLong largest = new AtomicLong();
        List<Future<Integer>> runs = new ArrayList<>();
        for (Holder holder : three) {
            for (int thread = 0; thread < 2; thread++) {
                runs.add(threads.submit(() -> {
                    int held = 0;
                    while (round.get() < DISTURBANCES) {
                        try (LockHandle lock = holder.locks
                                .tryAcquire(name, Duration.ofSeconds(1))
                                .orElse(null)) {
                            if (lock != null) {
                                holdForARound(lock, round, largest);
                                held++;
                            }
                        }
                    }
                    return held;
                }));
            }
        }
        while (round.get() < DISTURBANCES) {
            Holder victim = holderOf(three);
            if (round.get() % 2 == 0) {
                // Its client knows that the connection is gone, and nothing of the session.
                victim.route.pause();
                victim.route.cut();
                await().until(() -> !victim.application.monitor().current().connected());
                server.expireSession(victim.application.client());
                holderOf(three.stream().filter(holder -> holder != victim).toList());
                victim.route.resume();
            } else {
                three.forEach(holder -> holder.route.cut());
            }
            awaitConnected(three);
            round.incrementAndGet();
        }
        int held = 0;
        for (Future<Integer> run : runs) {
            held += run.get(2 * LONG.toSeconds(), TimeUnit.SECONDS);
        }

        assertThat(held).isPositive();
        awaitQueue(0);
        assertThat(three).allSatisfy(holder -> assertThat(holder.locks.held()).isEmpty());
        try (LockHandle lock = three.get(0).locks.tryAcquire(name, LONG).orElseThrow()) {
            assertThat(lock.fencingToken()).isGreaterThan(largest.get());
        }
    }

    private static void holdForARound(LockHandle lock, AtomicInteger round, AtomicLong largest) {
        int begun = round.get();
        do {
            boolean before = lock.isValid();
            long seen = largest.accumulateAndGet(lock.fencingToken(), Math::max);
            assertThat(before && lock.isValid() && seen > lock.fencingToken())
                    .as("valid beside one with a larger token")
                    .isFalse();
            Thread.onSpinWait();
        } while (begun < DISTURBANCES && round.get() == begun);
    }

    private static Holder holderOf(List<Holder> holders) {
        await().until(() ->
                holders.stream().anyMatch(holder -> !holder.locks.held().isEmpty()));
        return holders.stream()
                .filter(holder -> !holder.locks.held().isEmpty())
                .findFirst()
                .orElse(holders.get(0));
    }

    private static void awaitConnected(List<Holder> holders) {
        await().until(() -> holders.stream()
                .allMatch(holder -> holder.application.monitor().current().connected()));
    }
}
