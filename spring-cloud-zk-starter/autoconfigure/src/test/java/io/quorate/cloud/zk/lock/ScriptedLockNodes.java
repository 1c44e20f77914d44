package io.quorate.cloud.zk.lock;

import io.quorate.cloud.zk.queue.NodeIdentity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/** One queue in memory, whose nodes belong to whatever session is asked for when they are appended. */
final class ScriptedLockNodes implements LockNodes {

    final Map<String, NodeIdentity> queue = new LinkedHashMap<>();
    final Map<String, Runnable> watches = new HashMap<>();
    final List<String> removed = new ArrayList<>();
    /** When set, the next node is created only when the test completes it. */
    CompletableFuture<String> heldAppend;
    /** When set, the next node is told of only when the test completes it. */
    CompletableFuture<Optional<NodeIdentity>> heldIdentity;
    /** When set, the next answer is this error. */
    Throwable failure;

    private final LongSupplier session;
    private long czxid = 100;

    ScriptedLockNodes(LongSupplier session) {
        this.session = session;
    }

    String create(long owner) {
        String path = "/locks/a/" + ++czxid;
        queue.put(path, new NodeIdentity(czxid, owner));
        return path;
    }

    private <T> CompletableFuture<T> answer(T value) {
        Throwable failed = failure;
        failure = null;
        return failed == null ? CompletableFuture.completedFuture(value) : CompletableFuture.failedFuture(failed);
    }

    @Override
    public CompletionStage<String> append(String lock) {
        if (heldAppend != null) {
            CompletableFuture<String> held = heldAppend;
            heldAppend = null;
            return held;
        }
        return failure == null ? answer(create(session.getAsLong())) : answer("");
    }

    @Override
    public CompletionStage<List<String>> queue(String lock) {
        return answer(List.copyOf(queue.keySet()));
    }

    @Override
    public CompletionStage<Optional<NodeIdentity>> identify(String path) {
        if (heldIdentity != null) {
            CompletableFuture<Optional<NodeIdentity>> held = heldIdentity;
            heldIdentity = null;
            return held;
        }
        return answer(Optional.ofNullable(queue.get(path)));
    }

    @Override
    public CompletionStage<Boolean> watch(String path, Runnable gone) {
        if (!queue.containsKey(path)) {
            return answer(false);
        }
        watches.put(path, gone);
        return answer(true);
    }

    @Override
    public void unwatch(String path, Runnable gone) {
        watches.remove(path, gone);
    }

    @Override
    public void remove(String path) {
        removed.add(path);
        drop(path);
    }

    /** As when somebody else deletes it. */
    void drop(String path) {
        queue.remove(path);
        Runnable watch = watches.remove(path);
        if (watch != null) {
            watch.run();
        }
    }
}
