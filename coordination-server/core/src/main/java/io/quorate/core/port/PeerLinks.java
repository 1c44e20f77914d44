package io.quorate.core.port;

import java.nio.ByteBuffer;

/**
 * Commands to connections between members. A link carries a stream of bytes in order, as TCP does; where one message
 * ends is the core's business. What comes back is told to {@link PeerInputs}. Commands to a link that is already gone
 * are ignored.
 */
public interface PeerLinks {

    /** What a connection is for: each has a port of its own. */
    enum Purpose {
        ELECTION,
        QUORUM
    }

    /**
     * Begins to connect. The host name is resolved anew, so that a member that has moved is found. Ends in one
     * {@code onPeerConnected}, or in {@code onPeerClosed} when nobody answers. What is sent meanwhile leaves when the
     * connection stands.
     *
     * @param host a name, or an address in digits
     * @param timeoutMillis after which the attempt is given up, finding the address included; positive
     * @return names the link from now on; never used twice
     */
    long connect(Purpose purpose, String host, int port, int timeoutMillis);

    /** Sends bytes behind everything sent before. They are copied before this returns. */
    void send(long link, ByteBuffer bytes);

    /**
     * Closes behind everything sent so far, or without it when the other side does not take it within a few seconds; an
     * attempt to connect is given up at once. No input arrives from this link any more but its {@code onPeerClosed}.
     */
    void close(long link);

    /** Stops reading from the socket; bytes that have been read already still arrive. */
    void pauseReading(long link);

    void resumeReading(long link);
}
