package io.quorate.core.request;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The order of one connection (client protocol 8.1): requests are answered as they came, and a read behind an
 * uncommitted write of its own session waits for it.
 */
final class SessionPipeline {

    /** Read and not answered, oldest first. */
    private final ArrayDeque<PendingRequest> waiting = new ArrayDeque<>();

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    int size() {
        return waiting.size();
    }

    void add(PendingRequest request) {
        waiting.addLast(request);
    }

    /** Takes the oldest request if it may be answered now that {@code appliedZxid} is in the tree; null otherwise. */
    @Nullable
    PendingRequest takeReady(long appliedZxid) {
        PendingRequest head = waiting.peekFirst();
        if (head == null || head.afterZxid > appliedZxid) {
            return null;
        }
        return waiting.removeFirst();
    }
}
