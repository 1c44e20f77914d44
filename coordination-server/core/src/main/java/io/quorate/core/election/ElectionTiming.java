package io.quorate.core.election;

/**
 * How patient an election is (quorum protocol 3.6). Local to a member: others need not use the same.
 *
 * @param finalizeWaitNanos how long a quorum's choice waits for a better candidate, unless nobody is left to name one
 * @param minNotificationNanos before what was said is said again for the first time
 * @param maxNotificationNanos to which that interval grows by doubling
 */
public record ElectionTiming(long finalizeWaitNanos, long minNotificationNanos, long maxNotificationNanos) {

    private static final long MILLI = 1_000_000;

    /** Less patient than the reference, which waits 200 ms for better candidates and backs off to a minute. */
    public static final ElectionTiming DEFAULTS = new ElectionTiming(50 * MILLI, 200 * MILLI, 2000 * MILLI);
}
