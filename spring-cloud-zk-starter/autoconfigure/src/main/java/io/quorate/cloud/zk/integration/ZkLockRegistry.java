package io.quorate.cloud.zk.integration;

import io.quorate.cloud.zk.lock.DistributedLocks;
import java.util.concurrent.locks.Lock;
import org.springframework.integration.support.locks.LockRegistry;

/** Spring Integration's locks: the text of a key is the name of the lock. Thread-safe. */
public final class ZkLockRegistry implements LockRegistry<Lock> {

    private final DistributedLocks locks;

    public ZkLockRegistry(DistributedLocks locks) {
        this.locks = locks;
    }

    @Override
    public Lock obtain(Object lockKey) {
        return locks.asLock(lockKey.toString());
    }
}
