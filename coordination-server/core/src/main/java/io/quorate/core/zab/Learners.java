package io.quorate.core.zab;

import io.quorate.core.port.PeerLinks;
import io.quorate.core.port.ServerEvents;
import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.peer.PacketType;
import io.quorate.core.wire.peer.QuorumPacket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The learners of a leader, in the order in which they came, and what is said to them. */
final class Learners {

    private static final int KEPT_BYTES = 1 << 20;

    private final PeerLinks port;
    private final ServerEvents events;
    private final Map<Long, LearnerLink> byLink = new LinkedHashMap<>();
    private final WireWriter out = new WireWriter(4096);

    Learners(PeerLinks port, ServerEvents events) {
        this.port = port;
        this.events = events;
    }

    void add(LearnerLink learner) {
        byLink.put(learner.link, learner);
    }

    @Nullable
    LearnerLink find(long link) {
        return byLink.get(link);
    }

    @Nullable
    LearnerLink remove(long link) {
        return byLink.remove(link);
    }

    /** Gives one up. @param reason for the operator */
    void drop(LearnerLink learner, String reason) {
        byLink.remove(learner.link);
        port.close(learner.link);
        events.learnerLeft(learner.serverId, reason);
    }

    /** Another connection of the same server; the newest one counts. */
    @Nullable
    LearnerLink otherOf(LearnerLink newest) {
        for (LearnerLink learner : byLink.values()) {
            if (learner != newest && learner.serverId == newest.serverId) {
                return learner;
            }
        }
        return null;
    }

    Collection<LearnerLink> all() {
        return byLink.values();
    }

    /** A copy that may be walked while learners go. */
    List<LearnerLink> copy() {
        return new ArrayList<>(byLink.values());
    }

    /** Voters that are connected and have been heard in time, and the leader. */
    TreeSet<Long> alive(long self, long nowNanos) {
        TreeSet<Long> alive = new TreeSet<>();
        alive.add(self);
        for (LearnerLink learner : byLink.values()) {
            if (learner.voter && nowNanos <= learner.deadlineNanos) {
                alive.add(learner.serverId);
            }
        }
        return alive;
    }

    /** Visits those that have said who they are, in the order in which they came. */
    void forEachKnown(long lastProposed, LearnerVisitor visitor) {
        for (LearnerLink learner : byLink.values()) {
            if (learner.stage != LearnerLink.Stage.AWAITING_INFO) {
                boolean serving = learner.stage == LearnerLink.Stage.SERVING;
                visitor.visit(learner.serverId, learner.observer, serving, learner.lag(lastProposed), learner.how);
            }
        }
    }

    /** A sign of life to everyone who is not in the middle of a snapshot. */
    void ping(long zxid) {
        for (LearnerLink learner : byLink.values()) {
            if (learner.isForwarding()) {
                send(learner, QuorumPacket.of(PacketType.PING, zxid));
            }
        }
    }

    void send(LearnerLink learner, QuorumPacket packet) {
        out.clear(KEPT_BYTES);
        packet.writeTo(out);
        port.send(learner.link, out.written());
    }

    void send(LearnerLink learner, ByteBuffer bytes) {
        port.send(learner.link, bytes);
    }

    /** For packets that are put together by the caller, many in one piece. */
    WireWriter writer() {
        out.clear(KEPT_BYTES);
        return out;
    }
}
