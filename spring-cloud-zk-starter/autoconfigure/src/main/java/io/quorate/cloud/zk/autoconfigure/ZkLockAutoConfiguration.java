package io.quorate.cloud.zk.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.quorate.cloud.zk.ZkClientProperties;
import io.quorate.cloud.zk.ZkConnectionMonitor;
import io.quorate.cloud.zk.ZkEvents;
import io.quorate.cloud.zk.ZkScheduler;
import io.quorate.cloud.zk.actuate.LockMetrics;
import io.quorate.cloud.zk.actuate.TimedLockAcquisition;
import io.quorate.cloud.zk.lock.DistributedLocks;
import io.quorate.cloud.zk.lock.LockAcquisitionObserver;
import io.quorate.cloud.zk.lock.LockSettings;
import io.quorate.cloud.zk.lock.ZkDistributedLocks;
import io.quorate.cloud.zk.lock.ZkLockProperties;
import org.apache.curator.framework.CuratorFramework;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.cloud.commons.util.InetUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** Locks, observed where the application has observations or metrics. */
@AutoConfiguration(
        after = ZkClientAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnZkEnabled
@ConditionalOnBooleanProperty(name = "spring.cloud.zookeeper.lock.enabled", matchIfMissing = true)
@ConditionalOnBean(ZkConnectionMonitor.class)
@EnableConfigurationProperties(ZkLockProperties.class)
@Import(ZkEventsConfiguration.class)
public final class ZkLockAutoConfiguration {

    /** Without observations. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    @ConditionalOnBean(MeterRegistry.class)
    static class Metrics {

        @Bean
        @ConditionalOnMissingBean(LockAcquisitionObserver.class)
        TimedLockAcquisition timedLockAcquisition(ObjectProvider<MeterRegistry> registry) {
            return new TimedLockAcquisition(registry::getObject);
        }
    }

    /** Where the application brings no locks of its own. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(DistributedLocks.class)
    static class Locks {

        @Bean
        LockSettings lockSettings(
                ZkLockProperties properties,
                ZkClientProperties clientProperties,
                ObjectProvider<LockAcquisitionObserver> observer,
                ObjectProvider<Registration> registrations,
                ObjectProvider<InetUtils> hosts,
                Environment environment) {
            return new LockSettings(
                    properties,
                    new InstanceIdentity(null, registrations, hosts, environment),
                    clientProperties.reconcileInterval(),
                    observer.getIfAvailable(() -> LockAcquisitionObserver.NONE));
        }

        @Bean
        ZkDistributedLocks distributedLocks(
                CuratorFramework client,
                ZkConnectionMonitor monitor,
                ZkScheduler scheduler,
                ZkEvents events,
                LockSettings settings) {
            return ZkDistributedLocks.open(client, monitor, scheduler, events, settings);
        }

        /** Where there are metrics. */
        @Configuration(proxyBeanMethods = false)
        @ConditionalOnClass(MeterBinder.class)
        static class Held {

            @Bean
            LockMetrics lockMetrics(ZkDistributedLocks locks) {
                return new LockMetrics(locks);
            }
        }
    }
}
