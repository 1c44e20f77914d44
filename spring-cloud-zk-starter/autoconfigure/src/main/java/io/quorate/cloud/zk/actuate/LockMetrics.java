package io.quorate.cloud.zk.actuate;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.quorate.cloud.zk.lock.ZkDistributedLocks;

/** How many locks this application holds. */
public final class LockMetrics implements MeterBinder {

    private final ZkDistributedLocks locks;

    public LockMetrics(ZkDistributedLocks locks) {
        this.locks = locks;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("zk.lock.held", locks, held -> held.held().size())
                .description("Locks that this application holds")
                .register(registry);
    }
}
