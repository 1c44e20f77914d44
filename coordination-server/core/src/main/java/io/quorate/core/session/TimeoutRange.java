package io.quorate.core.session;

/**
 * The session timeouts that this server grants (client protocol 2.6).
 *
 * @param minMillis not negative
 * @param maxMillis not below {@code minMillis}
 */
public record TimeoutRange(int minMillis, int maxMillis) {

    /** The configured value that stands for the default. */
    public static final int UNSET = -1;

    private static final int DEFAULT_MIN_TICKS = 2;
    private static final int DEFAULT_MAX_TICKS = 20;

    public TimeoutRange {
        if (minMillis < 0 || minMillis > maxMillis) {
            throw new IllegalArgumentException("session timeouts from " + minMillis + " ms to " + maxMillis
                    + " ms are no range: set min-session-timeout to at most max-session-timeout");
        }
    }

    /** The range for configured bounds, either of which may be {@link #UNSET}: 2 and 20 ticks are the defaults. */
    public static TimeoutRange of(int tickMillis, int minMillis, int maxMillis) {
        return new TimeoutRange(
                minMillis == UNSET ? ticks(tickMillis, DEFAULT_MIN_TICKS) : minMillis,
                maxMillis == UNSET ? ticks(tickMillis, DEFAULT_MAX_TICKS) : maxMillis);
    }

    private static int ticks(int tickMillis, int count) {
        return (int) Math.min(Integer.MAX_VALUE, (long) tickMillis * count);
    }

    /** What a client gets that asks for {@code requestedMillis}, which may be anything. */
    public int negotiate(int requestedMillis) {
        return Math.min(Math.max(requestedMillis, minMillis), maxMillis);
    }
}
