package io.quorate.cloud.zk.actuate;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Observations.
 *
 * @param enabled whether what the starter does is observed, which makes metrics and spans
 */
@ConfigurationProperties("spring.cloud.zookeeper.observation")
public record ZkObservationProperties(@DefaultValue("true") boolean enabled) {}
