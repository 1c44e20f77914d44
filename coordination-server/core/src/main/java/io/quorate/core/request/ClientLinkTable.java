package io.quorate.core.request;

import io.quorate.core.port.ClientLinks;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The client connections of this replica, in the order in which they were opened. */
final class ClientLinkTable {

    private final Map<Long, ClientLink> byId = new LinkedHashMap<>();
    private final Map<String, Integer> perAddress = new HashMap<>();
    private final ClientLinks port;

    ClientLinkTable(ClientLinks port) {
        this.port = port;
    }

    void add(ClientLink link) {
        byId.put(link.id, link);
        perAddress.merge(link.address, 1, Integer::sum);
    }

    @Nullable
    ClientLink find(long id) {
        return byId.get(id);
    }

    @Nullable
    ClientLink remove(long id) {
        ClientLink link = byId.remove(id);
        if (link != null) {
            perAddress.computeIfPresent(link.address, (address, count) -> count == 1 ? null : count - 1);
        }
        return link;
    }

    /** Connections from this address, closing ones included. */
    int countOf(String address) {
        return perAddress.getOrDefault(address, 0);
    }

    Collection<ClientLink> all() {
        return byId.values();
    }

    int size() {
        return byId.size();
    }

    void pause(ClientLink link) {
        if (!link.paused) {
            link.paused = true;
            port.pauseReading(link.id);
        }
    }

    /** Reads on once the connection owes us nothing: all its requests are answered and it takes the answers. */
    void resumeIfDrained(ClientLink link) {
        boolean drained = link.pipeline.isEmpty() && link.heldFrames.isEmpty();
        if (link.paused && link.writable && drained && link.phase == ClientLink.Phase.SERVING) {
            link.paused = false;
            port.resumeReading(link.id);
        }
    }
}
