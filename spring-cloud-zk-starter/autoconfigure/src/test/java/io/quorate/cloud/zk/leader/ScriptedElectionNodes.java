package io.quorate.cloud.zk.leader;

import io.quorate.cloud.zk.queue.NodeIdentity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.curator.framework.api.transaction.CuratorOp;
import org.apache.curator.framework.api.transaction.CuratorTransactionResult;
import org.apache.curator.framework.api.transaction.TransactionOp;

/** A queue whose content a test sets. */
final class ScriptedElectionNodes implements ElectionNodes {

    final List<ScriptedCandidacy> candidacies = new ArrayList<>();
    final Map<String, NodeIdentity> nodes = new HashMap<>();
    final List<Runnable> watchers = new ArrayList<>();
    final List<String> commits = new ArrayList<>();
    List<Candidate> queue = List.of();
    /** When set, {@link #identify} answers only when the test completes it. */
    CompletableFuture<Optional<NodeIdentity>> held;
    /** When set, the next {@link #candidates} fails with it. */
    Throwable queueFailure;

    static final class ScriptedCandidacy implements Candidacy {

        private final Runnable elected;
        String path;
        boolean first;
        boolean left;

        ScriptedCandidacy(Runnable elected) {
            this.elected = elected;
        }

        /** As the latch does it. */
        void elect(String node) {
            path = node;
            first = true;
            elected.run();
        }

        @Override
        public Optional<String> path() {
            return Optional.ofNullable(path);
        }

        @Override
        public boolean first() {
            return first;
        }

        @Override
        public void leave() {
            left = true;
        }
    }

    ScriptedCandidacy last() {
        return candidacies.get(candidacies.size() - 1);
    }

    void changeQueue(Candidate... candidates) {
        queue = List.of(candidates);
        List<Runnable> told = List.copyOf(watchers);
        watchers.clear();
        told.forEach(Runnable::run);
    }

    @Override
    public Candidacy join(Runnable elected) {
        ScriptedCandidacy candidacy = new ScriptedCandidacy(elected);
        candidacies.add(candidacy);
        return candidacy;
    }

    @Override
    public CompletionStage<Optional<NodeIdentity>> identify(String path) {
        return held != null ? held : CompletableFuture.completedFuture(Optional.ofNullable(nodes.get(path)));
    }

    @Override
    public CompletionStage<List<Candidate>> candidates(Runnable changed) {
        if (queueFailure != null) {
            Throwable failure = queueFailure;
            queueFailure = null;
            return CompletableFuture.failedFuture(failure);
        }
        watchers.add(changed);
        return CompletableFuture.completedFuture(queue);
    }

    @Override
    public TransactionOp operations() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<CuratorTransactionResult> commit(String path, List<CuratorOp> operations) {
        commits.add(path);
        return List.of();
    }
}
