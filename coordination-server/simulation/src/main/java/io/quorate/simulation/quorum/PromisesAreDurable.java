package io.quorate.simulation.quorum;

import io.quorate.core.txn.Zxid;
import io.quorate.core.wire.peer.PacketType;
import io.quorate.core.wire.peer.QuorumPacket;
import io.quorate.simulation.Violation;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** Z10: whatever a member says on a link, its disk holds already (architecture, durability; quorum protocol I3, I4). */
final class PromisesAreDurable implements QuorumInvariant {

    private static final long NOTHING = -1;

    private final Map<Long, Term> terms = new HashMap<>();

    /** What a learner has been told over one link. */
    private static final class Term {
        private long promisedEpoch = NOTHING;
        /** Where its history had to end before the difference; {@link #NOTHING} where it could stay as it was. */
        private long cutAt = NOTHING;

        private final TreeSet<Long> received = new TreeSet<>();
        /** The last transaction of the initial history. */
        private long initialEnd = NOTHING;

        private boolean historyComplete;
        private long lastAcked;
    }

    private Term term(long link) {
        return terms.computeIfAbsent(link, absent -> new Term());
    }

    @Override
    public void received(MemberView member, long link, QuorumPacket packet) {
        Term term = term(link);
        switch (packet.type()) {
            case PacketType.LEADER_INFO -> term.promisedEpoch = Zxid.epoch(packet.zxid());
            case PacketType.SNAP, PacketType.TRUNC -> {
                term.cutAt = packet.zxid();
                term.initialEnd = packet.zxid();
            }
            case PacketType.PROPOSAL, PacketType.INFORM -> {
                term.received.add(packet.zxid());
                if (!term.historyComplete) {
                    term.initialEnd = Math.max(term.initialEnd, packet.zxid());
                }
            }
            case PacketType.NEW_LEADER -> term.historyComplete = true;
            default -> {
                // Promises nothing, and changes nothing that is promised.
            }
        }
    }

    @Override
    public void sent(MemberView member, long link, QuorumPacket packet) {
        switch (packet.type()) {
            case PacketType.LEADER_INFO -> epochAccepted(member, Zxid.epoch(packet.zxid()));
            case PacketType.ACK_EPOCH -> epochAccepted(member, term(link).promisedEpoch);
            case PacketType.NEW_LEADER -> epochEntered(member, Zxid.epoch(packet.zxid()));
            case PacketType.ACK -> acknowledged(member, term(link), packet.zxid());
            default -> {
                // Promises nothing.
            }
        }
    }

    private static void epochAccepted(MemberView member, long epoch) {
        Violation.unless(
                member.disk.acceptedEpoch() >= epoch,
                "Z10",
                "%s promises epoch %d, and its disk has %d",
                member,
                epoch,
                member.disk.acceptedEpoch());
    }

    private static void epochEntered(MemberView member, long epoch) {
        Violation.unless(
                member.disk.currentEpoch() == epoch,
                "Z10",
                "%s says that it has the history of epoch %d, and its disk says %d",
                member,
                epoch,
                member.disk.currentEpoch());
    }

    private static void acknowledged(MemberView member, Term term, long zxid) {
        if (Zxid.counter(zxid) == 0) {
            epochEntered(member, Zxid.epoch(zxid));
            historyHeld(member, term);
            return;
        }
        Violation.unless(member.disk.holds(zxid), "Z10", "%s acknowledges 0x%x before its disk has it", member, zxid);
        Violation.unless(
                zxid > term.lastAcked, "Z10", "%s acknowledges 0x%x behind 0x%x", member, zxid, term.lastAcked);
        term.lastAcked = zxid;
    }

    private static void historyHeld(MemberView member, Term term) {
        for (long zxid : term.received.headSet(term.initialEnd, true)) {
            Violation.unless(member.disk.holds(zxid), "Z10", "%s acknowledges a history and lacks 0x%x", member, zxid);
        }
        if (term.cutAt == NOTHING) {
            return;
        }
        Violation.unless(
                Zxid.counter(term.cutAt) == 0 || member.disk.holds(term.cutAt),
                "Z10",
                "%s acknowledges a history that begins at 0x%x, and lacks it",
                member,
                term.cutAt);
        for (long zxid : member.disk.txns().tailMap(term.cutAt, false).keySet()) {
            Violation.unless(
                    term.received.contains(zxid),
                    "Z10",
                    "%s acknowledges a history that was cut at 0x%x, and still has 0x%x",
                    member,
                    term.cutAt,
                    zxid);
        }
    }
}
