package io.quorate.cloud.zk.autoconfigure;

import io.quorate.cloud.zk.ZkConnectionMonitor;
import io.quorate.cloud.zk.ZkRequests;
import io.quorate.cloud.zk.actuate.ZkHealthCheck;
import io.quorate.cloud.zk.actuate.ZkHealthIndicator;
import io.quorate.cloud.zk.actuate.ZkHealthProperties;
import io.quorate.cloud.zk.actuate.ZkReactiveHealthIndicator;
import io.quorate.cloud.zk.registry.ZkServiceRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import reactor.core.publisher.Mono;

/**
 * Health {@code zookeeper}. Two contributors of one name stop a start, so that of Spring Cloud Zookeeper is left alone
 * where it is on the class path too.
 */
@AutoConfiguration(
        after = ZkServiceRegistryAutoConfiguration.class,
        afterName = "org.springframework.cloud.zookeeper.ZookeeperHealthAutoConfiguration")
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(ZkConnectionMonitor.class)
@ConditionalOnEnabledHealthIndicator("zookeeper")
@EnableConfigurationProperties(ZkHealthProperties.class)
public final class ZkHealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ZkHealthCheck zkHealthCheck(
            ZkConnectionMonitor monitor,
            ZkRequests requests,
            ObjectProvider<ZkServiceRegistry> registry,
            ZkHealthProperties properties) {
        return new ZkHealthCheck(
                monitor::current, requests, registry.getIfAvailable(), properties.timeout(), Clock.systemUTC());
    }

    /** Where requests are served without waiting. */
    @Configuration(proxyBeanMethods = false)
    @Order(0)
    @ConditionalOnClass(Mono.class)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    static class Reactive {

        @Bean
        @ConditionalOnMissingBean(name = {"zookeeperHealthContributor", "zookeeperHealthIndicator"})
        ZkReactiveHealthIndicator zookeeperHealthContributor(ZkHealthCheck check) {
            return new ZkReactiveHealthIndicator(check);
        }
    }

    /** Everywhere else; the order says so, nested classes have none by themselves. */
    @Configuration(proxyBeanMethods = false)
    @Order(1)
    static class Blocking {

        @Bean
        @ConditionalOnMissingBean(name = {"zookeeperHealthContributor", "zookeeperHealthIndicator"})
        ZkHealthIndicator zookeeperHealthContributor(ZkHealthCheck check) {
            return new ZkHealthIndicator(check);
        }
    }
}
