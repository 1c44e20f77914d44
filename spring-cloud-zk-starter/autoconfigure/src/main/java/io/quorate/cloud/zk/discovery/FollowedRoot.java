package io.quorate.cloud.zk.discovery;

import io.quorate.cloud.zk.ZkRequests;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.zookeeper.KeeperException;
import org.jspecify.annotations.Nullable;

/** The names of all services. */
final class FollowedRoot extends Following<String> {

    private final ZkRequests requests;
    private final SessionSync sync;
    private final PathWatch watch;

    FollowedRoot(String path, Context context, Runnable changed) {
        super(path, context, changed);
        this.requests = context.requests();
        this.sync = context.sync();
        this.watch = new PathWatch(requests, path, false, context.support(), context.lane(), this::onEvent);
    }

    @Override
    CompletableFuture<List<String>> read(long session) {
        return watch.arm(session, lane())
                .thenComposeAsync(armed -> sync.in(session), lane())
                .thenComposeAsync(current -> readNames(), lane());
    }

    private CompletableFuture<List<String>> readNames() {
        return requests.getChildren(path(), watch.forReads())
                .handle(FollowedRoot::names)
                .thenComposeAsync(this::watchedIfAbsent, lane());
    }

    private static @Nullable List<String> names(@Nullable List<String> names, @Nullable Throwable failure) {
        if (failure == null && names != null) {
            return names.stream().sorted().toList();
        }
        Throwable cause = ZkRequests.causeOf(failure);
        if (cause instanceof KeeperException.NoNodeException) {
            return null;
        }
        throw new CompletionException(cause);
    }

    /** Without the node there are no services; a watch that fires once must then wait for the node. */
    private CompletableFuture<List<String>> watchedIfAbsent(@Nullable List<String> names) {
        if (names != null) {
            return CompletableFuture.completedFuture(names);
        }
        return watch.forReads() == null
                ? CompletableFuture.completedFuture(List.of())
                : requests.exists(path(), watch.forReads())
                        // It may have come meanwhile, and then this watch does not hear of its children.
                        .thenComposeAsync(
                                stat -> stat == null ? CompletableFuture.completedFuture(List.of()) : readNames(),
                                lane());
    }

    @Override
    boolean differ(List<String> before, List<String> now) {
        return !before.equals(now);
    }

    @Override
    void forget() {
        // Every reading reads everything.
    }

    @Override
    void release() {
        watch.disarm();
    }
}
