package io.quorate.core.request;

import io.quorate.core.auth.ClientIdentities;
import io.quorate.core.base.NodePath;
import io.quorate.core.wire.client.Operation;
import java.util.ArrayDeque;

/** Removes containers that lost their last child and TTL nodes that outlived their time (client protocol 5.7). */
final class ContainerReaper {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NANOS_PER_MINUTE = 60_000 * NANOS_PER_MILLI;

    private final Requester server = new Requester(0, 0, ClientIdentities.none());
    private final ServerState state;
    private final WritePath writes;
    private final ContainerOptions options;
    /** Found at the last check and not submitted yet. */
    private final ArrayDeque<NodePath> candidates = new ArrayDeque<>();

    private long nextCheckNanos;
    private long nextDeletionNanos = Long.MAX_VALUE;

    ContainerReaper(ServerState state, WritePath writes, ContainerOptions options) {
        this.state = state;
        this.writes = writes;
        this.options = options;
        nextCheckNanos = state.time().nanos() + options.checkIntervalMillis() * NANOS_PER_MILLI;
    }

    long nextDeadlineNanos() {
        return Math.min(nextCheckNanos, nextDeletionNanos);
    }

    void onTime() {
        long now = state.time().nanos();
        if (now >= nextCheckNanos) {
            nextCheckNanos = now + options.checkIntervalMillis() * NANOS_PER_MILLI;
            candidates.clear();
            candidates.addAll(state.tree().reclaimable(state.time().epochMillis(), options.maxNeverUsedMillis()));
            nextDeletionNanos = candidates.isEmpty() ? Long.MAX_VALUE : now;
        }
        if (now >= nextDeletionNanos) {
            deleteOne(now);
        }
    }

    /** A refusal is nothing: somebody has created a child or deleted the node meanwhile. */
    private void deleteOne(long now) {
        NodePath path = candidates.pollFirst();
        if (path != null && writes.acceptsWrites() && writes.hasRoom()) {
            writes.submit(new Operation.DeleteContainer(path), server);
        }
        nextDeletionNanos = candidates.isEmpty() ? Long.MAX_VALUE : now + NANOS_PER_MINUTE / options.maxPerMinute();
    }
}
