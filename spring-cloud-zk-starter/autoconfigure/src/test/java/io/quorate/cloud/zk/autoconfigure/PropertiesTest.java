package io.quorate.cloud.zk.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.cloud.zk.discovery.ZkDiscoveryClient;
import io.quorate.cloud.zk.discovery.ZkReactiveDiscoveryClient;
import io.quorate.cloud.zk.leader.LeaderElections;
import io.quorate.cloud.zk.loadbalancer.CacheEviction;
import io.quorate.cloud.zk.lock.DistributedLocks;
import io.quorate.cloud.zk.registry.ZkRegistration;
import io.quorate.cloud.zk.tls.NettyVerification;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.curator.RetryPolicy;
import org.apache.curator.framework.CuratorFramework;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.commons.util.UtilAutoConfiguration;

/** Properties whose effect shows without a server. */
@ExtendWith(OutputCaptureExtension.class)
final class PropertiesTest {

    private static final String DISCOVERY = "spring.cloud.zookeeper.discovery.";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withPropertyValues(
                    "spring.cloud.zookeeper.connect-string=127.0.0.1:1",
                    "spring.cloud.zookeeper.startup-wait=0",
                    DISCOVERY + "instance-host=host-1",
                    DISCOVERY + "instance-port=8040")
            .withConfiguration(AutoConfigurations.of(
                    UtilAutoConfiguration.class,
                    ZkClientAutoConfiguration.class,
                    ZkDiscoveryAutoConfiguration.class,
                    ZkDiscoveryClientAutoConfiguration.class,
                    ZkReactiveDiscoveryClientAutoConfiguration.class,
                    ZkServiceRegistryAutoConfiguration.class,
                    ZkAutoServiceRegistrationAutoConfiguration.class,
                    ZkLeaderAutoConfiguration.class,
                    ZkLockAutoConfiguration.class,
                    ZkShedLockAutoConfiguration.class,
                    ZkLoadBalancerAutoConfiguration.class,
                    ZkHealthAutoConfiguration.class));

    @Test
    void theClientIsBuiltAsTheySay() {
        runner.withPropertyValues(
                        "spring.cloud.zookeeper.base-sleep-time-ms=40",
                        "spring.cloud.zookeeper.max-retries=7",
                        "spring.cloud.zookeeper.max-sleep-ms=90",
                        "spring.cloud.zookeeper.namespace=team",
                        "spring.cloud.zookeeper.connection-timeout=1234",
                        "spring.cloud.zookeeper.client-config.zookeeper.request.timeout=9")
                .run(context -> {
                    CuratorFramework client = context.getBean(CuratorFramework.class);
                    assertThat(client.getNamespace()).isEqualTo("team");
                    assertThat(client.getZookeeperClient().getConnectionTimeoutMs())
                            .isEqualTo(1234);
                    RetryPolicy policy = client.getZookeeperClient().getRetryPolicy();
                    List<Long> pauses = new ArrayList<>();
                    int attempts = 0;
                    while (policy.allowRetry(attempts, 0, (time, unit) -> pauses.add(unit.toMillis(time)))) {
                        attempts++;
                    }
                    assertThat(attempts).isEqualTo(7);
                    assertThat(pauses.get(0)).isGreaterThanOrEqualTo(40);
                    assertThat(pauses).allMatch(pause -> pause <= 90);
                    assertThat(client.getZookeeperClient()
                                    .getZooKeeper()
                                    .getClientConfig()
                                    .getProperty("zookeeper.request.timeout"))
                            .isEqualTo("9");
                });
    }

    @Test
    void theRegistrationSaysWhatTheySay() {
        runner.withPropertyValues(
                        DISCOVERY + "service-name=team/orders",
                        DISCOVERY + "instance-id=o-1",
                        DISCOVERY + "uri-spec={scheme}://{address}:{ssl-port}/base",
                        DISCOVERY + "instance-ssl-port=8443",
                        DISCOVERY + "initial-status=OUT_OF_SERVICE",
                        DISCOVERY + "metadata.zone=a",
                        DISCOVERY + "order=17")
                .run(context -> {
                    ZkRegistration registration = context.getBean(ZkRegistration.class);
                    assertThat(registration.getServiceId()).isEqualTo("team/orders");
                    assertThat(registration.getInstanceId()).isEqualTo("o-1");
                    assertThat(registration.isSecure()).isTrue();
                    assertThat(registration.getUri()).hasToString("https://host-1:8443/base");
                    assertThat(registration.getMetadata())
                            .containsEntry("zone", "a")
                            .containsEntry("instance_status", "OUT_OF_SERVICE");
                    assertThat(context.getBean(ZkDiscoveryClient.class).getOrder())
                            .isEqualTo(17);
                    assertThat(context.getBean(ZkReactiveDiscoveryClient.class).getOrder())
                            .isEqualTo(17);
                });
    }

    @Test
    void anAddressOfSixteenBytesIsPutInBracketsInUris() {
        runner.withPropertyValues(DISCOVERY + "prefer-ip-address=true", DISCOVERY + "instance-ip-address=fe80::1")
                .run(context -> {
                    ZkRegistration registration = context.getBean(ZkRegistration.class);
                    assertThat(registration.getHost()).isEqualTo("fe80::1");
                    assertThat(registration.getUri()).hasToString("http://[fe80::1]:8040");
                    assertThat(registration.getUri().getPort()).isEqualTo(8040);
                });
    }

    @Test
    void theAddressIsPreferredWhereItIsToBe() {
        runner.withPropertyValues(DISCOVERY + "prefer-ip-address=true", DISCOVERY + "instance-ip-address=10.0.0.7")
                .run(context -> assertThat(context.getBean(ZkRegistration.class).getHost())
                        .isEqualTo("10.0.0.7"));
    }

    @Test
    void partsAreSwitchedOff() {
        runner.run(context -> assertThat(context)
                .hasSingleBean(LeaderElections.class)
                .hasSingleBean(DistributedLocks.class)
                .hasSingleBean(CacheEviction.class));
        runner.withPropertyValues(
                        "spring.cloud.zookeeper.leader.enabled=false",
                        "spring.cloud.zookeeper.lock.enabled=false",
                        "spring.cloud.zookeeper.loadbalancer.enabled=false")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(LeaderElections.class)
                        .doesNotHaveBean(DistributedLocks.class)
                        .doesNotHaveBean(CacheEviction.class));
    }

    @Test
    void namesThatNettyVerifiesAnywayAreWarnedOf(CapturedOutput output) {
        runner.withPropertyValues("spring.cloud.zookeeper.ssl.enabled=true")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(output).doesNotContain("verify-hostname");
        runner.withPropertyValues(
                        "spring.cloud.zookeeper.ssl.enabled=true", "spring.cloud.zookeeper.ssl.verify-hostname=false")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(output).contains("ssl.verify-hostname=false has no effect", "-D" + NettyVerification.PROPERTY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spring.cloud.zookeeper.prefix=/team",
                "spring.cloud.zookeeper.dependencies.stock.path=/inventory"
            })
    void whatThePredecessorHadAndNobodyReadsIsWarnedOf(String property, CapturedOutput output) {
        runner.run(context -> assertThat(context).hasNotFailed());
        assertThat(output).doesNotContain("is not supported");
        runner.withPropertyValues(property).run(context -> assertThat(context).hasNotFailed());
        assertThat(output)
                .containsOnlyOnce((property.contains("dependencies")
                                ? "spring.cloud.zookeeper.dependencies.*"
                                : "spring.cloud.zookeeper.prefix")
                        + " is not supported");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spring.cloud.zookeeper.reconcile-interval=0",
                "spring.cloud.zookeeper.connect-string=",
                "spring.cloud.zookeeper.connect-string=host:port",
                "spring.cloud.zookeeper.session-timeout=0",
                "spring.cloud.zookeeper.session-timeout=60d",
                "spring.cloud.zookeeper.connection-timeout=60d",
                "spring.cloud.zookeeper.connection-timeout=0",
                "spring.cloud.zookeeper.startup-wait=60d",
                "spring.cloud.zookeeper.health.timeout=-1s",
                "spring.cloud.zookeeper.leader.root=leader",
                "spring.cloud.zookeeper.lock.root=/locks/",
                "spring.cloud.zookeeper.shedlock.root=shedlock",
                DISCOVERY + "root=a/../b",
                DISCOVERY + "instance-port=0",
                DISCOVERY + "instance-ssl-port=70000",
                DISCOVERY + "publish-load-interval=0",
                DISCOVERY + "health-group-interval=0",
                DISCOVERY + "deregister-delay=-1s",
                DISCOVERY + "catalog.initial-load-timeout=-1s",
                DISCOVERY + "catalog.idle-eviction=0",
                DISCOVERY + "catalog.max-subscriptions=0"
            })
    void aValueOutOfItsRangeStopsTheStartAndIsNamed(String property) {
        runner.withPropertyValues(property)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining(property.substring(0, property.indexOf('='))));
    }

    @Test
    void theSwitchOfTheHealthIsDescribed() throws IOException {
        try (InputStream metadata =
                getClass().getResourceAsStream("/META-INF/additional-spring-configuration-metadata.json")) {
            assertThat(new String(metadata.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("\"management.health.zookeeper.enabled\"", "\"management.info.leader.enabled\"");
        }
    }
}
