package io.quorate.cloud.zk.autoconfigure;

import io.quorate.cloud.zk.discovery.ZkDiscoveryProperties;
import io.quorate.cloud.zk.registry.HealthFollower;
import io.quorate.cloud.zk.registry.ZkAutoRegistration;
import io.quorate.cloud.zk.registry.ZkRegistration;
import io.quorate.cloud.zk.registry.ZkServiceRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets the registration follow a group of the application's health. */
@AutoConfiguration(
        after = ZkAutoServiceRegistrationAutoConfiguration.class,
        afterName = "org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration")
@ConditionalOnBean(ZkAutoRegistration.class)
@ConditionalOnProperty(ZkHealthGroupAutoConfiguration.PROPERTY)
public final class ZkHealthGroupAutoConfiguration {

    static final String PROPERTY = "spring.cloud.zookeeper.discovery.health-group";

    private static InvalidConfigurationPropertyValueException unusable(ZkDiscoveryProperties properties, String why) {
        return new InvalidConfigurationPropertyValueException(PROPERTY, properties.healthGroup(), why);
    }

    /** Where there is health. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HealthEndpoint.class)
    static class Following {

        @Bean
        HealthFollower zkHealthFollower(
                ZkServiceRegistry registry,
                ZkRegistration registration,
                ZkDiscoveryProperties properties,
                ObjectProvider<HealthEndpoint> endpoint,
                ObjectProvider<HealthEndpointGroups> groups) {
            HealthEndpoint health = endpoint.getIfAvailable();
            HealthEndpointGroups known = groups.getIfAvailable();
            if (health == null || known == null) {
                throw unusable(
                        properties, "The endpoint 'health' is switched off, so that there is no group to follow.");
            }
            if (known.get(properties.healthGroup()) == null) {
                throw unusable(
                        properties,
                        "There is no health group of this name, only " + known.getNames()
                                + ". Define it with management.endpoint.health.group."
                                + properties.healthGroup() + ".include.");
            }
            return new HealthFollower(
                    registry,
                    registration,
                    new HealthGroup(health, known.get(properties.healthGroup()), properties.healthGroup()),
                    properties.healthGroupInterval());
        }
    }

    /** Where there is none, the property would have no effect. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingClass("org.springframework.boot.health.actuate.endpoint.HealthEndpoint")
    static class Missing {

        @Bean
        HealthFollower zkHealthFollower(ZkDiscoveryProperties properties) {
            throw unusable(
                    properties,
                    "There is no health to follow: add org.springframework.boot:spring-boot-starter-actuator.");
        }
    }
}
