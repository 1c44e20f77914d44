package io.quorate.cloud.zk.autoconfigure;

import io.quorate.cloud.zk.discovery.CatalogProbe;
import io.quorate.cloud.zk.discovery.ServiceCatalog;
import io.quorate.cloud.zk.discovery.ZkDiscoveryClient;
import io.quorate.cloud.zk.discovery.ZkDiscoveryProperties;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.client.CommonsClientAutoConfiguration;
import org.springframework.cloud.client.ConditionalOnBlockingDiscoveryEnabled;
import org.springframework.cloud.client.discovery.simple.SimpleDiscoveryClientAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** The blocking discovery client. */
@AutoConfiguration(
        after = ZkDiscoveryAutoConfiguration.class,
        before = {CommonsClientAutoConfiguration.class, SimpleDiscoveryClientAutoConfiguration.class})
@ConditionalOnBean(ServiceCatalog.class)
@ConditionalOnBlockingDiscoveryEnabled
public final class ZkDiscoveryClientAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ZkDiscoveryClient zkDiscoveryClient(ServiceCatalog catalog, CatalogProbe probe, ZkDiscoveryProperties properties) {
        return new ZkDiscoveryClient(catalog, probe, properties);
    }
}
