package io.quorate.cloud.zk.actuate;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * Health, {@code spring.cloud.zookeeper.health.*}.
 *
 * @param timeout how long the server may leave a request unanswered before it counts as down; who asks for health
 *     waits for 50 ms at most, and is told with a later call
 */
@ConfigurationProperties("spring.cloud.zookeeper.health")
public record ZkHealthProperties(@DefaultValue("1s") Duration timeout) {

    /** @throws IllegalArgumentException if the value is out of its range */
    public ZkHealthProperties {
        Assert.isTrue(timeout.toMillis() >= 1, "spring.cloud.zookeeper.health.timeout must be at least 1ms");
    }
}
