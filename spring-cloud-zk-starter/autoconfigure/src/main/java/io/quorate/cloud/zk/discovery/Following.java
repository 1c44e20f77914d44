package io.quorate.cloud.zk.discovery;

import io.quorate.cloud.zk.Backoff;
import io.quorate.cloud.zk.ZkConnection;
import io.quorate.cloud.zk.ZkLane;
import io.quorate.cloud.zk.ZkRequests;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.zookeeper.WatchedEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one list as the server has it: reads it when told that it may have changed, one reading at a time, and again
 * after a failure for as long as there is a connection. The lane owns everything but what is answered, which any thread
 * may ask.
 */
abstract class Following<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Following.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LAST_RETRY = Duration.ofSeconds(30);

    private final String path;
    private final ZkLane lane;
    private final Supplier<ZkConnection> connection;
    private final Runnable changed;
    private final Backoff backoff = new Backoff(FIRST_RETRY, LAST_RETRY);
    private final CompletableFuture<List<T>> firstLoad = new CompletableFuture<>();

    /** What is answered; null before the first reading. */
    private volatile @Nullable List<T> answer;

    private volatile long lastUsedNanos = System.nanoTime();

    private boolean reading;
    private boolean readAgain;
    private boolean retryPending;
    private boolean ended;

    /**
     * What all lists of a catalog have in common.
     *
     * @param malformed called for every node that is no instance
     */
    record Context(
            ZkLane lane,
            Supplier<ZkConnection> connection,
            ZkRequests requests,
            SessionSync sync,
            PathWatch.WatchSupport support,
            Runnable malformed) {}

    /** @param changed called in the lane after every real change of the list */
    Following(String path, Context context, Runnable changed) {
        this.path = path;
        this.lane = context.lane();
        this.connection = context.connection();
        this.changed = changed;
    }

    /** Reads the list; only called in the lane, and not again before the result is there. */
    abstract CompletableFuture<List<T>> read(long session);

    /** Whether two lists differ in what matters to listeners. */
    abstract boolean differ(List<T> before, List<T> now);

    /** Takes note that everything must be read anew, whatever was seen before. */
    abstract void forget();

    /** Ends watches. */
    abstract void release();

    final String path() {
        return path;
    }

    final ZkLane lane() {
        return lane;
    }

    /** The list as it was last read; null before. Any thread. */
    final @Nullable List<T> answer() {
        return answer;
    }

    /** Completes with the first list. Any thread. */
    final CompletableFuture<List<T>> firstLoad() {
        return firstLoad;
    }

    final void used() {
        lastUsedNanos = System.nanoTime();
    }

    final long idleNanos() {
        return System.nanoTime() - lastUsedNanos;
    }

    /** Hands the order to read everything anew to the lane. Any thread. */
    final void refresh() {
        lane.execute(() -> {
            forget();
            readSoon();
        });
    }

    /** A watch has fired that concerns this list. In the lane. */
    final void onEvent(WatchedEvent event) {
        LOG.trace("{} at {}", event.getType(), event.getPath());
        readSoon();
    }

    /** In the lane. */
    final void readSoon() {
        if (reading) {
            readAgain = true;
            return;
        }
        ZkConnection now = connection.get();
        if (ended || !now.connected()) {
            // Whoever hears of the next connection asks for everything.
            return;
        }
        reading = true;
        readAgain = false;
        read(now.sessionId()).whenCompleteAsync(this::onRead, lane);
    }

    private void onRead(@Nullable List<T> list, @Nullable Throwable failure) {
        reading = false;
        if (ended) {
            answerLast(list);
            return;
        }
        if (failure != null || list == null) {
            LOG.debug("{} was not read: {}", path, String.valueOf(failure));
            forget();
            retryLater();
            return;
        }
        backoff.reset();
        List<T> before = answer;
        answer = List.copyOf(list);
        firstLoad.complete(answer);
        if (before == null || differ(before, list)) {
            changed.run();
        }
        if (readAgain) {
            readSoon();
        }
    }

    /** Whoever asked before the end still gets what was being read then. */
    private void answerLast(@Nullable List<T> list) {
        if (list != null) {
            firstLoad.complete(List.copyOf(list));
        } else {
            refuse();
        }
    }

    private void refuse() {
        firstLoad.completeExceptionally(
                new CatalogUnavailableException(path + " is no longer followed as of " + Instant.now()));
    }

    private void retryLater() {
        if (retryPending) {
            return;
        }
        retryPending = true;
        lane.schedule(
                () -> {
                    retryPending = false;
                    readSoon();
                },
                backoff.next());
    }

    /** No more readings, and no more watches. Any thread. */
    final void end() {
        lane.execute(() -> {
            ended = true;
            release();
            if (!reading) {
                refuse();
            }
        });
    }
}
