package io.quorate.simulation.server;

import io.quorate.simulation.client.Transport;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One connection: two FIFO directions, each of which may end before the other. What is under way when a direction ends
 * is lost, always the last part of what was sent.
 */
final class SimLink {

    static final long NEVER = Long.MAX_VALUE;

    final long id;
    final Transport.Peer peer;
    final String address;
    /** The client's handle of it. Set when it is made. */
    Transport.@Nullable Connection clientEnd;

    /** Arrivals behind this time are lost. */
    long toServerUntil = NEVER;

    long toClientUntil = NEVER;
    /** Arrival of the latest message in this direction: later ones come later. */
    long lastToServer;

    long lastToClient;
    /** Sent by the server in this turn: on its way once the turn is over. */
    final ArrayDeque<ByteBuffer> unflushed = new ArrayDeque<>();
    /** Frames that have arrived and are not read because the server has paused reading. */
    final ArrayDeque<ByteBuffer> unread = new ArrayDeque<>();

    boolean paused;
    /** The server has closed it. */
    boolean closedByServer;
    /** The server knows of it. */
    boolean opened;
    /** Bytes sent and not arrived at the client. */
    int underWayBytes;
    /** Whether the server has been told that the client reads slowly. */
    boolean congested;

    /** Tells the client what has arrived. */
    void tellClient(ByteBuffer frame) {
        Transport.Connection end = clientEnd;
        if (end != null) {
            peer.onFrame(end, frame);
        }
    }

    void tellClientClosed() {
        Transport.Connection end = clientEnd;
        if (end != null) {
            peer.onClosed(end);
        }
    }

    SimLink(long id, String address, Transport.Peer peer) {
        this.id = id;
        this.address = address;
        this.peer = peer;
    }
}
