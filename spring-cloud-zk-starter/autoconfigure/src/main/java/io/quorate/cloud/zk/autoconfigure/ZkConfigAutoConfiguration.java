package io.quorate.cloud.zk.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.quorate.cloud.zk.ZkClientHandle;
import io.quorate.cloud.zk.ZkClientProperties;
import io.quorate.cloud.zk.ZkScheduler;
import io.quorate.cloud.zk.actuate.TimedRefresh;
import io.quorate.cloud.zk.config.ConfigWatcher;
import io.quorate.cloud.zk.config.ZkConfigImports;
import io.quorate.cloud.zk.config.ZkConfigProperties;
import io.quorate.cloud.zk.config.refresh.RefreshObserver;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration;
import org.springframework.cloud.endpoint.event.RefreshEventListener;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Follows imported configuration, where there is somebody who hears refresh events. */
@AutoConfiguration(
        after = {ZkClientAutoConfiguration.class, RefreshAutoConfiguration.class},
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnBean({ZkConfigImports.class, RefreshEventListener.class, ZkScheduler.class})
@ConditionalOnBooleanProperty(
        prefix = ZkConfigProperties.PREFIX,
        name = {"refresh.enabled", "watcher.enabled"},
        matchIfMissing = true)
public class ZkConfigAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ConfigWatcher zkConfigWatcher(
            ZkConfigImports imports,
            ZkClientProperties client,
            ZkScheduler scheduler,
            ApplicationContext context,
            ObjectProvider<RefreshObserver> observer,
            ObjectProvider<ZkClientHandle> handle) {
        // Made first, also where beans are made late: it may put another client in the place of the import's.
        handle.getIfAvailable();
        // Bound here, not a bean: a refresh would warn that it cannot reset an immutable one.
        ZkConfigProperties properties =
                Binder.get(context.getEnvironment()).bindOrCreate(ZkConfigProperties.PREFIX, ZkConfigProperties.class);
        return new ConfigWatcher(
                imports,
                properties.refresh(),
                client,
                scheduler.lane("config"),
                context,
                observer.getIfAvailable(() -> RefreshObserver.NONE));
    }

    /** Metrics, where there is a registry for them and no observation that makes them. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    @ConditionalOnBean(MeterRegistry.class)
    static class Metrics {

        @Bean
        @ConditionalOnMissingBean(RefreshObserver.class)
        TimedRefresh zkTimedRefresh(MeterRegistry registry) {
            return new TimedRefresh(registry);
        }
    }
}
