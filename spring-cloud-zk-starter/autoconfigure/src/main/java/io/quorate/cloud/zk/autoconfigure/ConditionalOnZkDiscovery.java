package io.quorate.cloud.zk.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.cloud.client.ConditionalOnDiscoveryEnabled;

/**
 * Matches unless discovery is turned off, or Spring Cloud Zookeeper's is there: two would register everything twice.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ConditionalOnZkEnabled
@ConditionalOnDiscoveryEnabled
@ConditionalOnBooleanProperty(name = "spring.cloud.zookeeper.discovery.enabled", matchIfMissing = true)
@ConditionalOnMissingClass("org.springframework.cloud.zookeeper.discovery.ZookeeperDiscoveryAutoConfiguration")
@interface ConditionalOnZkDiscovery {}
