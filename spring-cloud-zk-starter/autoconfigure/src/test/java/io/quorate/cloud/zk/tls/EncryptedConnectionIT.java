package io.quorate.cloud.zk.tls;

import static io.quorate.cloud.zk.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.cloud.zk.ZkConnection;
import io.quorate.cloud.zk.ZkConnectionMonitor;
import io.quorate.cloud.zk.leader.LeaderElections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.client.ZKClientConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** An SSL bundle is all that an encrypted connection takes, both sides showing certificates. */
@ExtendWith(OutputCaptureExtension.class)
class EncryptedConnectionIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    private static ConfigurableApplicationContext start(SecureServer server, Stream<String> properties) {
        Stream<String> common = Stream.of(
                "spring.cloud.zookeeper.connect-string=" + server.connectString(),
                "spring.cloud.zookeeper.startup-wait=0s",
                "spring.cloud.zookeeper.discovery.enabled=false",
                "spring.cloud.zookeeper.leader.roles=billing",
                "spring.main.banner-mode=off");
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .run(Stream.concat(common, properties)
                        .map(property -> "--" + property)
                        .toArray(String[]::new));
    }

    private static Stream<String> bundle(TestKeys keys) {
        String bundle = "spring.ssl.bundle.jks.coordination.";
        return Stream.of(
                "spring.cloud.zookeeper.ssl.bundle=coordination",
                bundle + "keystore.location=file:" + keys.keyStore(),
                bundle + "keystore.password=" + TestKeys.PASSWORD,
                bundle + "truststore.location=file:" + keys.trustStore(),
                bundle + "truststore.password=" + TestKeys.PASSWORD);
    }

    private static boolean connected(ConfigurableApplicationContext application) {
        return application.getBean(ZkConnectionMonitor.class).current().connected();
    }

    @Test
    void keysAreReadableByNobodyElseAndGoWithTheApplication() throws Exception {
        TestKeys keys = TestKeys.create(directory);
        try (SecureServer server = SecureServer.start(directory, keys)) {
            Path written;
            try (ConfigurableApplicationContext application = start(server, bundle(keys))) {
                await().atMost(LONG).until(() -> connected(application));
                await().atMost(LONG)
                        .until(() -> application
                                .getBean(LeaderElections.class)
                                .role("billing")
                                .isLeader());
                written = writtenKeys(application.getBean(CuratorFramework.class));
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(written)))
                        .isEqualTo("rwx------");
                assertThat(filesIn(written))
                        .hasSize(2)
                        .allSatisfy(
                                file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                                        .isEqualTo("rw-------"));
            }
            assertThat(written).doesNotExist();
            assertThat(System.getProperties().stringPropertyNames())
                    .noneMatch(name -> name.startsWith("zookeeper.ssl"));
        }
    }

    @Test
    void withoutABundleKeysMayBeNamedByZooKeepersOwnProperties() throws Exception {
        TestKeys keys = TestKeys.create(directory);
        String own = "spring.cloud.zookeeper.client-config.zookeeper.ssl.";
        Stream<String> properties = Stream.of(
                "spring.cloud.zookeeper.ssl.enabled=true",
                own + "keyStore.location=" + keys.keyStore(),
                own + "keyStore.password=" + TestKeys.PASSWORD,
                own + "trustStore.location=" + keys.trustStore(),
                own + "trustStore.password=" + TestKeys.PASSWORD);
        try (SecureServer server = SecureServer.start(directory, keys);
                ConfigurableApplicationContext application = start(server, properties)) {
            await().atMost(LONG).until(() -> connected(application));
        }
    }

    @Test
    void aServerOfAnotherNameIsTrustedOnlyWhereNamesAreNotVerified(CapturedOutput output) throws Exception {
        TestKeys keys = TestKeys.createForElsewhere(directory);
        try (SecureServer server = SecureServer.start(directory, keys)) {
            Stream<String> unverified =
                    Stream.concat(bundle(keys), Stream.of("spring.cloud.zookeeper.ssl.verify-hostname=false"));
            try (ConfigurableApplicationContext application = start(server, unverified)) {
                await().atMost(LONG).until(() -> connected(application));
            }
            assertThat(output).doesNotContain("No subject alternative DNS name matching localhost");
            try (ConfigurableApplicationContext application = start(server, bundle(keys))) {
                await().atMost(LONG)
                        .until(() -> output.getAll().contains("No subject alternative DNS name matching localhost"));
                assertThat(application
                                .getBean(ZkConnectionMonitor.class)
                                .current()
                                .status())
                        .isEqualTo(ZkConnection.Status.NEVER);
            }
        }
    }

    private static Path writtenKeys(CuratorFramework client) throws Exception {
        ZKClientConfig config = client.getZookeeperClient().getZooKeeper().getClientConfig();
        Path directory =
                Path.of(config.getProperty("zookeeper.ssl.keyStore.location")).getParent();
        assertThat(directory).isNotNull();
        return directory;
    }

    private static List<Path> filesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
