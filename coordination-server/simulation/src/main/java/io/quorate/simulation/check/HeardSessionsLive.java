package io.quorate.simulation.check;

import io.quorate.core.replica.ReplicaStatus;
import io.quorate.simulation.Violation;
import io.quorate.simulation.history.Conversation;
import io.quorate.simulation.history.History;
import java.util.HashMap;
import java.util.Map;

/** C4: no session expires while the server hears from it within the timeout that its client was told. */
final class HeardSessionsLive implements Invariant {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final History history;
    /** When each link was heard last, on the server's clock. */
    private final Map<Long, Long> heardByLink = new HashMap<>();
    /** When this server began, and so cannot have heard anybody before. */
    private long startedNanos;

    private long nowNanos;

    HeardSessionsLive(History history) {
        this.history = history;
    }

    @Override
    public void recovered(ReplicaStatus status, long startNanos) {
        startedNanos = startNanos;
        nowNanos = startNanos;
        heardByLink.clear();
    }

    @Override
    public void heard(long link, long heardNanos) {
        heardByLink.put(link, heardNanos);
    }

    @Override
    public void turnBegins(long turnNanos) {
        nowNanos = turnNanos;
    }

    @Override
    public void sessionExpired(long sessionId, int timeoutMillis) {
        int told = Math.max(timeoutMillis, history.timeoutMillis(sessionId));
        long heard = startedNanos;
        for (Conversation conversation : history.conversations()) {
            if (conversation.session() == sessionId) {
                heard = Math.max(heard, heardByLink.getOrDefault(conversation.link(), 0L));
            }
        }
        Violation.unless(
                nowNanos - heard >= told * NANOS_PER_MILLI,
                "C4",
                "0x%x with a timeout of %d ms expires %.3f ms after it was heard",
                sessionId,
                told,
                (nowNanos - heard) / 1e6);
    }
}
