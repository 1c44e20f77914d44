package io.quorate.core.election;

/**
 * How patient the election connections are (quorum protocol 2.3).
 *
 * @param connectTimeoutMillis for one attempt to connect; positive
 * @param handshakeTimeoutNanos in which whoever connects must say who it is
 * @param redialPauseNanos between two attempts to reach the same member, at least; one more may answer its own
 */
public record MeshTiming(int connectTimeoutMillis, long handshakeTimeoutNanos, long redialPauseNanos) {

    private static final long MILLI = 1_000_000;

    public static final MeshTiming DEFAULTS = new MeshTiming(5000, 10_000 * MILLI, 50 * MILLI);
}
