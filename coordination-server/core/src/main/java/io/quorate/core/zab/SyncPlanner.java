package io.quorate.core.zab;

import io.quorate.core.txn.Zxid;

/** A learner's position against its leader's history: the decision table of quorum protocol 4.5. Pure. */
final class SyncPlanner {

    private SyncPlanner() {}

    /**
     * Plans one synchronisation.
     *
     * @param learnerZxid the last transaction that the learner has; its counter is 0 where its epoch has none
     * @param lastZxid the leader's own position
     * @param window the end of the leader's history
     */
    static SyncPlan plan(long learnerZxid, long lastZxid, CommittedWindow window) {
        if (learnerZxid == lastZxid) {
            return new SyncPlan.Difference(learnerZxid, learnerZxid);
        }
        long newest = window.isEmpty() ? lastZxid : window.last();
        boolean startsEpoch = Zxid.counter(learnerZxid) == 0;
        if (learnerZxid > newest) {
            // A position without a transaction is nothing to truncate to, so nothing is known of what it has.
            return startsEpoch ? new SyncPlan.WholeSnapshot() : new SyncPlan.TruncateThenDifference(newest);
        }
        if (window.isEmpty() || learnerZxid < window.first()) {
            return new SyncPlan.WholeSnapshot();
        }
        return inWindow(learnerZxid, window);
    }

    private static SyncPlan inWindow(long learnerZxid, CommittedWindow window) {
        long previous = window.latestUpTo(learnerZxid);
        if (previous == learnerZxid || Zxid.counter(learnerZxid) == 0) {
            return new SyncPlan.Difference(learnerZxid, window.last());
        }
        // Within an epoch the transaction may be cut off; across epochs the reference's truncation is not exact.
        long next = window.behind(learnerZxid).next().zxid();
        return Zxid.epoch(next) == Zxid.epoch(learnerZxid)
                ? new SyncPlan.TruncateThenDifference(previous)
                : new SyncPlan.WholeSnapshot();
    }
}
