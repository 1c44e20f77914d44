package io.quorate.simulation.network;

import io.quorate.core.port.PeerLinks.Purpose;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A machine on the network, which outlives its server. */
final class SimHost {

    final long node;
    String name;
    final Map<Purpose, Integer> ports = new EnumMap<>(Purpose.class);
    /** The server's edge; null while no server runs. */
    @Nullable
    SimPeerLinks life;

    /** Whether the system refuses connections although a server listens. */
    boolean refusing;

    /** Whether the machine is off, so that nobody even refuses. */
    boolean silent;

    SimHost(long node, String name) {
        this.node = node;
        this.name = name;
    }

    @Nullable
    Purpose purposeOf(int port) {
        for (Map.Entry<Purpose, Integer> entry : ports.entrySet()) {
            if (entry.getValue() == port) {
                return entry.getKey();
            }
        }
        return null;
    }
}
