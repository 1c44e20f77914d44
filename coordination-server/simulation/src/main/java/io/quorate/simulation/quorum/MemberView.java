package io.quorate.simulation.quorum;

import io.quorate.core.replica.ReplicaStatus;
import io.quorate.simulation.DurableHistory;
import org.jspecify.annotations.Nullable;

/** A member as the checks see it: what it has said of itself last, and what its disk holds. */
final class MemberView {

    static final long NO_EPOCH = -1;

    final long id;
    final boolean voter;
    final DurableHistory disk;
    /** After its last turn; null while it is dead. */
    @Nullable
    ReplicaStatus status;

    /** The epoch that it leads, established; {@link #NO_EPOCH} while it leads none. */
    long leads = NO_EPOCH;
    /** The last transaction that it has taken into its tree, or the state's that replaced the tree. */
    long lastApplied;
    /** Its clock, in the turn under way. */
    long nowNanos;

    MemberView(long id, boolean voter, DurableHistory disk) {
        this.id = id;
        this.voter = voter;
        this.disk = disk;
    }

    boolean isServing() {
        ReplicaStatus current = status;
        return current != null
                && current.ensemble() != null
                && current.ensemble().serving();
    }

    @Override
    public String toString() {
        return "server " + id;
    }
}
