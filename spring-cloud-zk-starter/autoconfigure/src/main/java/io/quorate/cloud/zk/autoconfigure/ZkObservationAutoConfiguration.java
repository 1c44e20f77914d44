package io.quorate.cloud.zk.autoconfigure;

import io.micrometer.observation.ObservationRegistry;
import io.quorate.cloud.zk.actuate.ObservedLockAcquisition;
import io.quorate.cloud.zk.actuate.ObservedRefresh;
import io.quorate.cloud.zk.actuate.ObservedRegistration;
import io.quorate.cloud.zk.actuate.RefreshObservationConvention;
import io.quorate.cloud.zk.actuate.RegistrationObservationConvention;
import io.quorate.cloud.zk.actuate.ZkObservationProperties;
import io.quorate.cloud.zk.config.refresh.RefreshObserver;
import io.quorate.cloud.zk.lock.LockAcquisitionObserver;
import io.quorate.cloud.zk.registry.RegistrationObserver;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Observations of refreshes, registrations and lock acquisitions. An observation makes the metric as well. */
@AutoConfiguration(
        before = {
            ZkConfigAutoConfiguration.class,
            ZkLockAutoConfiguration.class,
            ZkServiceRegistryAutoConfiguration.class
        },
        afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnZkEnabled
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(ObservationRegistry.class)
@ConditionalOnBooleanProperty(name = "spring.cloud.zookeeper.observation.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ZkObservationProperties.class)
public final class ZkObservationAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(LockAcquisitionObserver.class)
    ObservedLockAcquisition observedLockAcquisition(ObjectProvider<ObservationRegistry> registry) {
        return new ObservedLockAcquisition(registry::getObject);
    }

    @Bean
    @ConditionalOnMissingBean(RefreshObserver.class)
    ObservedRefresh zkObservedRefresh(
            ObjectProvider<ObservationRegistry> registry, ObjectProvider<RefreshObservationConvention> convention) {
        return new ObservedRefresh(registry::getObject, convention.getIfAvailable());
    }

    @Bean
    @ConditionalOnMissingBean(RegistrationObserver.class)
    ObservedRegistration zkObservedRegistration(
            ObjectProvider<ObservationRegistry> registry,
            ObjectProvider<RegistrationObservationConvention> convention) {
        return new ObservedRegistration(registry::getObject, convention.getIfAvailable());
    }
}
