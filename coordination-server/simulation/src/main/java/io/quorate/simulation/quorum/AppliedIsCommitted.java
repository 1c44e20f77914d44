package io.quorate.simulation.quorum;

import io.quorate.core.replica.ReplicaStatus;
import io.quorate.simulation.Violation;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Z3, on each member that serves: what it has applied is the beginning of the canonical history, without gaps, and is
 * on its own disk.
 */
final class AppliedIsCommitted implements QuorumInvariant {

    private final CommittedHistory committed;
    private final Map<Long, Checked> checked = new HashMap<>();

    /** Up to where a member has been compared, and which version of its disk. */
    private record Checked(long zxid, long rebuilds) {}

    AppliedIsCommitted(CommittedHistory committed) {
        this.committed = committed;
    }

    @Override
    public void afterTurn(MemberView member) {
        ReplicaStatus status = member.status;
        if (status == null || !member.isServing()) {
            return;
        }
        long rebuilds = member.disk.rebuilds();
        Checked before = checked.get(member.id);
        long from = before == null || before.rebuilds != rebuilds ? 0 : before.zxid;
        long applied = status.appliedZxid();
        if (applied > from) {
            compare(member, from, applied);
            checked.put(member.id, new Checked(applied, rebuilds));
        }
    }

    private void compare(MemberView member, long from, long applied) {
        List<CommittedHistory.Entry> entries = committed.entries();
        long base = Math.max(from, member.disk.snapshotZxid());
        for (int i = committed.firstBehind(base); i < entries.size(); i++) {
            CommittedHistory.Entry entry = entries.get(i);
            if (entry.zxid() > applied) {
                break;
            }
            byte[] held = member.disk.payload(entry.zxid());
            Violation.unless(
                    held != null, "Z3", "%s has applied 0x%x and does not hold 0x%x", member, applied, entry.zxid());
            Violation.unless(Arrays.equals(held, entry.payload()), "Z3", "%s holds another 0x%x", member, entry.zxid());
        }
        for (long zxid : member.disk.txns().subMap(from, false, applied, true).keySet()) {
            Violation.unless(
                    committed.payload(zxid) != null, "Z3", "%s has applied 0x%x, never committed", member, zxid);
        }
    }
}
