package io.quorate.cloud.zk.registry;

import io.quorate.cloud.zk.ZkRequests;
import io.quorate.cloud.zk.discovery.InstanceCodec;
import io.quorate.cloud.zk.discovery.InstanceRecord;
import io.quorate.cloud.zk.discovery.MalformedInstanceException;
import io.quorate.cloud.zk.discovery.ZkDiscoveryProperties.StaleInstancePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.zookeeper.KeeperException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The nodes that may have been left by this instance: found again, or removed. Touches no others. Stateless. */
final class Siblings {

    private static final Logger LOG = LoggerFactory.getLogger(Siblings.class);

    private final ZkRequests requests;
    private final NodePlan plan;

    Siblings(ZkRequests requests, NodePlan plan) {
        this.requests = requests;
        this.plan = plan;
    }

    private record Found(String path, ZkRequests.Content content, InstanceRecord instance) {}

    /**
     * The node of this instance that this session owns: a creation whose answer was lost. Null for none. The server
     * catches up first: the session may have moved to one that has not heard of the creation yet.
     */
    CompletableFuture<ZkRequests.@Nullable Created> ownedBy(long session) {
        return requests.sync(plan.servicePath())
                .thenCompose(caughtUp -> all())
                .thenApply(found -> found.stream()
                        .filter(node -> node.content().stat().getEphemeralOwner() == session)
                        .findFirst()
                        .map(node -> new ZkRequests.Created(
                                node.path(), node.content().stat()))
                        .orElse(null));
    }

    /**
     * Removes what former sessions have left, as the policy says.
     *
     * @return how many nodes
     */
    CompletableFuture<Integer> removeLeftovers(InstanceRecord present, long session) {
        if (plan.leftovers() == StaleInstancePolicy.NEVER) {
            return CompletableFuture.completedFuture(0);
        }
        return all().thenCompose(found -> {
            List<CompletableFuture<Integer>> removals = new ArrayList<>();
            for (Found node : found) {
                if (node.content().stat().getEphemeralOwner() != session && isLeftover(node.instance(), present)) {
                    removals.add(remove(node));
                }
            }
            return CompletableFuture.allOf(removals.toArray(CompletableFuture[]::new))
                    .thenApply(done ->
                            removals.stream().mapToInt(CompletableFuture::join).sum());
        });
    }

    private boolean isLeftover(InstanceRecord other, InstanceRecord present) {
        return plan.leftovers() == StaleInstancePolicy.SAME_ID
                || other.address().equals(present.address())
                        && Objects.equals(other.port(), present.port())
                        && Objects.equals(other.sslPort(), present.sslPort());
    }

    private CompletableFuture<Integer> remove(Found node) {
        LOG.info("Removing {}, which session 0x{} has left", node.path(), owner(node));
        return requests.delete(node.path(), -1).handle((done, failure) -> {
            if (failure != null && !(ZkRequests.causeOf(failure) instanceof KeeperException.NoNodeException)) {
                throw new CompletionException(ZkRequests.causeOf(failure));
            }
            return 1;
        });
    }

    private static String owner(Found node) {
        return Long.toHexString(node.content().stat().getEphemeralOwner());
    }

    private CompletableFuture<List<Found>> all() {
        return requests.getChildren(plan.servicePath(), null)
                .exceptionally(failure -> {
                    if (ZkRequests.causeOf(failure) instanceof KeeperException.NoNodeException) {
                        return List.of();
                    }
                    throw new CompletionException(ZkRequests.causeOf(failure));
                })
                .thenCompose(names -> {
                    List<CompletableFuture<@Nullable Found>> reads = names.stream()
                            .filter(plan::mayBeOurs)
                            .map(name -> read(plan.servicePath() + "/" + name))
                            .toList();
                    return CompletableFuture.allOf(reads.toArray(CompletableFuture[]::new))
                            .thenApply(done -> reads.stream()
                                    .map(CompletableFuture::join)
                                    .filter(Objects::nonNull)
                                    .<Found>map(Objects::requireNonNull)
                                    .toList());
                });
    }

    /** Null when the node is gone or holds no instance with this id. */
    private CompletableFuture<@Nullable Found> read(String path) {
        return requests.getData(path, null).handle((content, failure) -> {
            if (failure != null || content == null) {
                Throwable cause = ZkRequests.causeOf(failure);
                if (cause instanceof KeeperException.NoNodeException) {
                    return null;
                }
                throw new CompletionException(cause);
            }
            return found(path, content);
        });
    }

    private @Nullable Found found(String path, ZkRequests.Content content) {
        try {
            InstanceRecord instance = InstanceCodec.decode(content.data());
            return instance.id().equals(plan.instanceId()) ? new Found(path, content, instance) : null;
        } catch (MalformedInstanceException foreign) {
            LOG.debug("{} is left alone: {}", path, foreign.getMessage());
            return null;
        }
    }
}
