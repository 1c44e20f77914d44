package io.quorate.cloud.zk.autoconfigure;

import io.quorate.cloud.zk.ZkClientProperties;
import io.quorate.cloud.zk.ZkConnectionMonitor;
import io.quorate.cloud.zk.ZkEvents;
import io.quorate.cloud.zk.ZkRequests;
import io.quorate.cloud.zk.ZkScheduler;
import io.quorate.cloud.zk.discovery.CatalogHeartbeat;
import io.quorate.cloud.zk.discovery.CatalogProbe;
import io.quorate.cloud.zk.discovery.ServiceCatalog;
import io.quorate.cloud.zk.discovery.WatchedServices;
import io.quorate.cloud.zk.discovery.ZkDiscoveryProperties;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** The catalog, on which both discovery clients stand, and what tells the application of its changes. */
@AutoConfiguration(after = ZkClientAutoConfiguration.class)
@ConditionalOnZkDiscovery
@ConditionalOnBean(ZkConnectionMonitor.class)
@EnableConfigurationProperties(ZkDiscoveryProperties.class)
public final class ZkDiscoveryAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ServiceCatalog serviceCatalog(
            ZkDiscoveryProperties properties,
            ZkClientProperties client,
            ZkRequests requests,
            ZkConnectionMonitor monitor,
            ZkScheduler scheduler,
            ObjectProvider<WatchedServices> watched) {
        ServiceCatalog catalog = new ServiceCatalog(properties, client, requests, monitor, scheduler);
        watched.forEach(services -> services.names().forEach(catalog::watch));
        return catalog;
    }

    @Bean
    @ConditionalOnMissingBean
    CatalogProbe catalogProbe(ZkConnectionMonitor monitor, ZkClientProperties client) {
        return new CatalogProbe(monitor, client.sessionTimeout(), Clock.systemUTC());
    }

    @Bean
    AliasWarning zkAliasWarning(Environment environment) {
        return new AliasWarning(environment);
    }

    @Bean
    CatalogHeartbeat catalogHeartbeat(ServiceCatalog catalog, ApplicationEventPublisher events) {
        // Apart from events of leadership and locks, which must not wait for those who look services up.
        return new CatalogHeartbeat(catalog, new ZkEvents(events, "zk-starter-heartbeat"));
    }
}
