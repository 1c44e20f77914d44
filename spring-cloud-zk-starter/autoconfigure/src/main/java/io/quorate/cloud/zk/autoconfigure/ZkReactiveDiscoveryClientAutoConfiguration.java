package io.quorate.cloud.zk.autoconfigure;

import io.quorate.cloud.zk.discovery.CatalogProbe;
import io.quorate.cloud.zk.discovery.ServiceCatalog;
import io.quorate.cloud.zk.discovery.ZkDiscoveryProperties;
import io.quorate.cloud.zk.discovery.ZkReactiveDiscoveryClient;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.client.ConditionalOnReactiveDiscoveryEnabled;
import org.springframework.cloud.client.ReactiveCommonsClientAutoConfiguration;
import org.springframework.cloud.client.discovery.simple.reactive.SimpleReactiveDiscoveryClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import reactor.core.publisher.Flux;

/** The reactive discovery client. */
@AutoConfiguration(
        after = ZkDiscoveryAutoConfiguration.class,
        before = {ReactiveCommonsClientAutoConfiguration.class, SimpleReactiveDiscoveryClientAutoConfiguration.class})
@ConditionalOnClass(Flux.class)
@ConditionalOnBean(ServiceCatalog.class)
@ConditionalOnReactiveDiscoveryEnabled
public final class ZkReactiveDiscoveryClientAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ZkReactiveDiscoveryClient zkReactiveDiscoveryClient(
            ServiceCatalog catalog, CatalogProbe probe, ZkDiscoveryProperties properties) {
        return new ZkReactiveDiscoveryClient(catalog, probe, properties);
    }
}
