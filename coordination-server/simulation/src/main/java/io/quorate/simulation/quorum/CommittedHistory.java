package io.quorate.simulation.quorum;

import io.quorate.core.txn.Zxid;
import io.quorate.core.wire.peer.PacketType;
import io.quorate.core.wire.peer.QuorumPacket;
import io.quorate.simulation.Violation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The canonical history, made as it is committed: a leader's whole history when its term is established, then whatever
 * it announces. With it Z3 (one sequence), Z5 and Z6 (its order), Z8 (a quorum of disks has it by then) and Z9 (every
 * later leader has all of it).
 */
final class CommittedHistory implements QuorumInvariant {

    /** @param payload as it is logged */
    record Entry(long zxid, byte[] payload) {}

    private final Collection<MemberView> members;
    private final ProposedByItsLeader proposals;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Long, Integer> positions = new HashMap<>();
    /** Epochs that were established, and how many transactions there were by then. */
    private final Map<Long, Integer> epochs = new HashMap<>();
    /** What leaders have proposed, for those transactions that every log has dropped since. */
    private final Map<Long, byte[]> proposed = new HashMap<>();

    /** The latest one that was established; 0 before the first. */
    private long lastEpoch;

    private long voters;

    /** @param members filled later, before anything happens */
    CommittedHistory(Collection<MemberView> members, ProposedByItsLeader proposals) {
        this.members = members;
        this.proposals = proposals;
    }

    List<Entry> entries() {
        return entries;
    }

    /** How many transactions were committed when an epoch was established, by epoch. */
    Map<Long, Integer> epochs() {
        return epochs;
    }

    /** 0 before the first. */
    long lastZxid() {
        return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).zxid;
    }

    /** As it was committed; null where it was not. */
    byte @Nullable [] payload(long zxid) {
        Integer position = positions.get(zxid);
        return position == null ? null : entries.get(position).payload;
    }

    /** The position of the first entry behind a zxid. */
    int firstBehind(long zxid) {
        int low = 0;
        int high = entries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries.get(middle).zxid <= zxid) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public void leads(MemberView leader, long epoch) {
        for (int i = firstBehind(leader.disk.snapshotZxid()); i < entries.size(); i++) {
            Entry entry = entries.get(i);
            byte[] held = leader.disk.payload(entry.zxid);
            Violation.unless(
                    held != null, "Z9", "%s leads epoch %d without the committed 0x%x", leader, epoch, entry.zxid);
            Violation.unless(
                    Arrays.equals(held, entry.payload),
                    "Z3",
                    "%s leads epoch %d with another 0x%x",
                    leader,
                    epoch,
                    entry.zxid);
        }
        // Whatever else a leader brings was proposed by the last leader before it, and is committed by this.
        long last = leader.disk.lastZxid();
        while (last > 0 && Zxid.counter(last) != 0 && lastZxid() < last) {
            long next = Zxid.epoch(lastZxid()) == Zxid.epoch(last) ? lastZxid() + 1 : Zxid.of(Zxid.epoch(last), 1);
            commit(leader, next);
        }
        epochs.put(epoch, entries.size());
        lastEpoch = Math.max(lastEpoch, epoch);
    }

    @Override
    public void committed(MemberView leader, long zxid) {
        commit(leader, zxid);
    }

    @Override
    public void sent(MemberView member, long link, QuorumPacket packet) {
        if (packet.type() == PacketType.PROPOSAL && packet.data() != null && !proposed.containsKey(packet.zxid())) {
            proposed.put(packet.zxid(), packet.data());
        }
        boolean commits = packet.type() == PacketType.COMMIT || packet.type() == PacketType.INFORM;
        if (commits && member.leads != MemberView.NO_EPOCH) {
            commit(member, packet.zxid());
        }
    }

    /** Told once or more for each: announced to each learner, and told to the world. */
    private void commit(MemberView leader, long zxid) {
        if (zxid <= lastZxid()) {
            Violation.unless(positions.containsKey(zxid), "Z3", "%s commits 0x%x, which was passed over", leader, zxid);
            return;
        }
        Violation.unless(Zxid.follows(zxid, lastZxid()), "Z3", "%s commits 0x%x behind 0x%x", leader, zxid, lastZxid());
        Violation.unless(
                Zxid.epoch(zxid) == lastEpoch,
                "Z6",
                "%s commits 0x%x although epoch %d has been established",
                leader,
                zxid,
                lastEpoch);
        Violation.unless(proposals.knows(zxid), "Z4", "%s commits 0x%x, which nobody has proposed", leader, zxid);
        byte[] payload = null;
        long holders = 0;
        for (MemberView member : members) {
            if (!member.disk.holds(zxid)) {
                continue;
            }
            holders += member.voter ? 1 : 0;
            byte[] held = member.disk.payload(zxid);
            if (held != null) {
                Violation.unless(
                        payload == null || Arrays.equals(payload, held), "Z3", "0x%x is not the same everywhere", zxid);
                payload = held;
            }
        }
        Violation.unless(
                2 * holders > voters(), "Z8", "%s commits 0x%x, which %d voters hold durably", leader, zxid, holders);
        byte[] known = payload == null ? proposed.get(zxid) : payload;
        Violation.unless(known != null, "simulation", "nobody has seen 0x%x", zxid);
        positions.put(zxid, entries.size());
        entries.add(new Entry(zxid, known));
    }

    private long voters() {
        if (voters == 0) {
            for (MemberView member : members) {
                voters += member.voter ? 1 : 0;
            }
        }
        return voters;
    }
}
