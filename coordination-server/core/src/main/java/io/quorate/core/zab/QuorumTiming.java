package io.quorate.core.zab;

/**
 * How long members wait for each other (quorum protocol 6.1).
 *
 * @param tickMillis the unit of the limits
 * @param initLimitTicks for whatever comes before a learner has its history
 * @param syncLimitTicks for every sign of life afterwards
 * @param connectLimitTicks for reaching the leader
 * @param connectTimeoutMillis for a single attempt
 */
public record QuorumTiming(
        int tickMillis, int initLimitTicks, int syncLimitTicks, int connectLimitTicks, int connectTimeoutMillis) {

    private static final long NANOS_PER_MILLI = 1_000_000;

    long tickNanos() {
        return tickMillis * NANOS_PER_MILLI;
    }

    long initLimitNanos() {
        return initLimitTicks * tickNanos();
    }

    long syncLimitNanos() {
        return syncLimitTicks * tickNanos();
    }

    long connectLimitNanos() {
        return connectLimitTicks * tickNanos();
    }
}
