package io.quorate.simulation.server;

import io.quorate.core.port.ClientLinks;
import io.quorate.core.port.CloseReason;
import java.nio.ByteBuffer;

/** Connections that a dying server no longer reaches. */
final class GatedLinks implements ClientLinks {

    private final ClientLinks links;
    private final KillGate gate;

    GatedLinks(ClientLinks links, KillGate gate) {
        this.links = links;
        this.gate = gate;
    }

    @Override
    public void send(long link, ByteBuffer message) {
        if (gate.pass()) {
            links.send(link, message);
        }
    }

    @Override
    public void close(long link, CloseReason reason) {
        if (gate.pass()) {
            links.close(link, reason);
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
