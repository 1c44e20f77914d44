package io.quorate.core.txn;

import org.jspecify.annotations.Nullable;

/**
 * A transaction: who asked, its place in the order, and what it does.
 *
 * @param sessionId the session that asked; 0 for the server itself
 * @param cxid the xid of its request; 0 for the server itself
 * @param timeMillis the leader's wall clock, milliseconds since 1970
 * @param digest the tree's digest after it is applied, as the leader predicted it; null when absent
 */
public record Txn(
        long sessionId,
        int cxid,
        long zxid,
        long timeMillis,
        TxnBody body,
        @Nullable Long digest) {}
