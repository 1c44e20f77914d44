package io.quorate.core.port;

import java.nio.ByteBuffer;

/**
 * What happens on connections between members, told on the thread that owns the core, in its turn. A link begins with
 * {@link #onPeerAccepted}, or with {@link PeerLinks#connect} and then {@link #onPeerConnected}; each ends with one
 * {@link #onPeerClosed}, behind which nothing more is told of it.
 */
public interface PeerInputs {

    /**
     * Another member has connected to one of our ports.
     *
     * @param link names the link from now on; never used twice, for whatever purpose
     * @param address the other side's address in digits, without port and zone
     */
    void onPeerAccepted(long link, PeerLinks.Purpose purpose, String address);

    /** The connection that was asked for stands. */
    void onPeerConnected(long link);

    /** The next bytes, at least one, cut wherever the network pleases. They are to be used up before this returns. */
    void onPeerBytes(long link, ByteBuffer bytes);

    /**
     * Told on every change; a link is writable at first.
     *
     * @param writable false while much of what was sent has not been taken by the network; what is sent nevertheless is
     *     kept up to a bound, beyond which the link is closed
     */
    void onPeerWritable(long link, boolean writable);

    /** The link is gone, whoever closed it, or could not be made. */
    void onPeerClosed(long link);
}
