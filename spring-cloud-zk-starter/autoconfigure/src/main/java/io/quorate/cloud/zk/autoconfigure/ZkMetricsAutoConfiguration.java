package io.quorate.cloud.zk.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.quorate.cloud.zk.ZkConnectionMonitor;
import io.quorate.cloud.zk.actuate.OperationTimer;
import io.quorate.cloud.zk.actuate.ZkMetrics;
import io.quorate.cloud.zk.discovery.ServiceCatalog;
import io.quorate.cloud.zk.registry.ZkServiceRegistry;
import org.apache.curator.framework.CuratorFramework;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** Meters {@code zk.*}. */
@AutoConfiguration(
        after = {
            MetricsAutoConfiguration.class,
            CompositeMeterRegistryAutoConfiguration.class,
            ZkServiceRegistryAutoConfiguration.class
        })
@ConditionalOnClass({MeterRegistry.class, MetricsAutoConfiguration.class})
@ConditionalOnBean({MeterRegistry.class, ZkConnectionMonitor.class})
public final class ZkMetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ZkMetrics zkMetrics(
            ZkConnectionMonitor monitor,
            ObjectProvider<ServiceCatalog> catalog,
            ObjectProvider<ZkServiceRegistry> registry) {
        return new ZkMetrics(monitor, catalog.getIfAvailable(), registry.getIfAvailable());
    }

    @Bean
    @ConditionalOnMissingBean
    @Lazy(false) // Nobody asks for it.
    OperationTimer zkOperationTimer(CuratorFramework client, MeterRegistry meters) {
        return new OperationTimer(client.getZookeeperClient(), meters);
    }
}
