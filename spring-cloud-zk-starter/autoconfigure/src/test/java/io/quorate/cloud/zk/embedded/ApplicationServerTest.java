package io.quorate.cloud.zk.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.runtime.server.CoordinationServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.mock.env.MockEnvironment;

final class ApplicationServerTest {

    private final DefaultBootstrapContext bootstrap = new DefaultBootstrapContext();
    private final MockEnvironment environment = new MockEnvironment();

    private String connectString() {
        new EmbeddedConnectString(bootstrap).postProcessEnvironment(environment, new SpringApplication());
        return environment.getProperty("spring.cloud.zookeeper.connect-string");
    }

    @Test
    void isNotThereUnlessItIsAskedFor() {
        assertThat(connectString()).isNull();
        environment.withProperty("spring.cloud.zookeeper.embedded", "true");
        environment.withProperty("spring.cloud.zookeeper.enabled", "false");
        assertThat(connectString()).isNull();
    }

    @Test
    void isOneForTheApplicationAndKeepsTheChroot() {
        environment.withProperty("spring.cloud.zookeeper.embedded", "true");
        environment.withProperty("spring.cloud.zookeeper.connect-string", "elsewhere:2181/team");
        try (ApplicationServer server = ApplicationServer.of(bootstrap)) {
            String imported = server.connectString(Binder.get(environment), "third:2181");
            String connected = connectString();
            assertThat(connected).matches("127\\.0\\.0\\.1:\\d+/team");
            assertThat(connected).isEqualTo(imported + "/team");
        }
    }

    @Test
    void isNotStartedAfterTheStart() {
        ApplicationServer server = ApplicationServer.of(bootstrap);
        server.close();
        environment.withProperty("spring.cloud.zookeeper.embedded", "true");
        assertThat(connectString()).isNull();
    }

    @Test
    void aServerThatIsNotOnTheClassPathIsExplained() {
        environment.withProperty("spring.cloud.zookeeper.embedded", "true");
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        current.setContextClassLoader(new FilteredClassLoader(CoordinationServer.class));
        try {
            assertThatThrownBy(this::connectString).isInstanceOfSatisfying(EmbeddedServerException.class, failure -> {
                assertThat(failure).hasMessageContaining("not on the class path");
                assertThat(failure.remedy()).contains("io.quorate:coordination-server-runtime");
            });
        } finally {
            current.setContextClassLoader(before);
        }
    }

    @Test
    void aPortThatIsTakenIsExplained() throws Exception {
        environment.withProperty("spring.cloud.zookeeper.embedded", "true");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            environment.withProperty("spring.cloud.zookeeper.embedded-port", String.valueOf(taken.getLocalPort()));
            assertThatThrownBy(this::connectString)
                    .isInstanceOfSatisfying(
                            EmbeddedServerException.class,
                            failure -> assertThat(failure.remedy()).contains("embedded-port"));
        }
    }
}
