package io.quorate.cloud.zk;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes events in the order in which they are handed in, on one thread of its own, which exists only while there is
 * something to publish. Listeners are the application's: one that takes long holds up
 * neither the client nor the starter. Thread-safe.
 */
public final class ZkEvents implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ZkEvents.class);
    private static final int IDLE_SECONDS = 10;
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(1);

    private final ApplicationEventPublisher publisher;
    private final ThreadPoolExecutor executor;

    /** On a thread {@code zk-starter-events}. */
    public ZkEvents(ApplicationEventPublisher publisher) {
        this(publisher, "zk-starter-events");
    }

    /** @param threadName of the thread, for logs */
    public ZkEvents(ApplicationEventPublisher publisher, String threadName) {
        this.publisher = publisher;
        executor = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, threadName);
            thread.setDaemon(true);
            return thread;
        });
        executor.allowCoreThreadTimeOut(true);
    }

    /** Publishes an event soon. After {@link #close()} it is dropped. */
    public void publish(ApplicationEvent event) {
        try {
            executor.execute(() -> deliver(event));
        } catch (RejectedExecutionException closed) {
            LOG.debug("Not published after the end: {}", event);
        }
    }

    private void deliver(ApplicationEvent event) {
        try {
            publisher.publishEvent(event);
        } catch (RuntimeException failed) {
            LOG.error("A listener failed for {}", event, failed);
        }
    }

    /** Waits until everything that was handed in before is published, or the time is over. */
    public void flush(Duration wait) {
        try {
            Future<?> last = executor.submit(() -> {});
            last.get(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | RejectedExecutionException late) {
            LOG.debug("Not every event was published in {}", wait);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        flush(CLOSE_WAIT);
        executor.shutdownNow();
    }
}
