package io.quorate.core.request;

import io.quorate.core.auth.ClientIdentities;
import io.quorate.core.wire.ErrorCode;
import io.quorate.core.wire.client.OpCode;
import io.quorate.core.wire.client.Operation;
import org.jspecify.annotations.Nullable;

/**
 * A request that has been read and not yet answered. It waits in its connection's {@link SessionPipeline} until it is
 * at the head and its zxid has been applied.
 */
final class PendingRequest {

    final int xid;
    final OpCode op;
    /** Null where nothing is left to do but to answer with {@link #error}. */
    final @Nullable Operation operation;
    /** The credentials present when the request was read: later ones do not count (client protocol 8.1). */
    final ClientIdentities identities;
    /** When it was read, in turn time. */
    final long readNanos;

    /**
     * It may be answered once this zxid is applied: for a write its own; for a refusal the last one it was judged by,
     * so that no answer speaks of something that may yet be lost; 0 for everything else.
     */
    long afterZxid;
    /** What a write came to; null until then, and for reads. */
    @Nullable
    TxnResult result;
    /** Its size if it counts as large, otherwise 0. */
    int largeBytes;
    /** An answer fixed when the request was read, OK when there is none. */
    ErrorCode error = ErrorCode.OK;

    PendingRequest(int xid, OpCode op, @Nullable Operation operation, ClientIdentities identities, long readNanos) {
        this.xid = xid;
        this.op = op;
        this.operation = operation;
        this.identities = identities;
        this.readNanos = readNanos;
    }

    boolean isWrite() {
        return operation instanceof Operation.Write;
    }
}
