package io.quorate.core.port;

/** Why a request was refused although nothing is wrong with it: a bound of the server, for metrics. */
public enum LimitReached {
    /** It would have added a watch beyond {@code maxWatches}. */
    WATCHES,
    /** Its reply would have been larger than {@code maxReplyBytes}. */
    REPLY_BYTES,
    /** It presented a credential beyond those that a connection may hold. */
    IDENTITIES,
    /** It had waited longer than {@code maxWaitMillis}. */
    WAIT_TIME
}
