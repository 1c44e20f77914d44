package io.quorate.cloud.zk.actuate;

import io.quorate.cloud.zk.lock.HeldLockStatus;
import io.quorate.cloud.zk.lock.ZkDistributedLocks;
import java.util.Comparator;
import java.util.List;

/** The locks that this application holds. */
public final class LockSection implements EndpointSection {

    private final ZkDistributedLocks locks;

    public LockSection(ZkDistributedLocks locks) {
        this.locks = locks;
    }

    @Override
    public String name() {
        return "locks";
    }

    @Override
    public List<HeldLockStatus> content() {
        return locks.held().stream()
                .sorted(Comparator.comparing(HeldLockStatus::name))
                .toList();
    }
}
