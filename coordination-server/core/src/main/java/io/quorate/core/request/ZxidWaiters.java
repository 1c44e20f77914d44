package io.quorate.core.request;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The requests, over all connections, that wait for a zxid to be applied. Zxids never decrease along the queue. */
final class ZxidWaiters {

    /** @param afterZxid a copy of the request's, since a request is answered, and forgotten, by its connection */
    record Waiter(long afterZxid, ClientLink link, PendingRequest request) {}

    private final ArrayDeque<Waiter> queue = new ArrayDeque<>();

    void await(ClientLink link, PendingRequest request) {
        queue.addLast(new Waiter(request.afterZxid, link, request));
    }

    /** Takes the oldest that need wait no longer, or null. */
    @Nullable
    Waiter takeReady(long appliedZxid) {
        Waiter head = queue.peekFirst();
        return head != null && head.afterZxid <= appliedZxid ? queue.removeFirst() : null;
    }

    int size() {
        return queue.size();
    }
}
