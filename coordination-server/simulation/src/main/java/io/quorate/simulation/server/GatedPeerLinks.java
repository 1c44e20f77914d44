package io.quorate.simulation.server;

import io.quorate.core.port.PeerLinks;
import java.nio.ByteBuffer;

/** Connections to other members that a dying server no longer reaches. */
final class GatedPeerLinks implements PeerLinks {

    /** A link that nothing is ever told of: who asked for it is dead. */
    private static final long NO_LINK = Long.MAX_VALUE;

    private final PeerLinks links;
    private final KillGate gate;

    GatedPeerLinks(PeerLinks links, KillGate gate) {
        this.links = links;
        this.gate = gate;
    }

    @Override
    public long connect(Purpose purpose, String host, int port, int timeoutMillis) {
        return gate.pass() ? links.connect(purpose, host, port, timeoutMillis) : NO_LINK;
    }

    @Override
    public void send(long link, ByteBuffer bytes) {
        if (gate.pass()) {
            links.send(link, bytes);
        }
    }

    @Override
    public void close(long link) {
        if (gate.pass()) {
            links.close(link);
        }
    }

    @Override
    public void pauseReading(long link) {
        if (gate.pass()) {
            links.pauseReading(link);
        }
    }

    @Override
    public void resumeReading(long link) {
        if (gate.pass()) {
            links.resumeReading(link);
        }
    }
}
