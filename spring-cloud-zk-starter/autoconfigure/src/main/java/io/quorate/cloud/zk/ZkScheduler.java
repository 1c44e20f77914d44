package io.quorate.cloud.zk;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The starter's threads: two, {@code zk-starter-1} and {@code zk-starter-2}, for registration, catalog, refresh and
 * reconciling. Work is handed to lanes. A task may wait for the server, but not for long, and never for another lane.
 * After {@link #close()} tasks are dropped. Thread-safe.
 */
public final class ZkScheduler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ZkScheduler.class);
    private static final int THREADS = 2;
    private static final long CLOSE_WAIT_MILLIS = 1_000;

    private final ScheduledThreadPoolExecutor pool;

    public ZkScheduler() {
        AtomicInteger number = new AtomicInteger();
        pool = new ScheduledThreadPoolExecutor(THREADS, task -> {
            Thread thread = new Thread(task, "zk-starter-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        pool.setRemoveOnCancelPolicy(true);
        pool.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        pool.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        pool.setRejectedExecutionHandler((task, closed) -> LOG.trace("Dropped after the end: {}", task));
    }

    /** A lane of its own: what runs in it runs beside what runs in other lanes. */
    public ZkLane lane(String name) {
        return new PooledLane(name);
    }

    /** Drops what has not begun, and waits up to a second for what has. */
    @Override
    public void close() {
        pool.shutdown();
        try {
            if (!pool.awaitTermination(CLOSE_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                pool.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** Takes one task at a time from its own queue to the pool. */
    private final class PooledLane implements ZkLane {

        private final String name;
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        /** Whether a thread of the pool has been given to this lane. Guarded by the queue. */
        private boolean running;

        PooledLane(String name) {
            this.name = name;
        }

        @Override
        public void execute(Runnable task) {
            synchronized (waiting) {
                waiting.add(task);
                if (running) {
                    return;
                }
                running = true;
            }
            pool.execute(this::runOne);
        }

        private void runOne() {
            Runnable task;
            synchronized (waiting) {
                task = waiting.remove();
            }
            try {
                task.run();
            } catch (RuntimeException | Error failed) {
                LOG.error("A task of '{}' failed", name, failed);
            }
            synchronized (waiting) {
                if (waiting.isEmpty()) {
                    running = false;
                    return;
                }
            }
            // One at a time, so that no lane keeps a thread from the others.
            pool.execute(this::runOne);
        }

        @Override
        public Runnable schedule(Runnable task, Duration delay) {
            AtomicBoolean cancelled = new AtomicBoolean();
            Runnable unlessCancelled = () -> {
                if (!cancelled.get()) {
                    task.run();
                }
            };
            var due = pool.schedule(() -> execute(unlessCancelled), delay.toMillis(), TimeUnit.MILLISECONDS);
            return () -> {
                cancelled.set(true);
                due.cancel(false);
            };
        }

        @Override
        public Runnable scheduleEvery(Runnable task, Duration pause) {
            AtomicBoolean ended = new AtomicBoolean();
            scheduleNext(task, pause, ended);
            return () -> ended.set(true);
        }

        private void scheduleNext(Runnable task, Duration pause, AtomicBoolean ended) {
            schedule(
                    () -> {
                        if (ended.get()) {
                            return;
                        }
                        try {
                            task.run();
                        } finally {
                            scheduleNext(task, pause, ended);
                        }
                    },
                    pause);
        }
    }
}
