package io.quorate.app;

import io.quorate.runtime.metrics.CoordinationMetrics;
import io.quorate.runtime.server.CoordinationServer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The beans, and how they hang together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CoordinationProperties.class)
class CoordinationServerConfiguration {

    @Bean
    CoordinationServerLifecycle coordinationServer(CoordinationProperties properties, Environment environment) {
        return new CoordinationServerLifecycle(properties, environment);
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
        return new CoordinationMetrics(lifecycle::status, () -> {
            CoordinationServer server = lifecycle.server();
            return server == null ? null : server.statistics();
        });
    }
}
