package io.quorate.cloud.zk.config;

import io.quorate.cloud.zk.ZkRequests;
import io.quorate.cloud.zk.config.content.ConfigNode;
import io.quorate.cloud.zk.config.content.ConfigSnapshot;
import io.quorate.cloud.zk.config.content.NodeSelection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.zookeeper.KeeperException.NoAuthException;
import org.apache.zookeeper.KeeperException.NoNodeException;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * Reads whole contexts. All requests are sent at once, and what was read counts as of one moment: if a second look
 * finds a node written or a child added since, everything is read again, up to three times. Beyond that the last
 * reading is returned, since the watches of a live configuration tell of what came after. Not tied to a thread.
 */
final class SnapshotReader {

    private static final int PASSES = 3;

    private final ZkRequests requests;
    private final Duration patience;
    private final @Nullable Watcher watcher;

    /**
     * @param requests to servers that are connected
     * @param patience with all that one call reads
     * @param watcher is set on every node as a watch that fires once; null sets no watch
     */
    SnapshotReader(ZkRequests requests, Duration patience, @Nullable Watcher watcher) {
        this.requests = requests;
        this.patience = patience;
        this.watcher = watcher;
    }

    /**
     * What was read of a context: one of both is there.
     *
     * @param snapshot the nodes
     * @param denied what the server said that does not allow to read them
     */
    record Reading(Optional<ConfigSnapshot> snapshot, Optional<NoAuthException> denied) {}

    /**
     * Reads the contexts.
     *
     * @throws UnreadableConfigException if the connection goes or the patience ends
     */
    Map<ImportedContext, Reading> read(Collection<ImportedContext> contexts) {
        return read(contexts, new Deadline(patience));
    }

    /**
     * Reads the contexts, which are then no older than what any server had when this was called: a server may lag
     * behind the one that was read from before.
     *
     * @throws UnreadableConfigException if the connection goes or the patience ends
     */
    Map<ImportedContext, Reading> readLatest(Collection<ImportedContext> contexts) {
        Deadline deadline = new Deadline(patience);
        Optional<ImportedContext> first = contexts.stream().findFirst();
        // One for all contexts: it is the server that catches up.
        first.ifPresent(
                context -> deadline.await(requests.sync(context.context().path())));
        return read(contexts, deadline);
    }

    private Map<ImportedContext, Reading> read(Collection<ImportedContext> contexts, Deadline deadline) {
        Map<ImportedContext, Reading> readings = Map.of();
        for (int pass = 0; pass < PASSES; pass++) {
            readings = readOnce(contexts, deadline);
            if (stillSo(readings, deadline)) {
                break;
            }
        }
        return readings;
    }

    private Map<ImportedContext, Reading> readOnce(Collection<ImportedContext> contexts, Deadline deadline) {
        Map<ImportedContext, CompletableFuture<Reading>> asked = new LinkedHashMap<>();
        contexts.forEach(context -> asked.put(context, readContext(context)));
        Map<ImportedContext, Reading> readings = new LinkedHashMap<>();
        asked.forEach((context, reading) -> readings.put(context, deadline.await(reading)));
        return readings;
    }

    private CompletableFuture<Reading> readContext(ImportedContext context) {
        NodeSelection selection = context.selection();
        Map<String, ConfigNode> nodes = new ConcurrentHashMap<>();
        return all(selection.roots().stream()
                        .map(root -> readNode(root, selection.withDescendants(), nodes))
                        .toList())
                .thenApply(done -> new Reading(Optional.of(new ConfigSnapshot(nodes)), Optional.empty()))
                .exceptionally(failure -> {
                    if (ZkRequests.causeOf(failure) instanceof NoAuthException denied) {
                        return new Reading(Optional.empty(), Optional.of(denied));
                    }
                    throw new CompletionException(ZkRequests.causeOf(failure));
                });
    }

    private CompletableFuture<Void> readNode(String path, boolean withDescendants, Map<String, ConfigNode> nodes) {
        CompletableFuture<Void> node = requests.getData(path, watcher).thenCompose(content -> {
            Stat stat = content.stat();
            boolean leaf = stat.getNumChildren() == 0;
            nodes.put(path, new ConfigNode(stat.getMzxid(), stat.getPzxid(), content.data(), leaf));
            // A watch that fires once must be set on leaves too: they may get children.
            return withDescendants && !(leaf && watcher == null)
                    ? readChildren(path, nodes)
                    : CompletableFuture.completedFuture(null);
        });
        return node.exceptionally(failure -> {
            if (ZkRequests.causeOf(failure) instanceof NoNodeException) {
                return null;
            }
            throw new CompletionException(ZkRequests.causeOf(failure));
        });
    }

    private CompletableFuture<Void> readChildren(String path, Map<String, ConfigNode> nodes) {
        return requests.getChildren(path, watcher)
                .thenCompose(children -> all(children.stream()
                        .map(child -> readNode(path + "/" + child, true, nodes))
                        .toList()));
    }

    /** Whether no node has been written, and none added or removed, since {@code readings} were made. */
    private boolean stillSo(Map<ImportedContext, Reading> readings, Deadline deadline) {
        List<CompletableFuture<Boolean>> looks = new ArrayList<>();
        readings.forEach((context, reading) ->
                reading.snapshot().ifPresent(snapshot -> looks.addAll(looksAt(context.selection(), snapshot))));
        boolean same = true;
        for (CompletableFuture<Boolean> look : looks) {
            same &= deadline.await(look);
        }
        return same;
    }

    private List<CompletableFuture<Boolean>> looksAt(NodeSelection selection, ConfigSnapshot snapshot) {
        List<CompletableFuture<Boolean>> looks = new ArrayList<>();
        snapshot.nodes()
                .forEach((path, node) -> looks.add(requests.exists(path, null)
                        .thenApply(stat -> isSame(node, stat, selection.withDescendants()))));
        selection.roots().stream()
                .filter(root -> !snapshot.nodes().containsKey(root))
                .forEach(root -> looks.add(requests.exists(root, watcher).thenApply(stat -> stat == null)));
        return looks;
    }

    private static boolean isSame(ConfigNode node, @Nullable Stat stat, boolean withDescendants) {
        return stat != null && stat.getMzxid() == node.mzxid() && (!withDescendants || stat.getPzxid() == node.pzxid());
    }

    private static CompletableFuture<Void> all(List<CompletableFuture<Void>> futures) {
        return CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new));
    }
}
