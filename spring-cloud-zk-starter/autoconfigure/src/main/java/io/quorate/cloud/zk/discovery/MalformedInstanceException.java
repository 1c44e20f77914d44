package io.quorate.cloud.zk.discovery;

/** The data of a node is no instance. */
public final class MalformedInstanceException extends Exception {

    MalformedInstanceException(String reason) {
        super(reason);
    }
}
