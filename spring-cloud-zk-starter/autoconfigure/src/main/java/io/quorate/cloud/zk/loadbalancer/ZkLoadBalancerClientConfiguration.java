package io.quorate.cloud.zk.loadbalancer;

import io.quorate.cloud.zk.discovery.ServiceCatalog;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.client.ConditionalOnBlockingDiscoveryEnabled;
import org.springframework.cloud.client.ConditionalOnReactiveDiscoveryEnabled;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import org.springframework.cloud.loadbalancer.core.ReactorLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplierBuilder;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.cloud.loadbalancer.support.LoadBalancerEnvironmentPropertyUtils;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * The balancer of one service, in its own context, before the framework's defaults. Its list comes from the discovery
 * client without a cache between: the catalog is in memory already, and a cache could only be older. For every other
 * configuration of the framework's balancer its own chain stays, with the filter around.
 */
@Configuration(proxyBeanMethods = false)
public class ZkLoadBalancerClientConfiguration {

    private static final String CONFIGURATIONS = "configurations";
    private static final String ZONE_PREFERENCE = "zone-preference";

    @Bean
    static StatusFilterPostProcessor zkStatusFilterPostProcessor() {
        return new StatusFilterPostProcessor();
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty(name = "spring.cloud.zookeeper.loadbalancer.strategy", havingValue = "least-requests")
    ReactorLoadBalancer<ServiceInstance> zkLeastRequestsLoadBalancer(
            Environment environment, LoadBalancerClientFactory factory, ServiceCatalog catalog, SentRequests sent) {
        String service = LoadBalancerClientFactory.getName(environment);
        ObjectProvider<ServiceInstanceListSupplier> supplier =
                factory.getLazyProvider(service, ServiceInstanceListSupplier.class);
        return new LeastRequestsLoadBalancer(supplier, service, catalog, sent);
    }

    private static ServiceInstanceListSupplier supplier(
            ServiceInstanceListSupplierBuilder builder, ConfigurableApplicationContext context) {
        builder.with((same, delegate) -> new StatusFilter(delegate));
        boolean zone = LoadBalancerEnvironmentPropertyUtils.equalToForClientOrDefault(
                context.getEnvironment(), CONFIGURATIONS, ZONE_PREFERENCE);
        return (zone ? builder.withZonePreference() : builder).build(context);
    }

    /** Over the reactive discovery client. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnReactiveDiscoveryEnabled
    @Order(0)
    static class Reactive {

        @Bean
        @ConditionalOnBean(ReactiveDiscoveryClient.class)
        @ConditionalOnMissingBean
        @Conditional(PlainOrZone.class)
        ServiceInstanceListSupplier zkReactiveServiceInstanceListSupplier(ConfigurableApplicationContext context) {
            return supplier(ServiceInstanceListSupplier.builder().withDiscoveryClient(), context);
        }
    }

    /** Over the blocking one. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBlockingDiscoveryEnabled
    @Order(1)
    static class Blocking {

        @Bean
        @ConditionalOnBean(DiscoveryClient.class)
        @ConditionalOnMissingBean
        @Conditional(PlainOrZone.class)
        ServiceInstanceListSupplier zkBlockingServiceInstanceListSupplier(ConfigurableApplicationContext context) {
            return supplier(ServiceInstanceListSupplier.builder().withBlockingDiscoveryClient(), context);
        }
    }

    /** Matches the framework's plain configuration and the one that prefers instances of the same zone. */
    static class PlainOrZone implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            Environment environment = context.getEnvironment();
            return LoadBalancerEnvironmentPropertyUtils.equalToOrMissingForClientOrDefault(
                            environment, CONFIGURATIONS, "default")
                    || LoadBalancerEnvironmentPropertyUtils.equalToForClientOrDefault(
                            environment, CONFIGURATIONS, ZONE_PREFERENCE);
        }
    }
}
