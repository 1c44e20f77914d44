package io.quorate.runtime.loop;

import io.quorate.core.replica.Replica;
import io.quorate.core.replica.ReplicaStatus;
import io.quorate.runtime.metrics.ServerCounters;
import io.quorate.runtime.metrics.ServerStatistics;
import org.jspecify.annotations.Nullable;

/** The only way out for other threads: what the replica shows of itself, published at most ten times a second. */
final class StatusBoard {

    /** What was published last. */
    record Published(ReplicaStatus status, ServerStatistics statistics) {}

    private static final long INTERVAL_NANOS = 100_000_000;

    private final ServerCounters counters;
    private volatile @Nullable Published published;
    /** Replica thread only. */
    private long nextNanos;
    /** Whether something has happened since the last publication. */
    private boolean dirty = true;

    /** @param startNanos the clock, which may have any value, now */
    StatusBoard(ServerCounters counters, long startNanos) {
        this.counters = counters;
        nextNanos = startNanos;
    }

    @Nullable
    Published read() {
        return published;
    }

    /** Called once per turn. */
    void publish(Replica replica, long nowNanos) {
        if (nowNanos - nextNanos < 0) {
            dirty = true;
            return;
        }
        nextNanos = nowNanos + INTERVAL_NANOS;
        dirty = false;
        publishNow(replica);
    }

    void publishNow(Replica replica) {
        published = new Published(replica.status(), counters.statistics());
    }

    /** When {@link #publish} should be called although nothing happens. */
    long nextDeadlineNanos() {
        return dirty ? nextNanos : Long.MAX_VALUE;
    }
}
