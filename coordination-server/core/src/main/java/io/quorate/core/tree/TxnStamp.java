package io.quorate.core.tree;

/**
 * What a transaction leaves behind in the nodes it touches.
 *
 * @param timeMillis the leader's wall clock, milliseconds since 1970
 */
public record TxnStamp(long zxid, long timeMillis) {}
