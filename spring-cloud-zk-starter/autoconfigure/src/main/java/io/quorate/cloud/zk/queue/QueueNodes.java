package io.quorate.cloud.zk.queue;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.BackgroundCallback;
import org.apache.curator.framework.api.CuratorEvent;
import org.apache.curator.framework.api.CuratorWatcher;
import org.apache.curator.utils.ZKPaths;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.jspecify.annotations.Nullable;

/**
 * Reads and changes queues without waiting. Every answer completes on the client's event thread: whoever has more to do
 * goes on elsewhere. An answer that is an error completes with the {@link KeeperException}. Thread-safe.
 */
public final class QueueNodes {

    private static final int SEQUENCE_DIGITS = 10;

    private final CuratorFramework client;

    public QueueNodes(CuratorFramework client) {
        this.client = client;
    }

    /**
     * Takes the last place in a queue.
     *
     * @param queue path of the queue; it and what is above it are created as containers
     * @param label what the node's name has before its number, for example "lock-"
     * @param data content of the node, in UTF-8
     * @return its path
     */
    public CompletableFuture<String> append(String queue, String label, String data) {
        return ask(answer -> client.create()
                        .creatingParentContainersIfNeeded()
                        .withProtection()
                        .withMode(CreateMode.EPHEMERAL_SEQUENTIAL)
                        .inBackground(answer)
                        .forPath(ZKPaths.makePath(queue, label), data.getBytes(StandardCharsets.UTF_8)))
                .thenApply(event -> succeeded(event).getName());
    }

    /** Removes a node, now or as soon as there is a connection; whoever waits for it hears of it from the server. */
    public void remove(String path) {
        ask(answer -> client.delete().guaranteed().inBackground(answer).forPath(path));
    }

    /** Creation and owner of a node; empty when it is not there. */
    public CompletableFuture<Optional<NodeIdentity>> identify(String path) {
        return ask(answer -> client.checkExists().inBackground(answer).forPath(path))
                .thenApply(event -> missing(event)
                        ? Optional.empty()
                        : Optional.of(new NodeIdentity(
                                succeeded(event).getStat().getCzxid(),
                                event.getStat().getEphemeralOwner())));
    }

    /**
     * Content of a node in UTF-8.
     *
     * @return empty when the node is not there
     */
    public CompletableFuture<Optional<String>> read(String path) {
        return ask(answer -> client.getData().inBackground(answer).forPath(path))
                .thenApply(event -> missing(event)
                        ? Optional.empty()
                        : Optional.of(text(succeeded(event).getData())));
    }

    /** Other clients may create nodes without any content. */
    private static String text(byte @Nullable [] data) {
        return data == null ? "" : new String(data, StandardCharsets.UTF_8);
    }

    /**
     * Watches a node, once, until it changes or goes.
     *
     * @param changed who is told; the same one again for the same path is told once
     * @return whether it was there; if not, nothing is watched
     */
    public CompletableFuture<Boolean> watch(String path, Runnable changed) {
        return ask(answer -> client.getData()
                        .usingWatcher(new Teller(changed))
                        .inBackground(answer)
                        .forPath(path))
                .thenApply(event -> !missing(event) && succeeded(event) != null);
    }

    /** Ends a {@link #watch(String, Runnable)} of the same two. */
    public void unwatch(String path, Runnable changed) {
        ask(answer -> client.watchers()
                .remove(new Teller(changed))
                .ofType(Watcher.WatcherType.Data)
                .inBackground(answer)
                .forPath(path));
    }

    /** Names of the nodes with this label, in the order of the queue; none when there is no queue. */
    public CompletableFuture<List<String>> list(String queue, String label) {
        return ask(answer -> client.getChildren().inBackground(answer).forPath(queue))
                .thenApply(event ->
                        missing(event) ? List.of() : inOrder(succeeded(event).getChildren(), label));
    }

    /** As {@link #list(String, String)}; the next change of the queue, or its creation, is told the same one once. */
    public CompletableFuture<List<String>> listAndWatch(String queue, String label, Runnable changed) {
        return ask(answer -> client.getChildren()
                        .usingWatcher(new Teller(changed))
                        .inBackground(answer)
                        .forPath(queue))
                .thenCompose(event -> missing(event)
                        ? awaitCreation(queue, label, changed)
                        : CompletableFuture.completedFuture(
                                inOrder(succeeded(event).getChildren(), label)));
    }

    private CompletableFuture<List<String>> awaitCreation(String queue, String label, Runnable changed) {
        return ask(answer -> client.checkExists()
                        .usingWatcher(new Teller(changed))
                        .inBackground(answer)
                        .forPath(queue))
                .thenCompose(event -> missing(event)
                        ? CompletableFuture.completedFuture(List.of())
                        : listAndWatch(queue, label, changed));
    }

    /**
     * Tells of changes only. Equal when the same is told, so that the client, which keeps a set of them, keeps one
     * however often a path is read.
     */
    private record Teller(Runnable changed) implements CuratorWatcher {

        @Override
        public void process(WatchedEvent event) {
            switch (event.getType()) {
                case NodeCreated, NodeDeleted, NodeDataChanged, NodeChildrenChanged -> changed.run();
                default -> {
                    // What becomes of the connection is heard elsewhere, and whoever ends a watch knows it.
                }
            }
        }
    }

    private static List<String> inOrder(List<String> names, String label) {
        return names.stream()
                .filter(name -> name.length() >= label.length() + SEQUENCE_DIGITS && name.contains(label))
                .sorted(Comparator.comparing(name -> name.substring(name.lastIndexOf(label) + label.length())))
                .toList();
    }

    private static boolean missing(CuratorEvent event) {
        return event.getResultCode() == KeeperException.Code.NONODE.intValue();
    }

    private static CuratorEvent succeeded(CuratorEvent event) {
        KeeperException.Code code = KeeperException.Code.get(event.getResultCode());
        if (code != KeeperException.Code.OK) {
            throw new QueueException(KeeperException.create(code, event.getPath()));
        }
        return event;
    }

    /** An operation of the client that hands its answer to a callback. */
    private interface Operation {
        Object start(BackgroundCallback answer) throws Exception;
    }

    private static CompletableFuture<CuratorEvent> ask(Operation operation) {
        CompletableFuture<CuratorEvent> future = new CompletableFuture<>();
        try {
            operation.start((client, event) -> future.complete(event));
        } catch (Exception refused) {
            future.completeExceptionally(refused);
        }
        return future;
    }
}
