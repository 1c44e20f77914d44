package io.quorate.simulation.quorum;

import io.quorate.core.txn.Zxid;
import io.quorate.simulation.Violation;

/** Z7: before it proposes, a leader has applied what was committed in earlier epochs, and all else that it holds. */
final class LeaderHasApplied implements QuorumInvariant {

    private final CommittedHistory committed;

    LeaderHasApplied(CommittedHistory committed) {
        this.committed = committed;
    }

    @Override
    public void leads(MemberView leader, long epoch) {
        // What opens an epoch without a transaction is nothing to apply.
        long snapshot = Zxid.counter(leader.disk.snapshotZxid()) == 0 ? 0 : leader.disk.snapshotZxid();
        long logged = leader.disk.txns().isEmpty() ? 0 : leader.disk.txns().lastKey();
        long needed = Math.max(committed.lastZxid(), Math.max(snapshot, logged));
        Violation.unless(
                leader.lastApplied >= needed,
                "Z7",
                "%s leads epoch %d, has applied 0x%x and not 0x%x",
                leader,
                epoch,
                leader.lastApplied,
                needed);
    }
}
