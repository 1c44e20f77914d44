package io.quorate.cloud.zk.autoconfigure;

import io.quorate.cloud.zk.ZkConnectionMonitor;
import io.quorate.cloud.zk.actuate.CatalogSection;
import io.quorate.cloud.zk.actuate.ConfigSection;
import io.quorate.cloud.zk.actuate.ConnectionSection;
import io.quorate.cloud.zk.actuate.EndpointSection;
import io.quorate.cloud.zk.actuate.LeaderInfoContributor;
import io.quorate.cloud.zk.actuate.LeaderSection;
import io.quorate.cloud.zk.actuate.LockSection;
import io.quorate.cloud.zk.actuate.RegistrationSection;
import io.quorate.cloud.zk.actuate.ZookeeperEndpoint;
import io.quorate.cloud.zk.config.ZkConfigImports;
import io.quorate.cloud.zk.discovery.ServiceCatalog;
import io.quorate.cloud.zk.leader.LeaderElections;
import io.quorate.cloud.zk.lock.ZkDistributedLocks;
import io.quorate.cloud.zk.registry.ZkServiceRegistry;
import org.apache.curator.framework.CuratorFramework;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;

/** The endpoint {@code zookeeper}, and who leads in the endpoint {@code info}. */
@AutoConfiguration(
        after = {
            ZkClientAutoConfiguration.class,
            ZkDiscoveryAutoConfiguration.class,
            ZkLeaderAutoConfiguration.class,
            ZkLockAutoConfiguration.class,
            ZkServiceRegistryAutoConfiguration.class
        })
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnZkEnabled
@ConditionalOnBean(ZkConnectionMonitor.class)
public final class ZkEndpointAutoConfiguration {

    /** Who leads. */
    @Bean
    @ConditionalOnBean(LeaderElections.class)
    @ConditionalOnEnabledInfoContributor("leader")
    @ConditionalOnMissingBean
    LeaderInfoContributor leaderInfoContributor(LeaderElections elections) {
        return new LeaderInfoContributor(elections);
    }

    /** Where the endpoint is exposed. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnAvailableEndpoint(endpoint = ZookeeperEndpoint.class)
    @ImportRuntimeHints(ZkEndpointRuntimeHints.class)
    static class Endpoint {

        @Bean
        @ConditionalOnMissingBean
        ZookeeperEndpoint zookeeperEndpoint(ObjectProvider<EndpointSection> sections) {
            return new ZookeeperEndpoint(sections.orderedStream().toList());
        }

        @Bean
        ConnectionSection zkConnectionSection(CuratorFramework client, ZkConnectionMonitor monitor) {
            return new ConnectionSection(client, monitor);
        }

        @Bean
        @ConditionalOnBean(ZkServiceRegistry.class)
        RegistrationSection zkRegistrationSection(ZkServiceRegistry registry) {
            return new RegistrationSection(registry);
        }

        @Bean
        @ConditionalOnBean(ServiceCatalog.class)
        CatalogSection zkCatalogSection(ServiceCatalog catalog) {
            return new CatalogSection(catalog);
        }

        @Bean
        @ConditionalOnBean(ZkConfigImports.class)
        ConfigSection zkConfigSection(ZkConfigImports imports) {
            return new ConfigSection(imports);
        }

        @Bean
        @ConditionalOnBean(LeaderElections.class)
        LeaderSection zkLeaderSection(LeaderElections elections) {
            return new LeaderSection(elections);
        }

        @Bean
        @ConditionalOnBean(ZkDistributedLocks.class)
        LockSection zkLockSection(ZkDistributedLocks locks) {
            return new LockSection(locks);
        }
    }
}
