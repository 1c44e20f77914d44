package io.quorate.cloud.zk.autoconfigure;

import static io.quorate.cloud.zk.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.cloud.zk.ZkConnectionMonitor;
import io.quorate.cloud.zk.ZooKeeperProcess;
import io.quorate.cloud.zk.application.TestApplication;
import io.quorate.cloud.zk.test.FreePort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.curator.framework.CuratorFramework;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Whether a client goes by what servers say of their addresses. Its server is its own, Apache ZooKeeper, an ensemble of
 * one member, so it need not run once more with another.
 */
@Tag("own-server")
final class EnsembleTrackerIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void theAddressesThatServersTellAreTakenOnlyWhereThatIsAskedFor() throws Exception {
        int port = FreePort.choose();
        String member = "127.0.0.1:" + FreePort.choose() + ":" + FreePort.choose();
        Files.writeString(Files.createDirectories(directory.resolve("data")).resolve("myid"), "1");
        List<String> settings = List.of(
                "initLimit=10",
                "syncLimit=5",
                "standaloneEnabled=false",
                "reconfigEnabled=true",
                "server.1=" + member + ":participant;127.0.0.1:" + port);
        String written = "localhost:" + port;
        String told = "127.0.0.1:" + port;
        try (ZooKeeperProcess server = ZooKeeperProcess.start(directory, settings)) {
            assertThat(server.isAlive()).isTrue();
            try (ConfigurableApplicationContext context = start(written, true)) {
                CuratorFramework client = context.getBean(CuratorFramework.class);
                await().atMost(LONG)
                        .until(() -> client.getZookeeperClient()
                                .getCurrentConnectionString()
                                .equals(told));
            }
            try (ConfigurableApplicationContext context = start(written, false)) {
                ZkConnectionMonitor monitor = context.getBean(ZkConnectionMonitor.class);
                await().atMost(LONG).until(() -> monitor.current().connected());
                CuratorFramework client = context.getBean(CuratorFramework.class);
                // Answers come in the order of requests, and a tracker asks as soon as there is a connection.
                client.checkExists().forPath("/");
                assertThat(client.getZookeeperClient().getCurrentConnectionString())
                        .isEqualTo(written);
            }
        }
    }

    private static ConfigurableApplicationContext start(String connectString, boolean tracking) {
        return TestApplication.named("tracking")
                .consumerOnly()
                .with(
                        "spring.cloud.zookeeper.connect-string=" + connectString,
                        "spring.cloud.zookeeper.startup-wait=0s",
                        "spring.cloud.zookeeper.ensemble-tracker=" + tracking)
                .start();
    }
}
