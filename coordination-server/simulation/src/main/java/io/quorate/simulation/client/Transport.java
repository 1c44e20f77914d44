package io.quorate.simulation.client;

import java.nio.ByteBuffer;

/** The network as clients meet it. Nothing is delivered during a call, but later, in virtual time. */
public interface Transport {

    /** How many servers there are to choose from. */
    int servers();

    /**
     * Starts connecting; frames may be sent at once and wait.
     *
     * @param server counted from 0
     * @param address the client's own
     */
    Connection connect(int server, String address, Peer peer);

    /** The client's end of a connection. */
    interface Connection {
        long link();

        /** @param frame without its length prefix */
        void send(ByteBuffer frame);

        /** Nothing arrives afterwards, {@link Peer#onClosed} included. */
        void close();
    }

    /** Who is told what comes back. */
    interface Peer {
        /** @param frame without its length prefix */
        void onFrame(Connection connection, ByteBuffer frame);

        /** The other side is gone, or was never there. */
        void onClosed(Connection connection);
    }
}
