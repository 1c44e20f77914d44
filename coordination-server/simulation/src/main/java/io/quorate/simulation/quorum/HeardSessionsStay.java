package io.quorate.simulation.quorum;

import io.quorate.core.wire.peer.PacketType;
import io.quorate.core.wire.peer.QuorumPacket;
import io.quorate.simulation.Violation;
import io.quorate.simulation.history.Conversation;
import io.quorate.simulation.history.History;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * C4: a leader lets no session expire within its timeout after it has heard of it in its term: from the client itself,
 * or from the learner that serves it.
 */
final class HeardSessionsStay implements QuorumInvariant {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int TOUCH_BYTES = Long.BYTES + Integer.BYTES;

    private final History history;
    private final Map<Long, Term> terms = new HashMap<>();

    /** What a leader has heard in its term, on its clock. */
    private static final class Term {
        private final long beganNanos;
        private final Map<Long, Long> sessions = new HashMap<>();
        private final Map<Long, Long> links = new HashMap<>();

        private Term(long beganNanos) {
            this.beganNanos = beganNanos;
        }
    }

    HeardSessionsStay(History history) {
        this.history = history;
    }

    @Override
    public void leads(MemberView leader, long epoch) {
        terms.put(leader.id, new Term(leader.nowNanos));
    }

    @Override
    public void died(MemberView member) {
        terms.remove(member.id);
    }

    /** A client's frame was read. */
    void heard(MemberView member, long link) {
        Term term = terms.get(member.id);
        if (term != null) {
            term.links.put(link, member.nowNanos);
        }
    }

    @Override
    public void received(MemberView member, long link, QuorumPacket packet) {
        Term term = terms.get(member.id);
        byte[] data = packet.data();
        boolean touches = packet.type() == PacketType.PING || packet.type() == PacketType.REVALIDATE;
        if (term == null || data == null || !touches) {
            return;
        }
        ByteBuffer in = ByteBuffer.wrap(data);
        while (in.remaining() >= TOUCH_BYTES) {
            term.sessions.put(in.getLong(), member.nowNanos);
            in.getInt();
        }
    }

    void expired(MemberView member, long sessionId, int timeoutMillis) {
        Term term = terms.get(member.id);
        Violation.unless(term != null, "C4", "%s lets 0x%x expire in a term that it does not lead", member, sessionId);
        if (history.hasAskedToClose(sessionId)) {
            return; // from then on it is not to be kept
        }
        long told = Math.max(timeoutMillis, history.timeoutMillis(sessionId));
        long heard = Math.max(term.beganNanos, term.sessions.getOrDefault(sessionId, 0L));
        for (Conversation conversation : history.conversations()) {
            if (conversation.session() == sessionId) {
                heard = Math.max(heard, term.links.getOrDefault(conversation.link(), 0L));
            }
        }
        Violation.unless(
                member.nowNanos - heard >= told * NANOS_PER_MILLI,
                "C4",
                "0x%x with a timeout of %d ms expires at %s %.3f ms after it was heard of",
                sessionId,
                told,
                member,
                (member.nowNanos - heard) / 1e6);
    }
}
