package io.quorate.cloud.zk.lock;

import static io.quorate.cloud.zk.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.cloud.zk.ScriptedConnection;
import io.quorate.cloud.zk.ZkScheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ZkDistributedLocksTest {

    private static final long SESSION = 7;
    private static final int THREADS_OF_THE_SCHEDULER = 2;

    private final ScriptedConnection connection = new ScriptedConnection();
    private final ScriptedLockNodes nodes =
            new ScriptedLockNodes(() -> connection.get().sessionId());
    private final ZkScheduler scheduler = new ZkScheduler();

    private ZkDistributedLocks locks(LockAcquisitionObserver observer) {
        return new ZkDistributedLocks(
                nodes, scheduler.lane("locks"), connection, event -> {}, Duration.ofSeconds(20), observer);
    }

    @BeforeEach
    void connect() {
        connection.connected(SESSION);
    }

    @AfterEach
    void close() {
        scheduler.close();
    }

    @Test
    void anObserverThatFailsCostsNobodyALock() throws Exception {
        ZkDistributedLocks locks = locks(lock -> (outcome, failure) -> {
            throw new IllegalStateException("of the observer");
        });

        LockHandle lock = locks.acquire("a");
        assertThat(lock.isValid()).isTrue();
        lock.close();

        assertThat(nodes.queue).isEmpty();
        assertThat(locks.held()).isEmpty();
    }

    @Test
    void whoWaitsWhenTheApplicationStopsLeavesNothing() throws Exception {
        ZkDistributedLocks locks = locks(LockAcquisitionObserver.NONE);
        String holder = nodes.create(SESSION - 1);
        List<Thread> waiting = List.of(waiting(locks), waiting(locks));
        waiting.forEach(Thread::start);
        await().until(() -> nodes.watches.size() == waiting.size());

        // Every thread is busy when the beans of the application are destroyed, one after the other.
        CountDownLatch busy = new CountDownLatch(THREADS_OF_THE_SCHEDULER);
        CountDownLatch release = new CountDownLatch(1);
        for (int thread = 0; thread < THREADS_OF_THE_SCHEDULER; thread++) {
            scheduler.lane("busy " + thread).execute(() -> {
                busy.countDown();
                awaitUninterruptibly(release);
            });
        }
        busy.await();
        Thread destroying = new Thread(() -> {
            locks.close();
            scheduler.close();
        });
        destroying.start();
        await().until(() -> destroying.getState() == Thread.State.TIMED_WAITING);
        release.countDown();
        destroying.join();
        for (Thread thread : waiting) {
            thread.join();
        }

        assertThat(nodes.queue).containsOnlyKeys(holder);
    }

    private static Thread waiting(ZkDistributedLocks locks) {
        return new Thread(() -> {
            try {
                locks.acquire("a");
            } catch (InterruptedException | LockNotAcquiredException expected) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
