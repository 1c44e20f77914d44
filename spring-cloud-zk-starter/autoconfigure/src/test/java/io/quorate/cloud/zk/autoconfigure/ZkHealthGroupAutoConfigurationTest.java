package io.quorate.cloud.zk.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.cloud.zk.actuate.ZkReactiveHealthIndicator;
import io.quorate.cloud.zk.registry.HealthFollower;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.cloud.commons.util.UtilAutoConfiguration;

/** Health as something to follow, and as something to ask without waiting; without a server. */
final class ZkHealthGroupAutoConfigurationTest {

    private static final String[] NOWHERE = {
        "spring.cloud.zookeeper.connect-string=127.0.0.1:1", "spring.cloud.zookeeper.startup-wait=0"
    };
    private static final String GROUP = "spring.cloud.zookeeper.discovery.health-group=traffic";
    private static final AutoConfigurations ALL = AutoConfigurations.of(
            UtilAutoConfiguration.class,
            HealthContributorRegistryAutoConfiguration.class,
            HealthEndpointAutoConfiguration.class,
            ZkClientAutoConfiguration.class,
            ZkDiscoveryAutoConfiguration.class,
            ZkServiceRegistryAutoConfiguration.class,
            ZkAutoServiceRegistrationAutoConfiguration.class,
            ZkHealthAutoConfiguration.class,
            ZkHealthGroupAutoConfiguration.class);

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withPropertyValues(NOWHERE).withConfiguration(ALL);

    @Test
    void aGroupIsFollowedWhereOneIsNamed() {
        runner.run(context -> assertThat(context).doesNotHaveBean(HealthFollower.class));
        runner.withPropertyValues(GROUP, "management.endpoint.health.group.traffic.include=*")
                .run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(HealthFollower.class);
                    assertThat(context.getBean(HealthFollower.class).isRunning())
                            .isTrue();
                });
    }

    @Test
    void aGroupThatIsNotThereStopsTheStart() {
        runner.withPropertyValues(GROUP)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                        .hasMessageContaining("health-group")
                        .hasMessageContaining("management.endpoint.health.group.traffic.include"));
    }

    @Test
    void withoutHealthAGroupStopsTheStart() {
        runner.withClassLoader(new FilteredClassLoader(HealthEndpoint.class))
                .withPropertyValues(GROUP)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                        .hasMessageContaining("spring-boot-starter-actuator"));
    }

    @Test
    void aReactiveApplicationAsksWithoutWaiting() {
        new ReactiveWebApplicationContextRunner()
                .withPropertyValues(NOWHERE)
                .withConfiguration(ALL)
                .run(context -> {
                    ZkReactiveHealthIndicator indicator =
                            context.getBean("zookeeperHealthContributor", ZkReactiveHealthIndicator.class);
                    Health health = indicator.health().block(Duration.ofSeconds(20));
                    assertThat(health).isNotNull();
                    assertThat(health.getStatus()).isEqualTo(Status.DOWN);
                    assertThat(health.getDetails()).containsKeys("state", "staleFor");
                });
    }
}
