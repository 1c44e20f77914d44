package io.quorate.core.replica;

import io.quorate.core.port.ClientLinks;
import io.quorate.core.port.ClientOrigin;
import io.quorate.core.port.CloseReason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Connections that have come while nobody is served. They stay until they say what they want: operators ask in four
 * letters, which the edge answers whatever this server does. A client is told to go with the first that it says.
 */
final class WaitingLinks {

    /** Enough for the probes of a server that looks for a leader; whoever comes beyond is told to go at once. */
    private static final int MOST = 256;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final ClientLinks links;
    private final long patienceNanos;
    /** In the order in which they came, which is that of their deadlines. */
    private final Map<Long, Waiting> byLink = new LinkedHashMap<>();

    private record Waiting(ClientOrigin origin, long deadlineNanos) {}

    /** @param patienceMillis for which a connection may say nothing */
    WaitingLinks(ClientLinks links, int patienceMillis) {
        this.links = links;
        patienceNanos = patienceMillis * NANOS_PER_MILLI;
    }

    void add(long link, ClientOrigin origin, long nowNanos) {
        if (byLink.size() >= MOST) {
            links.close(link, CloseReason.NOT_SERVING);
        } else {
            byLink.put(link, new Waiting(origin, nowNanos + patienceNanos));
        }
    }

    /** The connection has said something, or has gone. @return whether it is one of these; it is no more */
    boolean remove(long link) {
        return byLink.remove(link) != null;
    }

    /** Somebody is served from now on: takes all of them, with their origins, in the order in which they came. */
    void handOver(BiConsumer<Long, ClientOrigin> to) {
        Map<Long, Waiting> all = new LinkedHashMap<>(byLink);
        byLink.clear();
        all.forEach((link, waiting) -> to.accept(link, waiting.origin));
    }

    void closeAll(CloseReason reason) {
        List<Long> all = new ArrayList<>(byLink.keySet());
        byLink.clear();
        all.forEach(link -> links.close(link, reason));
    }

    void onTime(long nowNanos) {
        while (nextDeadlineNanos() <= nowNanos) {
            long silent = byLink.keySet().iterator().next();
            byLink.remove(silent);
            links.close(silent, CloseReason.IDLE_WITHOUT_SESSION);
        }
    }

    long nextDeadlineNanos() {
        return byLink.isEmpty() ? Long.MAX_VALUE : byLink.values().iterator().next().deadlineNanos;
    }
}
