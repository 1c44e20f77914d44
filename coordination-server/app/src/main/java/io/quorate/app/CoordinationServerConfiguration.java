package io.quorate.app;

import io.quorate.runtime.metrics.CoordinationMetrics;
import io.quorate.runtime.server.CoordinationServer;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The beans, and how they hang together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CoordinationProperties.class)
class CoordinationServerConfiguration {

    @Bean
    static CoordinationServerLifecycle coordinationServer(CoordinationProperties properties, Environment environment) {
        return new CoordinationServerLifecycle(properties, environment);
    }

    /** As early as the context has its beans: most of them are still to be made then. */
    @Bean
    static BeanFactoryPostProcessor serverBeginsFirst() {
        return beans -> beans.getBean(CoordinationServerLifecycle.class).begin();
    }

    @Bean
    QuorumHealthIndicator quorumHealthIndicator(CoordinationServerLifecycle lifecycle) {
        return new QuorumHealthIndicator(lifecycle);
    }

    @Bean
    RecoveryHealthIndicator recoveryHealthIndicator(CoordinationServerLifecycle lifecycle) {
        return new RecoveryHealthIndicator(lifecycle);
    }

    @Bean
    QuorumEndpoint quorumEndpoint(CoordinationServerLifecycle lifecycle) {
        return new QuorumEndpoint(lifecycle);
    }

    @Bean
    CoordinationMetrics coordinationMetrics(CoordinationServerLifecycle lifecycle) {
        return new CoordinationMetrics(
                lifecycle::status,
                () -> {
                    CoordinationServer server = lifecycle.server();
                    return server == null ? null : server.statistics();
                },
                lifecycle.memberIds());
    }
}
