package io.quorate.cloud.zk.leader;

import io.quorate.cloud.zk.queue.NodeIdentity;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.curator.framework.api.transaction.CuratorOp;
import org.apache.curator.framework.api.transaction.CuratorTransactionResult;
import org.apache.curator.framework.api.transaction.TransactionOp;

/** What the election for one role needs of the service. Answers come on any thread. */
interface ElectionNodes {

    /**
     * Joins the queue.
     *
     * @param elected called on any thread when the candidacy may have become the first
     */
    Candidacy join(Runnable elected) throws Exception;

    /** Creation and owner of a node; empty when it is not there. */
    CompletionStage<Optional<NodeIdentity>> identify(String path);

    /**
     * The queue, first the one that leads.
     *
     * @param changed called once, on any thread, when it has changed after that
     */
    CompletionStage<List<Candidate>> candidates(Runnable changed);

    /** Makes operations for {@link #commit}. */
    TransactionOp operations();

    /**
     * Commits while a node exists.
     *
     * @throws NotLeaderException when it does not
     * @throws FencedTransactionException when the transaction fails for another reason
     */
    List<CuratorTransactionResult> commit(String path, List<CuratorOp> operations);

    /** One stay of this application in the queue. */
    interface Candidacy {

        /** Its node; empty while that is being created. */
        Optional<String> path();

        /** Whether it was the first when the queue was last read. */
        boolean first();

        /** Leaves the queue; the node goes as soon as there is a connection. */
        void leave();
    }

    /**
     * A candidate in the queue.
     *
     * @param node name of its node, which no other has or will have
     * @param id as it calls itself
     */
    record Candidate(String node, String id) {}
}
