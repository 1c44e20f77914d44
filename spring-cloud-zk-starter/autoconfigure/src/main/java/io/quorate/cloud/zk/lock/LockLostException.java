package io.quorate.cloud.zk.lock;

/** A thread goes on as the owner of a lock that was lost: what it did meanwhile was not protected. */
public final class LockLostException extends IllegalMonitorStateException {

    LockLostException(String name) {
        super("The lock '" + name + "' was lost while it was held: its session is over, or its node was deleted");
    }
}
