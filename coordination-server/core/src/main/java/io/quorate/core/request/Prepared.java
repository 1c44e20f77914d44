package io.quorate.core.request;

import io.quorate.core.txn.Txn;
import org.jspecify.annotations.Nullable;

/** What became of a write before it is logged: exactly one of the two is there. */
public record Prepared(@Nullable Txn txn, @Nullable TxnResult refusal) {

    static Prepared of(Txn txn) {
        return new Prepared(txn, null);
    }

    static Prepared refused(TxnResult result) {
        return new Prepared(null, result);
    }
}
