package io.quorate.cloud.zk.autoconfigure;

import io.quorate.cloud.zk.discovery.ServiceCatalog;
import io.quorate.cloud.zk.loadbalancer.CacheEviction;
import io.quorate.cloud.zk.loadbalancer.SentRequests;
import io.quorate.cloud.zk.loadbalancer.ZkLoadBalancerClientConfiguration;
import io.quorate.cloud.zk.loadbalancer.ZkLoadBalancerProperties;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClients;
import org.springframework.cloud.loadbalancer.cache.LoadBalancerCacheManager;
import org.springframework.cloud.loadbalancer.core.ReactorLoadBalancer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import reactor.core.publisher.Mono;

/** Spring Cloud LoadBalancer over the catalog. */
@AutoConfiguration(after = ZkDiscoveryAutoConfiguration.class)
@ConditionalOnClass({ReactorLoadBalancer.class, Mono.class})
@ConditionalOnBean(ServiceCatalog.class)
@ConditionalOnBooleanProperty(name = "spring.cloud.zookeeper.loadbalancer.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ZkLoadBalancerProperties.class)
public final class ZkLoadBalancerAutoConfiguration {

    @Bean
    SentRequests zkSentRequests() {
        return new SentRequests();
    }

    /** The cache manager is no candidate for injection, so it is looked up. */
    @Bean
    @Lazy(false) // Nobody asks for it.
    CacheEviction zkLoadBalancerCacheEviction(ServiceCatalog catalog, BeanFactory beans) {
        CacheEviction eviction = new CacheEviction(
                () -> beans.getBeanProvider(LoadBalancerCacheManager.class).getIfAvailable());
        catalog.addListener(eviction);
        return eviction;
    }

    /** Apart, so that the annotation is read only where the balancer is there. */
    @Configuration(proxyBeanMethods = false)
    @LoadBalancerClients(defaultConfiguration = ZkLoadBalancerClientConfiguration.class)
    static class Clients {}
}
