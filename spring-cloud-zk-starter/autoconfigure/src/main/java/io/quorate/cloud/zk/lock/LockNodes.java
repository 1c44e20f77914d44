package io.quorate.cloud.zk.lock;

import io.quorate.cloud.zk.queue.NodeIdentity;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What locks need of the service. Answers come on any thread. */
interface LockNodes {

    /**
     * Takes the last place in the queue for a lock.
     *
     * @return path of the node
     */
    CompletionStage<String> append(String lock);

    /** The queue for a lock as paths, first the one that holds it. */
    CompletionStage<List<String>> queue(String lock);

    /** Creation and owner of a node; empty when it is not there. */
    CompletionStage<Optional<NodeIdentity>> identify(String path);

    /**
     * Watches a node, once.
     *
     * @param gone called on any thread when it changes or goes
     * @return whether it was there; if not, nothing is watched
     */
    CompletionStage<Boolean> watch(String path, Runnable gone);

    /** Ends {@link #watch} for the same two. */
    void unwatch(String path, Runnable gone);

    /** Removes a node, now or as soon as there is a connection. */
    void remove(String path);
}
