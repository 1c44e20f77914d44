package io.quorate.core.request;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The requests, over all connections, that wait for a zxid to be applied. */
final class ZxidWaiters {

    /** @param afterZxid a copy of the request's, since a request is answered, and forgotten, by its connection */
    record Waiter(long afterZxid, ClientLink link, PendingRequest request) {}

    /** In the order of proposals. A session's resumption may stand behind younger ones, and then waits for them too. */
    private final ArrayDeque<Waiter> proposed = new ArrayDeque<>();
    /** Those that the leader has let go on behind what was committed then. Zxids never decrease along it. */
    private final ArrayDeque<Waiter> released = new ArrayDeque<>();

    /** A request waits for its own transaction, the last that was proposed; or for its session's creation. */
    void await(ClientLink link, PendingRequest request) {
        proposed.addLast(waiter(link, request));
    }

    /** The leader lets a request go on behind a transaction of others, older perhaps than those proposed since. */
    void awaitReleased(ClientLink link, PendingRequest request) {
        released.addLast(waiter(link, request));
    }

    private static Waiter waiter(ClientLink link, PendingRequest request) {
        return new Waiter(request.afterZxid, link, request);
    }

    /** Takes one that need wait no longer, or null; of two that wait for the same it is the one that proposed it. */
    @Nullable
    Waiter takeReady(long appliedZxid) {
        Waiter ready = takeReady(proposed, appliedZxid);
        return ready != null ? ready : takeReady(released, appliedZxid);
    }

    private static @Nullable Waiter takeReady(ArrayDeque<Waiter> queue, long appliedZxid) {
        Waiter head = queue.peekFirst();
        return head != null && head.afterZxid <= appliedZxid ? queue.removeFirst() : null;
    }

    int size() {
        return proposed.size() + released.size();
    }
}
