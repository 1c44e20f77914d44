package io.quorate.cloud.zk.lock.shedlock;

import org.apache.curator.utils.PathUtils;
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

    public ZkShedLockProperties {
        PathUtils.validatePath(root);
    }
}
