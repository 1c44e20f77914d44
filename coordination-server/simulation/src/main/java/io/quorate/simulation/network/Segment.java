package io.quorate.simulation.network;

import java.nio.ByteBuffer;

/**
 * What travels in one direction of a connection.
 *
 * @param bytes empty but for {@link Kind#BYTES}
 * @param arrivalNanos not before this time
 */
record Segment(Kind kind, ByteBuffer bytes, long arrivalNanos) {

    enum Kind {
        /** The other side has accepted. */
        CONNECTED,
        BYTES,
        /** An orderly end, behind everything. */
        END,
        /** The connection is broken. */
        RESET
    }
}
