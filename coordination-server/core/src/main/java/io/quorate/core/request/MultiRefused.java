package io.quorate.core.request;

/** A multi one of whose operations was refused: nothing of it happens, and each operation has its result. */
final class MultiRefused extends RuntimeException {

    private final transient TxnResult result;

    MultiRefused(TxnResult result) {
        super("multi refused", null, false, false);
        this.result = result;
    }

    TxnResult result() {
        return result;
    }
}
