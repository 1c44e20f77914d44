package io.quorate.core.base;

/**
 * Every bound of the server. Nothing grows without one of these.
 *
 * @param maxFrameBytes largest frame a client may send ({@code jute.maxbuffer}); inclusive
 * @param extraRecordBytes slack for what a request becomes as a transaction ({@code jute.maxbuffer.extrasize})
 * @param maxOutstanding requests not answered yet, over all connections; beyond it busy connections are not read
 * @param maxLinks connections in all; 0 is no limit
 * @param maxLinksPerAddress connections from one address; 0 is no limit
 * @param maxLinkOutputBytes bytes a connection may leave unread before it is closed
 * @param idleHandshakeMillis how long a connection may stay without a session: before its handshake, and behind its end
 *     while the client takes the last replies
 * @param largeRequestBytes a request above this is large; -1 is off
 * @param maxLargeRequestBytes large requests in flight, in bytes; beyond it the connection is closed
 * @param maxWaitMillis requests that waited longer are refused unexecuted; 0 is off
 * @param maxWatches registrations in all; a read that would add one more is refused unexecuted
 * @param maxReplyBytes size of one reply; a read whose reply would be larger is refused
 * @param maxIdentities credentials that one connection may hold, its address included; a further one fails
 * @param maxIdentityChars length of all of them together; one that would exceed it fails
 * @param maxInProcess requests that wait for a transaction, over all connections; while there are as many, no frame of
 *     any connection is looked at; 0 is off
 */
public record Limits(
        int maxFrameBytes,
        int extraRecordBytes,
        int maxOutstanding,
        int maxLinks,
        int maxLinksPerAddress,
        long maxLinkOutputBytes,
        int idleHandshakeMillis,
        int largeRequestBytes,
        long maxLargeRequestBytes,
        int maxWaitMillis,
        int maxWatches,
        int maxReplyBytes,
        int maxIdentities,
        int maxIdentityChars,
        int maxInProcess) {

    private static final int JUTE_MAX_BUFFER = 0xfffff;

    /** What the reference does when nothing is configured; where it has no bound, one that nobody meets by accident. */
    public static final Limits DEFAULTS = new Limits(
            JUTE_MAX_BUFFER,
            JUTE_MAX_BUFFER,
            1000,
            0,
            60,
            64L << 20,
            10_000,
            -1,
            100L << 20,
            0,
            10_000_000,
            128 << 20,
            256,
            64 << 10,
            0);

    /** Largest record that can be read back from the log or a peer. */
    public int maxRecordBytes() {
        return (int) Math.min(Integer.MAX_VALUE, (long) maxFrameBytes + Math.max(1024, extraRecordBytes));
    }
}
