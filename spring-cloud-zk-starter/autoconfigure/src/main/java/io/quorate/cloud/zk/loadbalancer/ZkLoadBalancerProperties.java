package io.quorate.cloud.zk.loadbalancer;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Balancing, {@code spring.cloud.zookeeper.loadbalancer.*}.
 *
 * @param enabled whether instances that are not up are left out, and changes take effect at once
 * @param strategy how one of several instances is chosen
 */
@ConfigurationProperties("spring.cloud.zookeeper.loadbalancer")
public record ZkLoadBalancerProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("round-robin") Strategy strategy) {

    /** How one of several instances is chosen. */
    public enum Strategy {
        /** What Spring Cloud LoadBalancer does: one after another, unless the application says otherwise. */
        ROUND_ROBIN,
        /** The one with the fewest requests in flight; instances publish theirs with discovery.publish-load. */
        LEAST_REQUESTS
    }
}
