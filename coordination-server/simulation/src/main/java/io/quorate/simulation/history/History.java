package io.quorate.simulation.history;

import io.quorate.simulation.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The whole run as its clients saw it. Checks at once what needs no model: the order of replies, the zxids of a
 * session, and real time.
 */
public final class History {

    private final List<Invocation> invocations = new ArrayList<>();
    private final Map<Integer, Invocation> byXid = new HashMap<>();
    private final List<Conversation> conversations = new ArrayList<>();
    /** Sessions that clients were given, with the timeout they were told last. */
    private final Map<Long, Integer> timeouts = new TreeMap<>();
    /** Sessions that clients were told are no more. */
    private final TreeSet<Long> refused = new TreeSet<>();
    /** Highest zxid seen by each session. */
    private final Map<Long, Long> seen = new HashMap<>();

    /** Whether a read may be answered by a server that does not know yet what others do. */
    private final boolean localReads;

    private int lastXid;
    /** Highest zxid that any client has been told. */
    private long highestTold;
    /** Highest of these that is a transaction's: a leader's zxid at the beginning of its term is nobody else's. */
    private long lastTransactionTold;

    /** @param localReads whether there are several servers, each of which answers reads from what it has */
    public History(boolean localReads) {
        this.localReads = localReads;
    }

    public Invocation invoke(long session, Request request, long nowNanos) {
        long floor = request instanceof Request.Sync ? lastTransactionTold : highestTold;
        Invocation invocation = new Invocation(++lastXid, session, request, nowNanos, floor);
        invocations.add(invocation);
        byXid.put(invocation.xid(), invocation);
        return invocation;
    }

    /** A reply has arrived for the oldest request of its connection. */
    public void answered(Conversation conversation, Invocation invocation, long zxid, Answer answer) {
        long before = seen.getOrDefault(invocation.session(), 0L);
        invocation.answered(zxid, answer);
        conversation.received().add(new Received.Reply(invocation));
        Violation.unless(zxid >= before, "C2", "the session has seen 0x%x already: %s", before, invocation);
        Violation.unless(
                zxid >= invocation.floorZxid() || mayBeOlder(invocation),
                "L1",
                "somebody had been told 0x%x before this was sent: %s",
                invocation.floorZxid(),
                invocation);
        seen.put(invocation.session(), zxid);
        highestTold = Math.max(highestTold, zxid);
        if ((int) zxid != 0) {
            lastTransactionTold = Math.max(lastTransactionTold, zxid);
        }
    }

    /** A read is answered from what its server has; a sync is as fresh as whatever anybody had been told. */
    private boolean mayBeOlder(Invocation invocation) {
        Request request = invocation.request();
        return localReads && !request.isWrite() && !(request instanceof Request.Sync);
    }

    public void lost(Invocation invocation) {
        invocation.lost();
    }

    /** @param sent requests that went out behind the handshake */
    public Conversation connected(long link, long session, int timeoutMillis, Iterable<Invocation> sent) {
        sent.forEach(invocation -> invocation.bind(session));
        timeouts.put(session, timeoutMillis);
        Conversation conversation = new Conversation(link, session);
        conversations.add(conversation);
        return conversation;
    }

    public void sessionRefused(long session) {
        refused.add(session);
    }

    /** Whether a session's client has asked for its end, whatever became of that. */
    public boolean hasAskedToClose(long session) {
        for (Invocation invocation : invocations) {
            if (invocation.session() == session && invocation.request() instanceof Request.CloseSession) {
                return true;
            }
        }
        return false;
    }

    /** The timeout that the session's client relies on, in milliseconds; -1 for a session that no client knows. */
    public int timeoutMillis(long session) {
        return timeouts.getOrDefault(session, -1);
    }

    public @Nullable Invocation withXid(int xid) {
        return byXid.get(xid);
    }

    public List<Invocation> invocations() {
        return invocations;
    }

    public List<Conversation> conversations() {
        return conversations;
    }

    public Iterable<Long> knownSessions() {
        return timeouts.keySet();
    }

    public Iterable<Long> refusedSessions() {
        return refused;
    }
}
