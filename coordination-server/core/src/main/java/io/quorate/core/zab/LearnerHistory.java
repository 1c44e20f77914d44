package io.quorate.core.zab;

import io.quorate.core.base.TurnTime;
import io.quorate.core.port.ServerEvents;
import io.quorate.core.txn.Txn;
import io.quorate.core.txn.TxnCodec;
import io.quorate.core.txn.Zxid;
import io.quorate.core.wire.MalformedRecord;
import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.peer.PacketType;
import io.quorate.core.wire.peer.QuorumPacket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The transactions that a learner gets from its leader: checked to follow each other, logged, committed in order,
 * acknowledged one by one (quorum protocol 4.6, 5.3). What breaks the order is no accident of the network: links are
 * FIFO. The learner then stops trusting its history or its leader.
 */
final class LearnerHistory {

    private final Database database;
    private final boolean observer;
    private final TurnTime time;
    private final ServerEvents events;
    /** Logged and not committed, oldest first. */
    private final ArrayDeque<Received> uncommitted = new ArrayDeque<>();
    /** To be acknowledged once durable, oldest first. */
    private final ArrayDeque<Received> unacknowledged = new ArrayDeque<>();
    /** Where the history begins that the leader sends; what it repeats from before is in a snapshot already. */
    private long base;

    private long committed;
    private boolean newLeader;
    /** The last transaction of the initial history. */
    private long initialEnd;

    private @Nullable String doubt;

    /** A proposal. @param madeMillis by the leader's clock @param nanos turn time of its arrival */
    private record Received(long zxid, long madeMillis, long nanos) {}

    LearnerHistory(Database database, boolean observer, TurnTime time, ServerEvents events) {
        this.database = database;
        this.observer = observer;
        this.time = time;
        this.events = events;
    }

    /** The base stands: what this server had, a part of it, or the leader's snapshot. */
    void begin() {
        base = database.position();
        committed = base;
    }

    /** Whether what the leader sends could be taken now. What is doubted is replaced before anything is logged. */
    boolean takesProposals() {
        return database.isDoubted() || database.takesAppends();
    }

    long committedZxid() {
        return committed;
    }

    /** Why what this server has cannot be relied upon any more; null while all is well. */
    @Nullable
    String doubt() {
        return doubt;
    }

    void onProposal(QuorumPacket packet) {
        if (observer && newLeader) {
            return; // live proposals are for voters
        }
        if (log(packet) && newLeader) {
            Received received = uncommitted.getLast();
            unacknowledged.addLast(received);
            events.proposalReceived(received.zxid, time.epochMillis() - received.madeMillis);
        }
    }

    /** @return false for what is in the base already */
    private boolean log(QuorumPacket packet) {
        long zxid = packet.zxid();
        if (zxid <= base) {
            return false;
        }
        byte[] payload = packet.data();
        if (payload == null) {
            throw new MalformedRecord("a proposal without a transaction");
        }
        if (!Zxid.follows(zxid, database.log().lastZxid())) {
            doubt = "the leader sent 0x" + Long.toHexString(zxid) + " behind 0x"
                    + Long.toHexString(database.log().lastZxid()) + ": something between them is missing";
            return false;
        }
        Txn txn = TxnCodec.read(ByteBuffer.wrap(payload));
        if (txn.zxid() != zxid) {
            throw new MalformedRecord("a proposal with the transaction of another zxid");
        }
        database.append(txn, payload);
        uncommitted.addLast(new Received(zxid, txn.timeMillis(), time.nanos()));
        return true;
    }

    void onCommit(long zxid) {
        if (zxid <= base || observer && newLeader) {
            return;
        }
        Received head = uncommitted.pollFirst();
        if (head == null || head.zxid != zxid) {
            throw new MalformedRecord("a commit of 0x" + Long.toHexString(zxid) + " where "
                    + (head == null ? "nothing" : "0x" + Long.toHexString(head.zxid)) + " comes next");
        }
        if (newLeader) {
            events.commitReceived(zxid, time.epochMillis() - head.madeMillis);
        }
        committed = zxid;
        database.commit(zxid);
    }

    /** A proposal and its commit in one: how observers get them. */
    void onInform(QuorumPacket packet) {
        if (log(packet)) {
            Received informed = uncommitted.removeLast();
            events.commitReceived(informed.zxid, time.epochMillis() - informed.madeMillis);
            committed = packet.zxid();
            database.commit(packet.zxid());
        }
    }

    /** The initial history is complete. What of it is not committed is acknowledged like any other proposal. */
    void onNewLeader() {
        newLeader = true;
        initialEnd = database.log().lastZxid();
        unacknowledged.addAll(uncommitted);
    }

    /** Whether the initial history is durable. */
    boolean isTakenOver() {
        return database.log().durableZxid() >= initialEnd;
    }

    /** Appends an acknowledgement for each proposal that has become durable since the last time. */
    void writeAcks(WireWriter out) {
        long durable = database.log().durableZxid();
        while (!unacknowledged.isEmpty() && unacknowledged.getFirst().zxid <= durable) {
            Received received = unacknowledged.removeFirst();
            QuorumPacket.of(PacketType.ACK, received.zxid).writeTo(out);
            events.proposalAcknowledged(received.zxid, time.nanos() - received.nanos);
        }
    }
}
