package io.quorate.cloud.zk.lock;

import io.quorate.cloud.zk.ZkConnection;
import io.quorate.cloud.zk.ZkConnectionMonitor;
import io.quorate.cloud.zk.ZkEvents;
import io.quorate.cloud.zk.ZkLane;
import io.quorate.cloud.zk.ZkScheduler;
import io.quorate.cloud.zk.lock.LockAcquisitionObserver.Observed;
import io.quorate.cloud.zk.lock.LockAcquisitionObserver.Outcome;
import io.quorate.cloud.zk.queue.NodeName;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.curator.framework.CuratorFramework;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Locks as queues of ephemeral nodes, each watching the one before it. Thread-safe. */
public final class ZkDistributedLocks implements DistributedLocks, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ZkDistributedLocks.class);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(1);

    private final LockNodes nodes;
    private final ZkLane lane;
    private final Supplier<ZkConnection> connection;
    private final Duration defaultWait;
    private final LockAcquisitionObserver observer;
    private final HeldLocks held;
    private final ThreadHolds holds = new ThreadHolds(this);
    private final Set<LockAttempt> attempts = ConcurrentHashMap.newKeySet();
    private Runnable endListening = () -> {};
    private volatile boolean closed;

    ZkDistributedLocks(
            LockNodes nodes,
            ZkLane lane,
            Supplier<ZkConnection> connection,
            Consumer<LockLostEvent> events,
            Duration defaultWait,
            LockAcquisitionObserver observer) {
        this.nodes = nodes;
        this.lane = lane;
        this.connection = connection;
        this.defaultWait = defaultWait;
        this.observer = observer;
        this.held = new HeldLocks(nodes, lane, connection, events, Clock.systemUTC());
    }

    /** Locks that follow the connection. */
    public static ZkDistributedLocks open(
            CuratorFramework client,
            ZkConnectionMonitor monitor,
            ZkScheduler scheduler,
            ZkEvents events,
            LockSettings settings) {
        ZkLane lane = scheduler.lane("locks");
        ZkDistributedLocks locks = new ZkDistributedLocks(
                new CuratorLockNodes(client, settings.properties().root(), settings.holderId()),
                lane,
                monitor::current,
                events::publish,
                settings.properties().defaultWait(),
                settings.observer());
        Runnable endListening = monitor.addListener("locks", (before, now) -> lane.execute(locks::connectionChanged));
        Runnable endReconciling = lane.scheduleEvery(locks.held::reconcile, settings.reconcileInterval());
        locks.endListening = () -> {
            endListening.run();
            endReconciling.run();
        };
        return locks;
    }

    /** Called in the lane. */
    void connectionChanged() {
        held.connectionChanged();
        attempts.forEach(LockAttempt::proceed);
    }

    @Override
    public LockHandle acquire(String name) throws InterruptedException {
        return tryAcquire(name, defaultWait).orElseThrow(() -> LockNotAcquiredException.late(name, defaultWait));
    }

    @Override
    public Optional<LockHandle> tryAcquire(String name, Duration wait) throws InterruptedException {
        return Optional.ofNullable(attempt(name, wait));
    }

    /** Waits without a limit. */
    LockHandle acquireUnlimited(String name) throws InterruptedException {
        LockHandle lock = attempt(name, null);
        if (lock == null) {
            throw LockNotAcquiredException.closed(name);
        }
        return lock;
    }

    private @Nullable LockHandle attempt(String name, @Nullable Duration wait) throws InterruptedException {
        NodeName.encode(name);
        Observed observed = observer.begin(name);
        try {
            LockHandle lock = awaitOutcome(name, wait);
            end(observed, lock == null ? Outcome.TIMEOUT : Outcome.ACQUIRED, null);
            return lock;
        } catch (InterruptedException interrupted) {
            end(observed, Outcome.INTERRUPTED, interrupted);
            throw interrupted;
        } catch (RuntimeException failed) {
            end(observed, Outcome.ERROR, failed);
            throw failed;
        }
    }

    /** Whatever an observer makes of it, whoever waits gets the lock, so that it can be given back. */
    private static void end(Observed observed, Outcome outcome, @Nullable Throwable failure) {
        try {
            observed.end(outcome, failure);
        } catch (RuntimeException failed) {
            LOG.error("The observer of an attempt to take a lock failed", failed);
        }
    }

    private @Nullable LockHandle awaitOutcome(String name, @Nullable Duration wait) throws InterruptedException {
        boolean immediate = wait != null && (wait.isZero() || wait.isNegative());
        LockAttempt attempt = new LockAttempt(name, immediate, nodes, lane, connection);
        attempts.add(attempt);
        try {
            if (closed) {
                throw LockNotAcquiredException.closed(name);
            }
            attempt.proceed();
            Optional<LockAttempt.Place> place;
            if (wait == null || immediate) {
                // What is immediate ends with the first look or with the connection, whichever comes first.
                place = attempt.outcome().get();
            } else {
                // Saturates, unlike the duration's own conversion.
                place = attempt.outcome().get(TimeUnit.NANOSECONDS.convert(wait), TimeUnit.NANOSECONDS);
            }
            return place.map(acquired -> held.add(name, acquired)).orElse(null);
        } catch (TimeoutException late) {
            return attempt.abandon() ? null : outcomeOf(name, attempt);
        } catch (ExecutionException failed) {
            throw unwrapped(name, failed);
        } catch (InterruptedException interrupted) {
            if (!attempt.abandon() && !attempt.outcome().isCompletedExceptionally()) {
                attempt.outcome().join().ifPresent(acquired -> nodes.remove(acquired.path()));
            }
            throw interrupted;
        } finally {
            attempts.remove(attempt);
        }
    }

    /** Of an attempt that was decided just before it was given up. */
    private @Nullable LockHandle outcomeOf(String name, LockAttempt attempt) throws InterruptedException {
        try {
            return attempt.outcome()
                    .get()
                    .map(acquired -> held.add(name, acquired))
                    .orElse(null);
        } catch (ExecutionException failed) {
            throw unwrapped(name, failed);
        }
    }

    private static RuntimeException unwrapped(String name, ExecutionException failed) {
        return failed.getCause() instanceof LockNotAcquiredException refused
                ? refused
                : LockNotAcquiredException.refused(name, failed.getCause());
    }

    @Override
    public <T> T withLock(String name, Duration wait, Callable<T> body) throws Exception {
        LockHandle lock = tryAcquire(name, wait).orElseThrow(() -> LockNotAcquiredException.late(name, wait));
        try {
            return body.call();
        } finally {
            lock.close();
        }
    }

    @Override
    public Lock asLock(String name) {
        NodeName.encode(name);
        return new ThreadOwnedLock(name, holds);
    }

    /** All locks that this application holds now, in no order. */
    public List<HeldLockStatus> held() {
        return held.all().stream()
                .map(lock -> new HeldLockStatus(lock.name(), lock.fencingToken(), lock.isValid(), lock.since()))
                .toList();
    }

    /** Gives up every attempt, gives back every lock, and waits up to a second for what that takes in the lane. */
    @Override
    public void close() {
        closed = true;
        endListening.run();
        boolean open = false;
        for (LockAttempt attempt : attempts) {
            open |= attempt.abandon();
        }
        held.all().forEach(HeldLock::close);
        if (open) {
            // The lane ends after this, and the client may be the application's own and live on.
            awaitLane();
        }
    }

    private void awaitLane() {
        CountDownLatch done = new CountDownLatch(1);
        lane.execute(done::countDown);
        try {
            if (!done.await(CLOSE_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("Not every attempt to take a lock has ended in {}", CLOSE_WAIT);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
