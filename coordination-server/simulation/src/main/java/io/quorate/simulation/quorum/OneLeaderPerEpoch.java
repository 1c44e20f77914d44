package io.quorate.simulation.quorum;

import io.quorate.core.txn.Zxid;
import io.quorate.core.wire.peer.PacketType;
import io.quorate.core.wire.peer.QuorumPacket;
import io.quorate.simulation.Violation;
import java.util.HashMap;
import java.util.Map;

/** Z1: at most one established leader per epoch, ever, and nobody else even opens it (quorum protocol I12). */
final class OneLeaderPerEpoch implements QuorumInvariant {

    private final Map<Long, Long> established = new HashMap<>();
    private final Map<Long, Long> opened = new HashMap<>();

    @Override
    public void leads(MemberView leader, long epoch) {
        Long before = established.putIfAbsent(epoch, leader.id);
        Violation.unless(before == null, "Z1", "epoch %d is led by server %s and then by %s", epoch, before, leader);
    }

    @Override
    public void sent(MemberView member, long link, QuorumPacket packet) {
        if (packet.type() == PacketType.NEW_LEADER) {
            Long before = opened.putIfAbsent(Zxid.epoch(packet.zxid()), member.id);
            Violation.unless(
                    before == null || before == member.id,
                    "Z1",
                    "epoch %d is opened by server %s and by %s",
                    Zxid.epoch(packet.zxid()),
                    before,
                    member);
        }
    }
}
