package io.quorate.cloud.zk.lock.shedlock;

import io.quorate.cloud.zk.queue.RootPath;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Locks for ShedLock.
 *
 * @param root path below which every lock has its node
 */
@ConfigurationProperties("spring.cloud.zookeeper.shedlock")
public record ZkShedLockProperties(
        @DefaultValue("/shedlock") String root) {

    /** @throws IllegalArgumentException if a value is out of its range */
    public ZkShedLockProperties {
        RootPath.require("spring.cloud.zookeeper.shedlock.root", root);
    }
}
