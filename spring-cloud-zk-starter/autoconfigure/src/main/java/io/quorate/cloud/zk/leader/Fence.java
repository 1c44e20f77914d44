package io.quorate.cloud.zk.leader;

import java.util.List;
import org.apache.curator.framework.api.transaction.CuratorOp;
import org.apache.curator.framework.api.transaction.CuratorTransactionResult;
import org.apache.curator.framework.api.transaction.TransactionOp;

/** Lets through only what one leadership writes while it lasts. Thread-safe. */
public interface Fence {

    /** The leadership. */
    LeadershipToken token();

    /** Makes the operations that {@link #commit(CuratorOp...)} takes. */
    TransactionOp operations();

    /**
     * Commits all operations or none, in a transaction that the server refuses when this leadership is over. Waits for
     * the answer. When an answer is lost the client sends the transaction again, so give operations a version where
     * twice would be once too often.
     *
     * @return one result for each operation
     * @throws NotLeaderException when this leadership is over; nothing was changed
     * @throws FencedTransactionException when the server refused one of the operations, or gave no answer
     */
    List<CuratorTransactionResult> commit(CuratorOp... operations);
}
