package io.quorate.core.base;

/**
 * Every bound of the server. Nothing grows without one of these.
 *
 * @param frames how much one request or reply may be
 * @param links how many connections there may be, and what one of them may cost
 * @param requests how much work may be under way
 * @param maxWatches registrations in all; a read that would add one more is refused unexecuted
 */
public record Limits(Frames frames, Links links, Requests requests, int maxWatches) {

    private static final int JUTE_MAX_BUFFER = 0xfffff;

    /** What the reference does when nothing is configured; where it has no bound, one that nobody meets by accident. */
    public static final Limits DEFAULTS = new Limits(
            new Frames(JUTE_MAX_BUFFER, JUTE_MAX_BUFFER, 128 << 20),
            new Links(0, 60, 64L << 20, 10_000, 256, 64 << 10),
            new Requests(1000, 0, 0, -1, 100L << 20),
            10_000_000);

    /** Largest record that can be read back from the log or a peer. */
    public int maxRecordBytes() {
        return (int) Math.min(Integer.MAX_VALUE, (long) frames.maxBytes + Math.max(1024, frames.extraRecordBytes));
    }

    public Limits withFrames(Frames newFrames) {
        return new Limits(newFrames, links, requests, maxWatches);
    }

    public Limits withLinks(Links newLinks) {
        return new Limits(frames, newLinks, requests, maxWatches);
    }

    public Limits withRequests(Requests newRequests) {
        return new Limits(frames, links, newRequests, maxWatches);
    }

    /**
     * @param maxBytes largest frame a client may send ({@code jute.maxbuffer}); inclusive
     * @param extraRecordBytes slack for what a request becomes as a transaction ({@code jute.maxbuffer.extrasize})
     * @param maxReplyBytes size of one reply; a read whose reply would be larger is refused
     */
    public record Frames(int maxBytes, int extraRecordBytes, int maxReplyBytes) {}

    /**
     * @param max connections in all; 0 is no limit
     * @param maxPerAddress connections from one address; 0 is no limit
     * @param maxOutputBytes bytes a connection may leave unread before it is closed
     * @param idleHandshakeMillis how long a connection may stay without a session: before its handshake, and behind its
     *     end while the client takes the last replies
     * @param maxIdentities credentials that one connection may hold, its address included; a further one fails
     * @param maxIdentityChars length of all of them together; one that would exceed it fails
     */
    public record Links(
            int max,
            int maxPerAddress,
            long maxOutputBytes,
            int idleHandshakeMillis,
            int maxIdentities,
            int maxIdentityChars) {

        public Links withMaxPerAddress(int connections) {
            return new Links(max, connections, maxOutputBytes, idleHandshakeMillis, maxIdentities, maxIdentityChars);
        }

        public Links withMaxOutputBytes(long bytes) {
            return new Links(max, maxPerAddress, bytes, idleHandshakeMillis, maxIdentities, maxIdentityChars);
        }

        public Links withIdleHandshakeMillis(int millis) {
            return new Links(max, maxPerAddress, maxOutputBytes, millis, maxIdentities, maxIdentityChars);
        }
    }

    /**
     * @param maxOutstanding requests not answered yet, over all connections; beyond it busy connections are not read
     * @param maxInProcess requests that wait for a transaction, over all connections; while there are as many, no frame
     *     of any connection is looked at; 0 is off
     * @param maxWaitMillis requests that waited longer are refused unexecuted; 0 is off
     * @param largeBytes a request above this is large; -1 is off
     * @param maxLargeBytes large requests in flight, in bytes; beyond it the connection is closed
     */
    public record Requests(
            int maxOutstanding, int maxInProcess, int maxWaitMillis, int largeBytes, long maxLargeBytes) {

        public Requests withMaxInProcess(int requests) {
            return new Requests(maxOutstanding, requests, maxWaitMillis, largeBytes, maxLargeBytes);
        }
    }
}
