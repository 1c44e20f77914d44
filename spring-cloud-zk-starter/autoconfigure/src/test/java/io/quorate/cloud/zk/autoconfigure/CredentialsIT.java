package io.quorate.cloud.zk.autoconfigure;

import static io.quorate.cloud.zk.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.cloud.zk.ZkAccessDeniedException;
import io.quorate.cloud.zk.ZkClientCustomizer;
import io.quorate.cloud.zk.ZkClientFactory;
import io.quorate.cloud.zk.ZkClientHandle;
import io.quorate.cloud.zk.ZkClientProperties;
import io.quorate.cloud.zk.actuate.ZookeeperEndpoint;
import io.quorate.cloud.zk.leader.LeaderElections;
import io.quorate.cloud.zk.leader.LeadershipToken;
import io.quorate.cloud.zk.lock.DistributedLocks;
import io.quorate.cloud.zk.lock.LockHandle;
import io.quorate.cloud.zk.lock.LockNotAcquiredException;
import io.quorate.cloud.zk.test.ZkServer;
import io.quorate.cloud.zk.test.ZkTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.utils.DefaultZookeeperFactory;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.data.ACL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Digest credentials and access lists by properties alone. */
@ZkTest
@ExtendWith(OutputCaptureExtension.class)
class CredentialsIT {

    private static final String[] CREDENTIALS = {
        "--spring.cloud.zookeeper.auth[0].scheme=digest",
        "--spring.cloud.zookeeper.auth[0].credentials=orders:s3cret",
        "--spring.cloud.zookeeper.acl=creator-all",
        "--spring.jmx.enabled=true",
        "--management.endpoints.jmx.exposure.include=zookeeper"
    };

    private final ZkServer server;

    CredentialsIT(ZkServer server) {
        this.server = server;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    private static ConfigurableApplicationContext start(String... arguments) {
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.cloud.zookeeper.leader.roles=billing",
                        "spring.cloud.zookeeper.discovery.enabled=false",
                        "spring.main.banner-mode=off")
                .run(arguments);
    }

    /** Nobody else may. */
    @AfterEach
    void removeNodes() throws Exception {
        try (CuratorFramework owner = CuratorFrameworkFactory.builder()
                .connectString(server.connectString())
                .authorization("digest", "orders:s3cret".getBytes(StandardCharsets.UTF_8))
                .retryPolicy(new RetryOneTime(100))
                .ensembleTracker(false)
                .build()) {
            owner.start();
            for (String root : List.of("/leader", "/locks")) {
                if (owner.checkExists().forPath(root) != null) {
                    owner.delete().deletingChildrenIfNeeded().forPath(root);
                }
            }
        }
    }

    @Test
    void everyNodeBelongsToItsCreatorAndOthersAreToldWhatIsMissing(CapturedOutput output) throws Exception {
        try (ConfigurableApplicationContext owner = start(CREDENTIALS)) {
            LeaderElections elections = owner.getBean(LeaderElections.class);
            LockHandle held = owner.getBean(DistributedLocks.class).acquire("stock");
            LeadershipToken token = await().until(
                            () -> elections.role("billing").token(), Optional::isPresent)
                    .orElseThrow();
            CuratorFramework client = owner.getBean(CuratorFramework.class);

            for (String path : List.of(token.path(), "/leader/billing", "/leader", "/locks/stock", "/locks")) {
                List<ACL> acl = client.getACL().forPath(path);
                assertThat(acl).as(path).singleElement().satisfies(entry -> {
                    assertThat(entry.getId().getScheme()).isEqualTo("digest");
                    assertThat(entry.getId().getId()).startsWith("orders:");
                    assertThat(entry.getPerms()).isEqualTo(ZooDefs.Perms.ALL);
                });
            }
            assertThat(owner.getBean(ZookeeperEndpoint.class).show().toString())
                    .contains("billing")
                    .doesNotContain("s3cret");
            strangersAreRefused();
            held.close();
        }
        assertThat(output).doesNotContain("s3cret");
    }

    /** Remembers every connection that is opened. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Opening {

        static final List<ZooKeeper> OPENED = new CopyOnWriteArrayList<>();

        @Bean
        ZkClientCustomizer remembering() {
            return builder -> builder.zookeeperFactory(new DefaultZookeeperFactory() {
                @Override
                public ZooKeeper newZooKeeper(
                        String servers, int timeout, Watcher watcher, boolean readOnly, ZKClientConfig config)
                        throws Exception {
                    ZooKeeper opened = super.newZooKeeper(servers, timeout, watcher, readOnly, config);
                    OPENED.add(opened);
                    return opened;
                }
            });
        }
    }

    @Test
    void aChrootThatMustNotBeCreatedStopsTheStartAndLeavesNoClientBehind() throws Exception {
        server.client().create().withACL(ZooDefs.Ids.READ_ACL_UNSAFE).forPath("/guarded");
        String inside = server.connectString() + "/guarded/inside";
        assertThatThrownBy(() -> new SpringApplicationBuilder(Opening.class)
                        .web(WebApplicationType.NONE)
                        .properties("spring.main.banner-mode=off")
                        .run("--spring.cloud.zookeeper.connect-string=" + inside))
                .hasStackTraceContaining(ZkAccessDeniedException.class.getName())
                .hasStackTraceContaining("/guarded/inside");
        assertThat(Opening.OPENED).isNotEmpty();
        await().until(() ->
                Opening.OPENED.stream().noneMatch(opened -> opened.getState().isAlive()));

        ZkClientProperties properties = new Binder(new MapConfigurationPropertySource())
                .bindOrCreate("spring.cloud.zookeeper", ZkClientProperties.class);
        try (ZkClientHandle handle = new ZkClientFactory(properties, null, List.of()).open(inside)) {
            await().until(() -> handle.client().getZookeeperClient().isConnected());
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> handle.awaitConnected(Duration.ofSeconds(20)))
                        .as("however many ask")
                        .isInstanceOf(ZkAccessDeniedException.class);
            }
            server.client().delete().forPath("/guarded");
            server.client().create().creatingParentsIfNeeded().forPath("/guarded/inside");
            assertThat(handle.awaitConnected(Duration.ofSeconds(20)))
                    .as("as soon as somebody else has created it")
                    .isTrue();
        }
    }

    private static void strangersAreRefused() {
        try (ConfigurableApplicationContext stranger = start()) {
            DistributedLocks locks = stranger.getBean(DistributedLocks.class);
            assertThatThrownBy(() -> locks.tryAcquire("stock", Duration.ofSeconds(20)))
                    .isInstanceOf(LockNotAcquiredException.class)
                    .hasMessageContaining("NOAUTH")
                    .hasMessageContaining("/locks/stock")
                    .hasMessageContaining("spring.cloud.zookeeper.auth");
            assertThat(stranger.getBean(LeaderElections.class).role("billing").isLeader())
                    .isFalse();
        }
    }
}
