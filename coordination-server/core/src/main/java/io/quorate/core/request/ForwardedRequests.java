package io.quorate.core.request;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a learner has handed to its leader and has no answer for yet. A write comes back as the transaction with its
 * session and cxid, in the order of the session's writes; syncs are answered in the order in which they were sent; a
 * resumption by the session's id (quorum protocol 5.3, 5.6, 5.8).
 */
final class ForwardedRequests {

    /** A request and the connection that waits for it. */
    record Waiting(ClientLink link, PendingRequest request) {}

    /** By session, oldest first. Invariant: no queue is empty. */
    private final Map<Long, ArrayDeque<Waiting>> writes = new HashMap<>();

    private final ArrayDeque<Waiting> syncs = new ArrayDeque<>();
    /** By session. A later attempt replaces an earlier one, whose connection is closed by then or will be. */
    private final Map<Long, Waiting> resumptions = new HashMap<>();

    private int size;

    int size() {
        return size;
    }

    void write(long sessionId, ClientLink link, PendingRequest request) {
        writes.computeIfAbsent(sessionId, id -> new ArrayDeque<>()).addLast(new Waiting(link, request));
        size++;
    }

    void sync(ClientLink link, PendingRequest request) {
        syncs.addLast(new Waiting(link, request));
        size++;
    }

    /** @return the earlier attempt to resume the same session; null when there is none */
    @Nullable
    Waiting resumption(long sessionId, ClientLink link, PendingRequest request) {
        return resumptions.put(sessionId, new Waiting(link, request));
    }

    /** Takes the write that this transaction answers; null when it was not one of ours. */
    @Nullable
    Waiting takeWrite(long sessionId, int cxid) {
        ArrayDeque<Waiting> ofSession = writes.get(sessionId);
        if (ofSession == null || ofSession.getFirst().request.xid != cxid) {
            return null;
        }
        size--;
        Waiting head = ofSession.removeFirst();
        if (ofSession.isEmpty()) {
            writes.remove(sessionId);
        }
        return head;
    }

    /** Takes the oldest sync; null when there is none. */
    @Nullable
    Waiting takeSync() {
        size -= syncs.isEmpty() ? 0 : 1;
        return syncs.pollFirst();
    }

    @Nullable
    Waiting takeResumption(long sessionId) {
        return resumptions.remove(sessionId);
    }
}
