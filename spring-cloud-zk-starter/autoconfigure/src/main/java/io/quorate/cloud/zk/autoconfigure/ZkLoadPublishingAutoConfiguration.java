package io.quorate.cloud.zk.autoconfigure;

import io.quorate.cloud.zk.ZkScheduler;
import io.quorate.cloud.zk.discovery.ZkDiscoveryProperties;
import io.quorate.cloud.zk.loadbalancer.ServedRequests;
import io.quorate.cloud.zk.loadbalancer.ServedRequestsServletFilter;
import io.quorate.cloud.zk.loadbalancer.ServedRequestsWebFilter;
import io.quorate.cloud.zk.registry.LoadPublisher;
import io.quorate.cloud.zk.registry.ZkAutoRegistration;
import io.quorate.cloud.zk.registry.ZkRegistration;
import io.quorate.cloud.zk.registry.ZkServiceRegistry;
import jakarta.servlet.Filter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.WebFilter;

/** The load of this instance, counted where requests come in and published with its registration. */
@AutoConfiguration(after = ZkAutoServiceRegistrationAutoConfiguration.class)
@ConditionalOnBean(ZkAutoRegistration.class)
@ConditionalOnBooleanProperty("spring.cloud.zookeeper.discovery.publish-load")
public final class ZkLoadPublishingAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ServedRequests zkServedRequests() {
        return new ServedRequests();
    }

    @Bean
    @Lazy(false) // Nobody asks for it.
    LoadPublisher zkLoadPublisher(
            ZkServiceRegistry registry,
            ZkRegistration registration,
            ServedRequests served,
            ZkScheduler scheduler,
            ZkDiscoveryProperties properties) {
        return new LoadPublisher(
                registry, registration, served::inFlight, scheduler.lane("zk-load"), properties.publishLoadInterval());
    }

    /** Where servlets serve. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Filter.class)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    static class Servlet {

        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        ServedRequestsServletFilter zkServedRequestsFilter(ServedRequests served) {
            return new ServedRequestsServletFilter(served);
        }
    }

    /** Where they do not. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(WebFilter.class)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    static class Reactive {

        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        ServedRequestsWebFilter zkServedRequestsFilter(ServedRequests served) {
            return new ServedRequestsWebFilter(served);
        }
    }
}
