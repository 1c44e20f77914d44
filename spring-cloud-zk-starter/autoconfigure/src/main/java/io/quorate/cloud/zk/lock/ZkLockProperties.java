package io.quorate.cloud.zk.lock;

import io.quorate.cloud.zk.queue.RootPath;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Locks.
 *
 * @param enabled whether this application can take locks
 * @param root path below which every lock has its queue
 * @param defaultWait how long a lock is waited for where the caller does not say
 */
@ConfigurationProperties("spring.cloud.zookeeper.lock")
public record ZkLockProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("/locks") String root,
        @DefaultValue("10s") Duration defaultWait) {

    /** @throws IllegalArgumentException if a value is out of its range */
    public ZkLockProperties {
        RootPath.require("spring.cloud.zookeeper.lock.root", root);
    }
}
