package io.quorate.cloud.zk.autoconfigure;

import io.quorate.cloud.zk.ZkClientProperties;
import io.quorate.cloud.zk.ZkScheduler;
import io.quorate.cloud.zk.discovery.ZkDiscoveryProperties;
import io.quorate.cloud.zk.registry.ManagementRegistration;
import io.quorate.cloud.zk.registry.OwnInstances;
import io.quorate.cloud.zk.registry.RegistrationCustomizer;
import io.quorate.cloud.zk.registry.RegistrationHooks;
import io.quorate.cloud.zk.registry.WebServerPort;
import io.quorate.cloud.zk.registry.ZkAutoRegistration;
import io.quorate.cloud.zk.registry.ZkRegistration;
import io.quorate.cloud.zk.registry.ZkServiceRegistry;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistrationAutoConfiguration;
import org.springframework.cloud.client.serviceregistry.RegistrationLifecycle;
import org.springframework.cloud.client.serviceregistry.ServiceRegistryAutoConfiguration;
import org.springframework.cloud.commons.util.InetUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** Registers this application. In a hierarchy of contexts the topmost that could does, and only that one. */
@AutoConfiguration(
        after = ZkServiceRegistryAutoConfiguration.class,
        before = {AutoServiceRegistrationAutoConfiguration.class, ServiceRegistryAutoConfiguration.class})
@ConditionalOnBean(ZkServiceRegistry.class)
@ConditionalOnMissingBean(ZkAutoRegistration.class)
@ConditionalOnBooleanProperty(name = "spring.cloud.service-registry.auto-registration.enabled", matchIfMissing = true)
public final class ZkAutoServiceRegistrationAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ZkRegistration zkRegistration(
            ApplicationContext context,
            Environment environment,
            ZkDiscoveryProperties properties,
            InetUtils inetUtils,
            ObjectProvider<RegistrationCustomizer> customizers) {
        String name = StringUtils.hasText(properties.serviceName())
                ? properties.serviceName()
                : environment.getProperty("spring.application.name", "application");
        String id = properties.instanceId();
        ZkRegistration.Builder builder = ZkRegistration.builder()
                .serviceName(StringUtils.hasText(name) ? name : "application")
                .instanceId(StringUtils.hasText(id) ? id : UUID.randomUUID().toString())
                .address(address(properties, inetUtils))
                .uriSpec(properties.uriSpec())
                .owner(String.valueOf(context.getId()))
                .status(properties.initialStatus())
                .metadata(properties.metadata())
                .port(properties.instancePort())
                .sslPort(properties.instanceSslPort());
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    private static String address(ZkDiscoveryProperties properties, InetUtils inetUtils) {
        String given = properties.preferIpAddress() ? properties.instanceIpAddress() : properties.instanceHost();
        if (given != null && StringUtils.hasText(given)) {
            return given;
        }
        InetUtils.HostInfo host = inetUtils.findFirstNonLoopbackHostInfo();
        return properties.preferIpAddress() ? host.getIpAddress() : host.getHostname();
    }

    @Bean
    OwnInstances zkOwnInstances(
            ApplicationContext context,
            ZkServiceRegistry registry,
            ZkRegistration registration,
            ObjectProvider<ManagementRegistration> management,
            ObjectProvider<RegistrationLifecycle<ZkRegistration>> lifecycles) {
        return new OwnInstances(
                registry,
                registration,
                management.getIfAvailable(),
                new RegistrationHooks(lifecycles.orderedStream().toList(), context));
    }

    @Bean
    ZkAutoRegistration zkAutoRegistration(
            ApplicationContext context,
            ZkDiscoveryProperties properties,
            ZkClientProperties client,
            OwnInstances instances,
            ZkScheduler scheduler) {
        return new ZkAutoRegistration(
                context,
                properties,
                instances,
                scheduler.lane("zk-auto-registration"),
                client.connectionTimeout().plus(client.effectiveStartupWait()));
    }

    /** Where there are web servers at all. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(WebServerInitializedEvent.class)
    static class WebServer {

        @Bean
        @ConditionalOnBooleanProperty("spring.cloud.zookeeper.discovery.register-management")
        @ConditionalOnBooleanProperty(
                name = "spring.cloud.service-registry.auto-registration.register-management",
                matchIfMissing = true)
        ManagementRegistration zkManagementRegistration(ZkRegistration registration, Environment environment) {
            return new ManagementRegistration(registration, environment.getProperty("management.server.base-path", ""));
        }

        @Bean
        WebServerPort zkWebServerPort(OwnInstances instances, Environment environment) {
            return new WebServerPort(instances, environment);
        }
    }
}
