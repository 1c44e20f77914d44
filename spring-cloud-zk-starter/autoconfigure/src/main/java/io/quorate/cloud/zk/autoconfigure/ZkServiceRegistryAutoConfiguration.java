package io.quorate.cloud.zk.autoconfigure;

import io.quorate.cloud.zk.ZkConnectionMonitor;
import io.quorate.cloud.zk.ZkRequests;
import io.quorate.cloud.zk.ZkScheduler;
import io.quorate.cloud.zk.discovery.ServiceCatalog;
import io.quorate.cloud.zk.discovery.ZkDiscoveryProperties;
import io.quorate.cloud.zk.registry.RegistrationObserver;
import io.quorate.cloud.zk.registry.ZkServiceRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.client.serviceregistry.ServiceRegistryAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** The registry. */
@AutoConfiguration(after = ZkDiscoveryAutoConfiguration.class, before = ServiceRegistryAutoConfiguration.class)
@ConditionalOnBean(ServiceCatalog.class)
@ConditionalOnBooleanProperty(name = "spring.cloud.service-registry.enabled", matchIfMissing = true)
public final class ZkServiceRegistryAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ZkServiceRegistry zkServiceRegistry(
            ZkDiscoveryProperties properties,
            ZkRequests requests,
            ZkConnectionMonitor monitor,
            ZkScheduler scheduler,
            ObjectProvider<RegistrationObserver> observer) {
        return new ZkServiceRegistry(
                properties, requests, monitor, scheduler, observer.getIfAvailable(() -> RegistrationObserver.NONE));
    }
}
