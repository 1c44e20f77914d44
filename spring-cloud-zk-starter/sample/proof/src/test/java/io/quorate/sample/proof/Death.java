package io.quorate.sample.proof;

import java.time.Duration;

/**
 * How callers noticed that an instance was killed. Times count from its end.
 *
 * @param unregistered when no server knew it any more
 * @param calls to it that got no answer, after which another instance was asked
 * @param lastCall when the last of them was seen
 */
record Death(Duration unregistered, long calls, Duration lastCall) {

    private static final Duration LEFT_ALONE = Duration.ofSeconds(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    /** Kills it, and waits until it is not registered and has been left alone for a while. */
    static Death of(Application victim, Deployment sample) {
        long before = sample.failedCallsTo(victim);
        victim.process().kill();
        long begun = System.nanoTime();
        Duration unregistered = Duration.ZERO;
        Duration lastCall = Duration.ZERO;
        long calls = 0;
        for (Duration now = Duration.ZERO;
                unregistered.isZero() || now.compareTo(lastCall.plus(LEFT_ALONE)) < 0;
                now = Duration.ofNanos(System.nanoTime() - begun)) {
            if (unregistered.isZero() && sample.registry().nodesOf(victim) == 0) {
                unregistered = now;
            }
            long seen = sample.failedCallsTo(victim) - before;
            if (seen > calls) {
                calls = seen;
                lastCall = now;
            }
            Waiting.pass(BETWEEN_LOOKS);
        }
        return new Death(unregistered, calls, lastCall);
    }

    @Override
    public String toString() {
        return "asked in vain " + calls + " times, last " + lastCall.toMillis()
                + " ms after its end; not registered after " + unregistered.toMillis() + " ms";
    }
}
