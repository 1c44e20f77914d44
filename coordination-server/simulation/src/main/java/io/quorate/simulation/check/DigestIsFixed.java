package io.quorate.simulation.check;

import io.quorate.core.replica.ReplicaStatus;
import io.quorate.core.txn.Txn;
import io.quorate.simulation.Violation;
import java.util.HashMap;
import java.util.Map;

/** S1: the digest after a zxid is the same whenever and wherever it is seen, and the one in the log. */
public final class DigestIsFixed implements Invariant {

    private final Map<Long, Long> digests = new HashMap<>();

    @Override
    public void recovered(ReplicaStatus status, long nowNanos) {
        see(status);
    }

    @Override
    public void afterTurn(ReplicaStatus status, int inboxPeak) {
        see(status);
    }

    @Override
    public void digestMismatch(long zxid, long expected, long actual) {
        throw new Violation(
                "S1", String.format("the digest at 0x%x was predicted as %x and is %x", zxid, expected, actual));
    }

    private void see(ReplicaStatus status) {
        Long before = digests.putIfAbsent(status.appliedZxid(), status.digest());
        Violation.unless(
                before == null || before == status.digest(),
                "S1",
                "the digest at 0x%x was %x and is now %x",
                status.appliedZxid(),
                before,
                status.digest());
    }

    /** @throws Violation when a digest that was seen is not the one that was logged */
    public void compare(CanonicalHistory canonical) {
        for (CanonicalHistory.Step step : canonical.steps()) {
            Txn txn = step.txn();
            if (txn == null) {
                continue;
            }
            Long seen = digests.get(txn.zxid());
            Long logged = txn.digest();
            Violation.unless(
                    seen == null || logged == null || seen.equals(logged),
                    "S1",
                    "the log has another digest for 0x%x",
                    txn.zxid());
        }
    }
}
