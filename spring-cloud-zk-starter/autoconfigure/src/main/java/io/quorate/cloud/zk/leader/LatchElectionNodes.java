package io.quorate.cloud.zk.leader;

import io.quorate.cloud.zk.queue.NodeIdentity;
import io.quorate.cloud.zk.queue.NodeName;
import io.quorate.cloud.zk.queue.QueueNodes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.transaction.CuratorOp;
import org.apache.curator.framework.api.transaction.CuratorTransactionResult;
import org.apache.curator.framework.api.transaction.TransactionOp;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.leader.LeaderLatchListener;
import org.apache.curator.utils.ZKPaths;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.OpResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The election for one role by Curator's {@link LeaderLatch}, which Curator applications can take part in. */
final class LatchElectionNodes implements ElectionNodes {

    private static final Logger LOG = LoggerFactory.getLogger(LatchElectionNodes.class);
    private static final String LABEL = "latch-";

    private final CuratorFramework client;
    private final QueueNodes nodes;
    private final String role;
    private final String path;
    private final Supplier<String> candidateId;
    /** What the candidates of the queue call themselves, by their nodes, whose content never changes. */
    private final Map<String, String> known = new ConcurrentHashMap<>();

    LatchElectionNodes(CuratorFramework client, String root, String role, Supplier<String> candidateId) {
        this.client = client;
        this.nodes = new QueueNodes(client);
        this.role = role;
        this.path = ZKPaths.makePath(root, NodeName.encode(role));
        this.candidateId = candidateId;
    }

    @Override
    public Candidacy join(Runnable elected) throws Exception {
        LeaderLatch latch = new LeaderLatch(client, path, candidateId.get());
        latch.addListener(new LeaderLatchListener() {
            @Override
            public void isLeader() {
                elected.run();
            }

            @Override
            public void notLeader() {
                // The election itself sees the connection, and sees it first.
            }
        });
        latch.start();
        return new LatchCandidacy(latch);
    }

    @Override
    public CompletionStage<Optional<NodeIdentity>> identify(String node) {
        return nodes.identify(node);
    }

    @Override
    public CompletionStage<List<Candidate>> candidates(Runnable changed) {
        return nodes.listAndWatch(path, LABEL, changed).thenCompose(this::withIds);
    }

    private CompletableFuture<List<Candidate>> withIds(List<String> names) {
        known.keySet().retainAll(names);
        List<CompletableFuture<Void>> reads = names.stream()
                .filter(name -> !known.containsKey(name))
                .map(name -> nodes.read(ZKPaths.makePath(path, name))
                        .thenAccept(content -> content.ifPresent(id -> known.put(name, id))))
                .toList();
        // A candidate that has gone meanwhile has no id; its going is told as a change.
        return CompletableFuture.allOf(reads.toArray(CompletableFuture[]::new))
                .thenApply(all -> names.stream()
                        .map(name -> {
                            String id = known.get(name);
                            return id == null ? null : new Candidate(name, id);
                        })
                        .filter(Objects::nonNull)
                        .toList());
    }

    @Override
    public TransactionOp operations() {
        return client.transactionOp();
    }

    @Override
    public List<CuratorTransactionResult> commit(String node, List<CuratorOp> operations) {
        try {
            List<CuratorOp> fenced = new ArrayList<>(operations.size() + 1);
            fenced.add(client.transactionOp().check().forPath(node));
            fenced.addAll(operations);
            List<CuratorTransactionResult> results = client.transaction().forOperations(fenced);
            return List.copyOf(results.subList(1, results.size()));
        } catch (KeeperException refused) {
            throw checkFailed(refused) ? new NotLeaderException(role) : new FencedTransactionException(role, refused);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new FencedTransactionException(role, interrupted);
        } catch (Exception failed) {
            throw new FencedTransactionException(role, failed);
        }
    }

    private static boolean checkFailed(KeeperException refused) {
        List<OpResult> results = refused.getResults();
        return results != null
                && !results.isEmpty()
                && results.get(0) instanceof OpResult.ErrorResult check
                && check.getErr() == KeeperException.Code.NONODE.intValue();
    }

    /** A latch that was started. */
    private record LatchCandidacy(LeaderLatch latch) implements Candidacy {

        @Override
        public Optional<String> path() {
            return Optional.ofNullable(latch.getOurPath());
        }

        @Override
        public boolean first() {
            return latch.hasLeadership();
        }

        @Override
        public void leave() {
            try {
                latch.close();
            } catch (IOException failed) {
                // Only the removal of the watch can fail; the node's is already on its way.
                LOG.debug("A latch was closed with an error", failed);
            }
        }
    }
}
