package io.quorate.core.zab;

/** How a learner gets from its history to its leader's. */
sealed interface SyncPlan {

    /** It lacks what comes after a transaction that both have. @param announcedZxid what the packet says */
    record Difference(long afterZxid, long announcedZxid) implements SyncPlan {}

    /** It has logged what its leader does not have: that goes, and what follows comes. */
    record TruncateThenDifference(long toZxid) implements SyncPlan {}

    /** Everything, since no common transaction is known. */
    record WholeSnapshot() implements SyncPlan {}
}
