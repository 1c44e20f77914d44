package io.quorate.cloud.zk;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * Requests that are made once, in the session of the moment, without waiting and without trying again: for whoever
 * knows what an unknown outcome means, which a client that repeats requests by itself does not. Paths are those of the
 * application, inside namespace and chroot. Futures complete on a thread of the client, so what depends on them
 * continues in a lane; they fail with a {@link org.apache.zookeeper.KeeperException}, which for a lost connection
 * leaves open whether the server has done it. Thread-safe.
 */
public interface ZkRequests {

    /** A node that was created, under the name that it was given. */
    record Created(String path, Stat stat) {}

    /** What a node holds. */
    record Content(byte[] data, Stat stat) {}

    /** Creates a node with the access list of the application. */
    CompletableFuture<Created> create(String path, byte[] data, CreateMode mode);

    /** Creates a container and those above it, whichever are missing. Tried again as the client's properties say. */
    CompletableFuture<Void> createContainers(String path);

    /** @param version that the node must have; -1 for any */
    CompletableFuture<Stat> setData(String path, byte[] data, int version);

    /** @param watcher told once of the next change; null for nobody */
    CompletableFuture<Content> getData(String path, @Nullable Watcher watcher);

    /**
     * @param watcher told once of the next change; null for nobody
     * @return completes with null when there is no such node
     */
    CompletableFuture<@Nullable Stat> exists(String path, @Nullable Watcher watcher);

    /**
     * Names, without the path, in no order.
     *
     * @param watcher told once of the next change; null for nobody
     */
    CompletableFuture<List<String>> getChildren(String path, @Nullable Watcher watcher);

    /**
     * Lets the server catch up with all that has been decided: reads after this see what was done through another one
     * before, also by requests of this session whose answers were lost.
     */
    CompletableFuture<Void> sync(String path);

    /** @param version that the node must have; -1 for any */
    CompletableFuture<Void> delete(String path, int version);

    /**
     * Watches until the session ends; the client sets the watch again when it reconnects within the session.
     *
     * @param recursive whether everything below is watched too
     */
    CompletableFuture<Void> addWatch(String path, Watcher watcher, boolean recursive);

    /**
     * Ends all watches on this path that {@link #addWatch} began in this session, whoever asked for them, also at the
     * server. Servers before 3.9 cannot end watches of one kind.
     *
     * @param recursive which kind
     */
    CompletableFuture<Void> removeWatches(String path, boolean recursive);

    /**
     * Ends what {@link #addWatch} began, in this client only: the server goes on until the session or the connection
     * ends, or {@link #removeWatches} tells it.
     */
    CompletableFuture<Void> removeWatch(String path, Watcher watcher);

    /**
     * What a request has failed with, behind whatever futures have wrapped around it.
     *
     * @param failure as a future tells it; null where there is an answer, and that is nothing
     */
    static Throwable causeOf(@Nullable Throwable failure) {
        if (failure == null) {
            return new IllegalStateException("neither an answer nor a failure");
        }
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
