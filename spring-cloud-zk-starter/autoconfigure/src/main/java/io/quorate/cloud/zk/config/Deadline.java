package io.quorate.cloud.zk.config;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.zookeeper.KeeperException;

/** One bound for several answers. */
final class Deadline {

    private final Duration patience;
    private final long endNanos;

    /** Begins now. */
    Deadline(Duration patience) {
        this.patience = patience;
        this.endNanos = System.nanoTime() + patience.toNanos();
    }

    /**
     * The answer.
     *
     * @throws UnreadableConfigException if it does not come in time, or is an exception
     */
    <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(Math.max(0, endNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new UnreadableConfigException("no answer within " + patience.toMillis() + " ms", late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UnreadableConfigException("interrupted while configuration was read", interrupted);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            String what = cause instanceof KeeperException keeper
                    ? keeper.code() + " on " + keeper.getPath()
                    : String.valueOf(cause);
            throw new UnreadableConfigException("reading failed with " + what, cause);
        }
    }
}
