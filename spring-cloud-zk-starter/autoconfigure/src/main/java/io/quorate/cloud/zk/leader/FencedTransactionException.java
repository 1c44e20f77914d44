package io.quorate.cloud.zk.leader;

/** A transaction of the leader was not committed, or it is not known whether it was; the cause says why. */
public final class FencedTransactionException extends RuntimeException {

    FencedTransactionException(String role, Exception cause) {
        super("The transaction of the leader of '" + role + "' failed: " + cause.getMessage(), cause);
    }
}
