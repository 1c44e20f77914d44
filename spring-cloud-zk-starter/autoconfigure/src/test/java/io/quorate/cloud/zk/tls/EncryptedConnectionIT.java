package io.quorate.cloud.zk.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * An SSL bundle is all that an encrypted connection takes, both sides showing certificates. Its server is its own,
 * Apache ZooKeeper, so it need not run once more with another.
 */
@Tag("own-server")
class EncryptedConnectionIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    private static ConfigurableApplicationContext start(SecureZooKeeper server, TestKeys keys) {
        String bundle = "spring.ssl.bundle.jks.coordination.";
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .run(
                        "--spring.cloud.zookeeper.connect-string=" + server.connectString(),
                        "--spring.cloud.zookeeper.ssl.bundle=coordination",
                        "--spring.cloud.zookeeper.startup-wait=0s",
                        "--spring.cloud.zookeeper.discovery.enabled=false",
                        "--spring.cloud.zookeeper.leader.roles=billing",
                        "--" + bundle + "keystore.location=file:" + keys.keyStore(),
                        "--" + bundle + "keystore.password=" + TestKeys.PASSWORD,
                        "--" + bundle + "truststore.location=file:" + keys.trustStore(),
                        "--" + bundle + "truststore.password=" + TestKeys.PASSWORD,
                        "--spring.main.banner-mode=off");
    }

    @Test
    void keysAreReadableByNobodyElseAndGoWithTheApplication() throws Exception {
        TestKeys keys = TestKeys.create(directory);
        try (SecureZooKeeper server = SecureZooKeeper.start(directory, keys)) {
            Path written;
            try (ConfigurableApplicationContext application = start(server, keys)) {
                await().atMost(LONG)
                        .until(() -> application
                                .getBean(ZkConnectionMonitor.class)
                                .current()
                                .connected());
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
