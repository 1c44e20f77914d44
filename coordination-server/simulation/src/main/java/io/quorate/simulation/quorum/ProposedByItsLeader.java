package io.quorate.simulation.quorum;

import io.quorate.core.txn.Zxid;
import io.quorate.simulation.Violation;
import java.util.HashMap;
import java.util.Map;

/** Z4, Z5: every zxid is proposed once, by the leader of its epoch, counting from 1. */
final class ProposedByItsLeader implements QuorumInvariant {

    /** The last counter that was proposed in an epoch. */
    private final Map<Long, Long> counters = new HashMap<>();

    @Override
    public void proposed(MemberView leader, long zxid) {
        long epoch = Zxid.epoch(zxid);
        Violation.unless(
                leader.leads == epoch, "Z4", "%s proposes 0x%x and leads epoch %d", leader, zxid, leader.leads);
        long before = counters.getOrDefault(epoch, 0L);
        Violation.unless(
                Zxid.counter(zxid) == before + 1, "Z5", "%s proposes 0x%x behind counter %d", leader, zxid, before);
        counters.put(epoch, Zxid.counter(zxid));
    }

    /** Whether a leader has proposed it. */
    boolean knows(long zxid) {
        long counter = Zxid.counter(zxid);
        return counter > 0 && counter <= counters.getOrDefault(Zxid.epoch(zxid), 0L);
    }
}
