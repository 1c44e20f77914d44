package io.quorate.cloud.zk.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.cloud.zk.ZkAccessDeniedException;
import io.quorate.cloud.zk.config.content.MalformedConfigException;
import io.quorate.cloud.zk.test.ZkServer;
import io.quorate.cloud.zk.test.ZkTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.server.auth.DigestAuthenticationProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What an import brings into the environment, and in which order of precedence. */
@ZkTest
@ExtendWith(OutputCaptureExtension.class)
final class ImportedConfigIT {

    private final ZkServer server;
    private final ConfigTree tree;

    ImportedConfigIT(ZkServer server) {
        this.server = server;
        this.tree = new ConfigTree(server.client());
    }

    @BeforeEach
    void clear() throws Exception {
        tree.clear();
    }

    /** A key for each context, which all contexts before it have too. */
    private void fourContexts() throws Exception {
        String[] contexts = {"application", "application,dev", "orders", "orders,dev"};
        for (int i = 0; i < contexts.length; i++) {
            for (int j = i; j < contexts.length; j++) {
                tree.put(contexts[i] + "/key/" + j, contexts[i]);
            }
        }
    }

    private static List<String> keys(FollowingApp app, int count) {
        return IntStream.range(0, count).mapToObj(i -> app.property("key." + i)).toList();
    }

    @Test
    void anImportOfTheCommandLineHasTheContextsInTheirOrder() throws Exception {
        fourContexts();
        try (FollowingApp app = FollowingApp.start("spring.config.import=zookeeper:", "spring.profiles.active=dev")) {
            assertThat(keys(app, 4)).containsExactly("application", "application,dev", "orders", "orders,dev");
            assertThat(app.context().getEnvironment().getPropertySources().stream()
                            .map(source -> source.getName())
                            .filter(name -> name.startsWith("config/")))
                    .containsExactly(
                            "config/orders,dev", "config/orders", "config/application,dev", "config/application");
            assertThat(app.context()
                            .getEnvironment()
                            .getProperty(ZkConfigProperties.PREFIX + ".property-source-contexts", String[].class))
                    .containsExactly(
                            "config/application", "config/application,dev", "config/orders", "config/orders,dev");
        }
    }

    @Test
    void anImportOfAFileStandsBesideTheFilesOfItsProfiles(@TempDir Path directory) throws Exception {
        fourContexts();
        tree.put("orders/key/4", "orders").put("orders/key/5", "orders");
        Files.writeString(
                directory.resolve("application.properties"),
                "spring.config.import=zookeeper:\n"
                        + "key.0=local\nkey.1=local\nkey.2=local\nkey.4=local\nkey.5=local\n");
        Files.writeString(
                directory.resolve("application-dev.properties"), "key.1=local-dev\nkey.3=local-dev\nkey.4=local-dev\n");
        try (FollowingApp app =
                FollowingApp.start("spring.config.location=" + directory + "/", "spring.profiles.active=dev")) {
            assertThat(keys(app, 6))
                    .containsExactly(
                            "application", "application,dev", "application,dev", "orders,dev", "local-dev", "orders");
        }
    }

    @Test
    void withoutAProfileTheDefaultOneCounts() throws Exception {
        tree.put("orders/a", "plain").put("orders,default/a", "default").put("orders,dev/a", "dev");
        try (FollowingApp app = FollowingApp.start("spring.config.import=zk:")) {
            assertThat(app.property("a")).isEqualTo("default");
        }
    }

    @Test
    void explicitContextsAreVerbatimAndTheLaterWins() throws Exception {
        tree.put("one/a", "1").put("one/b", "1").put("two/a", "2").put("two,dev/a", "3");
        try (FollowingApp app =
                FollowingApp.start("spring.config.import=zk:/config/one;/config/two", "spring.profiles.active=dev")) {
            assertThat(app.property("a")).isEqualTo("2");
            assertThat(app.property("b")).isEqualTo("1");
        }
    }

    @Test
    void importsOfOtherServersHaveTheirOwnClientAndName() throws Exception {
        tree.put("orders/a", "first").put("second/a", "second").put("second/b", "second");
        try (Link link = new Link(server.connectString());
                FollowingApp app = FollowingApp.start(
                        "spring.config.import[0]=zk:" + link.address()
                                + server.connectString()
                                        .substring(server.connectString().indexOf('/')) + "/config/second",
                        "spring.config.import[1]=zookeeper:")) {
            assertThat(app.property("a")).isEqualTo("first");
            assertThat(app.property("b")).isEqualTo("second");
            assertThat(app.context().getBeansOfType(CuratorFramework.class)).hasSize(1);
            assertThat(link.carrying()).isEqualTo(1);
            tree.put("second/b", "changed").put("orders/a", "changed");
            app.awaitProperty("b", "changed");
            app.awaitProperty("a", "changed");
            assertThat(app.context().getBean(ZkConfigImports.class).contexts())
                    .extracting(ZkConfigImports.Described::servers)
                    .contains(link.address(), server.connectString());
        }
    }

    @Test
    void aContextOfTwoImportsIsReadOnceSoThatAChangeInBetweenIsFollowed() throws Exception {
        tree.put("orders/a", "1").put("extra/b", "1");
        BetweenImports.next(() -> tree.put("orders/a", "2"));
        try (FollowingApp app =
                FollowingApp.start("spring.config.import=zk:/config/orders;/config/extra,between:,zk:/config/orders")) {
            app.awaitProperty("a", "2");
            assertThat(app.property("b")).isEqualTo("1");
            assertThat(app.refreshes()).hasSize(1);
        }
    }

    @Test
    void contextsThatComeLaterAreFollowed() throws Exception {
        for (String watchMode : List.of("auto", "classic")) {
            tree.clear();
            try (FollowingApp app =
                    FollowingApp.start("spring.config.import=zk:", "spring.cloud.zookeeper.watch-mode=" + watchMode)) {
                tree.put("orders/deep/key", "1");
                app.awaitProperty("deep.key", "1");
                tree.clear();
                app.awaitProperty("deep.key", null);
                tree.put("application/deep/key", "2");
                app.awaitProperty("deep.key", "2");
            }
        }
    }

    @Test
    void aDocumentThatIsBoundToAConditionTakesItsFormerValuesAlong() throws Exception {
        tree.put("orders/data", "a: 1\n---\nb: 1\n");
        try (FollowingApp app =
                FollowingApp.start("spring.config.import=zk:", ZkConfigProperties.PREFIX + ".format=yaml")) {
            assertThat(app.property("b")).isEqualTo("1");
            tree.put("orders/data", "a: 2\n---\nspring.config.activate.on-profile: other\nb: 1\n");
            app.awaitProperty("a", "2");
            assertThat(app.property("b")).isNull();
            tree.put("orders/data", "a: 3\n---\nspring.config.activate.on-profile: default\nb: 2\n");
            app.awaitProperty("b", "2");
            tree.put("orders/data", "a: 4\n---\nb: 3\n");
            app.awaitProperty("b", "3");
        }
    }

    @Test
    void whatIsSwitchedOffImportsNothing() throws Exception {
        tree.put("orders/a", "1");
        for (String off : List.of("spring.cloud.zookeeper.enabled", ZkConfigProperties.PREFIX + ".enabled")) {
            try (FollowingApp app = FollowingApp.start("spring.config.import=zookeeper:", off + "=false")) {
                assertThat(app.property("a")).isNull();
            }
        }
    }

    @Test
    void yamlDocumentsBindLikeLocalFiles() throws Exception {
        tree.put(
                "orders/data",
                "app:\n  limit: 4\n  names: [a, b]\n---\nspring.config.activate.on-profile: dev\nx: on\n");
        tree.put("orders,dev/data", "app.limit: 5\n");
        String[] arguments = {"spring.config.import=zk:", ZkConfigProperties.PREFIX + ".format=yaml"};
        try (FollowingApp app = FollowingApp.start(arguments)) {
            assertThat(app.context().getBean(FollowingApp.Limits.class).getLimit())
                    .isEqualTo(4);
            assertThat(app.property("app.names[1]")).isEqualTo("b");
            assertThat(app.property("x")).isNull();
            tree.put("orders/data", "app.limit: 6\n");
            app.awaitProperty("app.limit", "6");
            assertThat(app.property("app.names[1]")).isNull();
            tree.put("orders/data", "app.limit: [broken\n");
            tree.put("application/data", "other: 1\n");
            app.awaitProperty("other", "1");
            assertThat(app.property("app.limit")).isEqualTo("6");
            assertThat(app.count("malformed")).isEqualTo(1);
        }
        assertThatThrownBy(() -> FollowingApp.start(arguments)).isInstanceOf(MalformedConfigException.class);
        tree.delete("orders");
        try (FollowingApp app = FollowingApp.start(arguments[0], arguments[1], "spring.profiles.active=dev")) {
            assertThat(app.property("app.limit")).isEqualTo("5");
        }
    }

    @Test
    void filesBesideTheContextsAreFiles() throws Exception {
        tree.put("orders.yml", "app.limit: 4\napp.greeting: hello\n").put("orders-dev.yml", "app.limit: 9\n");
        tree.put("orders.properties", "app.greeting=hi\n");
        try (FollowingApp app = FollowingApp.start(
                "spring.config.import=zk:",
                "spring.profiles.active=dev",
                ZkConfigProperties.PREFIX + ".format=files",
                ZkConfigProperties.PREFIX + ".profile-separator=-")) {
            assertThat(app.context().getBean(FollowingApp.Limits.class).getLimit())
                    .isEqualTo(9);
            assertThat(app.property("app.greeting")).isEqualTo("hi");
            tree.delete("orders.properties");
            app.awaitProperty("app.greeting", "hello");
        }
    }

    @Test
    void aContextThatMustNotBeReadStopsARequiredImportOnly(CapturedOutput output) throws Exception {
        tree.put("application/a", "1").put("orders/a", "2");
        Id owner = new Id("digest", DigestAuthenticationProvider.generateDigest("me:pass"));
        server.client()
                .setACL()
                .withACL(List.of(new ACL(ZooDefs.Perms.ALL, owner)))
                .forPath("/config/orders");
        try {
            assertThatThrownBy(() -> FollowingApp.start("spring.config.import=zk:"))
                    .isInstanceOf(ConfigImportException.class)
                    .hasMessageContaining("/config/orders")
                    .hasCauseInstanceOf(ZkAccessDeniedException.class);
            try (FollowingApp app = FollowingApp.start("spring.config.import=optional:zk:")) {
                assertThat(app.property("a")).isEqualTo("1");
            }
            assertThat(output).contains("not allow to read /config/orders");
            try (FollowingApp app = FollowingApp.start(
                    "spring.config.import=zk:",
                    "spring.cloud.zookeeper.auth[0].scheme=digest",
                    "spring.cloud.zookeeper.auth[0].credentials=me:pass")) {
                assertThat(app.property("a")).isEqualTo("2");
            }
            assertThat(output).doesNotContain("me:pass");
        } finally {
            server.client().getZookeeperClient().getZooKeeper().addAuthInfo("digest", "me:pass".getBytes());
            server.client().setACL().withACL(ZooDefs.Ids.OPEN_ACL_UNSAFE).forPath("/config/orders");
        }
    }
}
