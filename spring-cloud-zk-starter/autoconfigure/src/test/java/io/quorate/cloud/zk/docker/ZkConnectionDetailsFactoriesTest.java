package io.quorate.cloud.zk.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.quorate.cloud.zk.ZkClientHandle;
import io.quorate.cloud.zk.ZkConnectionDetails;
import io.quorate.cloud.zk.autoconfigure.ZkClientAutoConfiguration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetailsFactories;
import org.springframework.boot.docker.compose.core.ConnectionPorts;
import org.springframework.boot.docker.compose.core.ImageReference;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.boot.testcontainers.service.connection.ServiceConnectionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.testcontainers.containers.GenericContainer;

/** As the framework finds and asks them, with containers that only claim to run: no Docker is needed. */
final class ZkConnectionDetailsFactoriesTest {

    private static final int CLIENT_PORT = 2181;
    private static final int PUBLISHED_PORT = 49153;

    @Test
    void aContainerWithServiceConnectionIsConnectedTo() {
        new ApplicationContextRunner()
                .withPropertyValues("spring.cloud.zookeeper.startup-wait=0")
                .withConfiguration(AutoConfigurations.of(
                        ServiceConnectionAutoConfiguration.class, ZkClientAutoConfiguration.class))
                .withUserConfiguration(Containers.class)
                .run(context -> {
                    assertThat(context).hasSingleBean(ZkConnectionDetails.class);
                    assertThat(context.getBean(ZkClientHandle.class).connectString())
                            .isEqualTo("127.0.0.2:" + PUBLISHED_PORT);
                });
    }

    /** A container as a test declares it. */
    @Configuration(proxyBeanMethods = false)
    static class Containers {

        @Bean
        @ServiceConnection(name = "zookeeper")
        GenericContainer<?> server() {
            return new ClaimedContainer();
        }
    }

    /** Runs nowhere. */
    private static final class ClaimedContainer extends GenericContainer<ClaimedContainer> {

        ClaimedContainer() {
            super("example/coordination:1");
        }

        @Override
        public void start() {
            // Nothing to start.
        }

        @Override
        public void stop() {
            // Nothing to stop.
        }

        @Override
        public boolean isRunning() {
            return true;
        }

        @Override
        public String getHost() {
            return "127.0.0.2";
        }

        @Override
        public Integer getMappedPort(int port) {
            return port == CLIENT_PORT ? PUBLISHED_PORT : 0;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "zookeeper, , true",
        "zookeeper:3.9.5, , true",
        "bitnami/zookeeper:3.9, , true",
        "registry.example.com:5000/team/zookeeper, , true",
        "quorate:0.1, , true",
        "example/quorate, , true",
        "redis:8, , false",
        "example/zookeeper-exporter, , false",
        "example/coordination, zookeeper, true",
        "zookeeper:3.9.5, other, false",
    })
    void aServiceOfComposeIsKnownByItsImageOrItsLabel(String image, @Nullable String label, boolean known) {
        RunningService service = mock(RunningService.class);
        ConnectionPorts ports = mock(ConnectionPorts.class);
        when(ports.get(CLIENT_PORT)).thenReturn(PUBLISHED_PORT);
        when(service.name()).thenReturn("coordination");
        when(service.image()).thenReturn(ImageReference.of(image));
        when(service.host()).thenReturn("127.0.0.2");
        when(service.ports()).thenReturn(ports);
        when(service.labels())
                .thenReturn(label == null ? Map.of() : Map.of("org.springframework.boot.service-connection", label));
        DockerComposeConnectionSource source = mock(DockerComposeConnectionSource.class);
        when(source.getRunningService()).thenReturn(service);
        Map<Class<?>, ConnectionDetails> found =
                new ConnectionDetailsFactories(getClass().getClassLoader()).getConnectionDetails(source, false);
        if (known) {
            assertThat(found).containsOnlyKeys(ZkConnectionDetails.class);
            assertThat(((ZkConnectionDetails) found.get(ZkConnectionDetails.class)).connectString())
                    .isEqualTo("127.0.0.2:" + PUBLISHED_PORT);
        } else {
            assertThat(found).doesNotContainKey(ZkConnectionDetails.class);
        }
    }
}
