package io.quorate.simulation.check;

import io.quorate.core.replica.ReplicaStatus;
import io.quorate.simulation.Violation;

/**
 * Z9, on one server: what has been applied once, and so may have been told to somebody, is there after every restart.
 */
final class AppliedIsKept implements Invariant {

    private long highestApplied;

    @Override
    public void recovered(ReplicaStatus status, long nowNanos) {
        Violation.unless(
                status.appliedZxid() >= highestApplied,
                "Z9",
                "0x%x had been applied, recovered is 0x%x",
                highestApplied,
                status.appliedZxid());
    }

    @Override
    public void afterTurn(ReplicaStatus status, int inboxPeak) {
        Violation.unless(
                status.appliedZxid() >= highestApplied && status.appliedZxid() <= status.durableZxid(),
                "Z8",
                "applied is 0x%x, was 0x%x, durable is 0x%x",
                status.appliedZxid(),
                highestApplied,
                status.durableZxid());
        highestApplied = status.appliedZxid();
    }
}
