package io.quorate.simulation.quorum;

import io.quorate.simulation.Violation;
import java.util.HashMap;
import java.util.Map;

/** Z2: the durable epochs never go back, and the current one is not ahead of the accepted one. */
final class EpochsOnlyGrow implements QuorumInvariant {

    private record Epochs(long accepted, long current) {
        static final Epochs NONE = new Epochs(-1, -1);
    }

    private final Map<Long, Epochs> last = new HashMap<>();

    @Override
    public void recovered(MemberView member) {
        check(member);
    }

    @Override
    public void afterTurn(MemberView member) {
        check(member);
    }

    @Override
    public void wiped(MemberView member) {
        last.remove(member.id);
    }

    private void check(MemberView member) {
        Epochs now = new Epochs(member.disk.acceptedEpoch(), member.disk.currentEpoch());
        Epochs before = last.getOrDefault(member.id, Epochs.NONE);
        if (now.equals(before)) {
            return;
        }
        Violation.unless(
                now.accepted >= before.accepted && now.current >= before.current && now.current <= now.accepted,
                "Z2",
                "%s has %s on its disk, and had %s",
                member,
                now,
                before);
        last.put(member.id, now);
    }
}
