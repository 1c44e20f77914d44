package io.quorate.core.port;

import java.nio.ByteBuffer;

/**
 * Commands to client connections. A link is named by the number that {@code onClientOpened} introduced; commands to a
 * link that is already gone are ignored. Order per link is kept.
 */
public interface ClientLinks {

    /** Sends one encoded message. The bytes are copied before this returns. */
    void send(long link, ByteBuffer message);

    /**
     * Closes behind everything sent so far. No further input arrives from this link except its {@code onClientClosed}.
     */
    void close(long link, CloseReason reason);

    /** Stops reading from the socket; frames that have been read already still arrive. */
    void pauseReading(long link);

    void resumeReading(long link);
}
