package io.quorate.core.port;

import io.quorate.core.port.PeerLinks.Purpose;
import java.nio.ByteBuffer;

/** What happens on connections between members, told on the replica thread, within a turn. */
public interface PeerInputs {

    /**
     * A member, or whoever else, has connected to one of our ports.
     *
     * @param link names the connection from now on; never used twice
     * @param address the other side's address without port
     */
    void onPeerAccepted(long link, Purpose purpose, String address);

    /** A connection that was asked for stands. */
    void onPeerConnected(long link);

    /** Bytes have arrived, any number, in order. They are the caller's again when this returns. */
    void onPeerBytes(long link, ByteBuffer bytes);

    /** The link takes output again, or has stopped taking it. */
    void onPeerWritable(long link, boolean writable);

    /** The link is gone, or never came to be. Told once per link, as its last input. */
    void onPeerClosed(long link);
}
