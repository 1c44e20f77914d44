package io.quorate.cloud.zk.lock;

import io.quorate.cloud.zk.queue.NodeIdentity;
import io.quorate.cloud.zk.queue.NodeName;
import io.quorate.cloud.zk.queue.QueueNodes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.utils.ZKPaths;

/** Locks as queues below one root, each node with the name of its holder. */
final class CuratorLockNodes implements LockNodes {

    private static final String LABEL = "lock-";

    private final QueueNodes nodes;
    private final String root;
    private final Supplier<String> holderId;

    CuratorLockNodes(CuratorFramework client, String root, Supplier<String> holderId) {
        this.nodes = new QueueNodes(client);
        this.root = root;
        this.holderId = holderId;
    }

    private String path(String lock) {
        return ZKPaths.makePath(root, NodeName.encode(lock));
    }

    @Override
    public CompletionStage<String> append(String lock) {
        return nodes.append(path(lock), LABEL, holderId.get());
    }

    @Override
    public CompletionStage<List<String>> queue(String lock) {
        String path = path(lock);
        return nodes.list(path, LABEL)
                .thenApply(names ->
                        names.stream().map(name -> ZKPaths.makePath(path, name)).toList());
    }

    @Override
    public CompletionStage<Optional<NodeIdentity>> identify(String path) {
        return nodes.identify(path);
    }

    @Override
    public CompletionStage<Boolean> watch(String path, Runnable gone) {
        return nodes.watch(path, gone);
    }

    @Override
    public void unwatch(String path, Runnable gone) {
        nodes.unwatch(path, gone);
    }

    @Override
    public void remove(String path) {
        nodes.remove(path);
    }
}
