package io.quorate.core.base;

/**
 * How many handshakes are served (client protocol 11.7).
 *
 * @param tokens size of the bucket; 0 is no throttling
 * @param fillMillis period of the refill; positive
 * @param fillCount tokens per refill; positive
 * @param freezeMillis period in which the share of random refusals is adapted; -1 is never to refuse at random
 * @param dropIncrease added to that share when the bucket is empty; 0 to 1
 * @param dropDecrease taken from that share when the bucket is full enough; 0 to 1
 * @param decreaseRatio how much of the bucket may be taken for it to count as full enough; 0 to 1
 * @param weighted whether kinds of handshakes cost differently; otherwise each costs one token
 * @param newSessionWeight tokens that a new session costs
 * @param resumeWeight tokens that a resumption costs
 */
public record ThrottleOptions(
        int tokens,
        int fillMillis,
        int fillCount,
        int freezeMillis,
        double dropIncrease,
        double dropDecrease,
        double decreaseRatio,
        boolean weighted,
        int newSessionWeight,
        int resumeWeight) {

    /** No throttling; the other values are the reference's. */
    public static final ThrottleOptions OFF = new ThrottleOptions(0, 1, 1, -1, 0.02, 0.002, 0, false, 3, 2);
}
