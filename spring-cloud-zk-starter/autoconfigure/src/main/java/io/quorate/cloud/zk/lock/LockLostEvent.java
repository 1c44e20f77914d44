package io.quorate.cloud.zk.lock;

import org.springframework.context.ApplicationEvent;

/**
 * A lock is not held any more, and its holder has not given it back: the session is over, or somebody has deleted the
 * node. Published on the starter's thread for events.
 */
public final class LockLostEvent extends ApplicationEvent {

    private final LockHandle lock;

    LockLostEvent(LockHandle lock) {
        super(lock);
        this.lock = lock;
    }

    /** The lock; it is not valid any more. */
    public LockHandle lock() {
        return lock;
    }
}
