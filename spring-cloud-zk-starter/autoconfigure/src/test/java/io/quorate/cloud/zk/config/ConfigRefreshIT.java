package io.quorate.cloud.zk.config;

import static io.quorate.cloud.zk.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.cloud.zk.ZkConnectionDetails;
import io.quorate.cloud.zk.test.ZkServer;
import io.quorate.cloud.zk.test.ZkTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.curator.drivers.AdvancedTracerDriver;
import org.apache.curator.drivers.EventTrace;
import org.apache.curator.drivers.OperationTrace;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.zookeeper.KeeperException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.bootstrap.encrypt.KeyProperties;
import org.springframework.cloud.context.encrypt.EncryptorFactory;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

/** Changes that reach a running application. */
@ZkTest
@ExtendWith(OutputCaptureExtension.class)
final class ConfigRefreshIT {

    private static final String IMPORT = "spring.config.import=zookeeper:";

    private final ZkServer server;
    private final ConfigTree tree;

    ConfigRefreshIT(ZkServer server) {
        this.server = server;
        this.tree = new ConfigTree(server.client());
    }

    @BeforeEach
    void clear() throws Exception {
        tree.clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "classic"})
    void aChangedKeyReachesTheBeansWithOneEvent(String watchMode) throws Exception {
        tree.put("orders/app/greeting", "hello").put("orders/app/limit", "2").put("orders/other", "same");
        try (FollowingApp app = FollowingApp.start(IMPORT, "spring.cloud.zookeeper.watch-mode=" + watchMode)) {
            FollowingApp.Greeting greeting = app.context().getBean(FollowingApp.Greeting.class);
            assertThat(greeting.text()).isEqualTo("hello");
            awaitFirstComparison(app);
            tree.put("orders/app/greeting", "hi");
            await().until(() -> greeting.text().equals("hi"));
            assertThat(app.refreshes()).hasSize(1);
            assertThat(app.changes()).containsExactly(Set.of("app.greeting"));
            tree.put("orders/app/limit", "3");
            await().until(() -> app.context().getBean(FollowingApp.Limits.class).getLimit() == 3);
            tree.put("orders/new/one", "1");
            app.awaitProperty("new.one", "1");
            tree.delete("orders/new");
            app.awaitProperty("new.one", null);
            await().until(() -> app.count("applied") == 4);
            assertThat(app.refreshes()).hasSize(4);
        }
    }

    /**
     * The comparison after the start sees what changes before it, so that a change of the test would be merged into it.
     */
    private void awaitFirstComparison(FollowingApp app) throws Exception {
        // The newest transaction of an equal value is noted without an event.
        tree.put("orders/other", "same");
        long mzxid =
                server.client().checkExists().forPath("/config/orders/other").getMzxid();
        await().until(() -> app.context().getBean(ZkConfigImports.class).contexts().stream()
                .anyMatch(context -> context.maxMzxid() == mzxid));
        assertThat(app.refreshes()).isEmpty();
    }

    @Test
    void fiveHundredChangesAreAFewEvents() throws Exception {
        tree.put("orders/key/none", "0");
        // A burst lasts as long as the machine takes to write it, and it may pause.
        try (FollowingApp app = FollowingApp.start(
                IMPORT,
                ZkConfigProperties.PREFIX + ".refresh.quiet-period=2s",
                ZkConfigProperties.PREFIX + ".refresh.max-delay=1m")) {
            CountDownLatch written = new CountDownLatch(500);
            for (int i = 0; i < 500; i++) {
                server.client()
                        .create()
                        .inBackground((client, event) -> written.countDown())
                        .forPath("/config/orders/key/" + i, "new".getBytes(StandardCharsets.UTF_8));
            }
            assertThat(written.await(30, TimeUnit.SECONDS)).isTrue();
            await().untilAsserted(() -> assertThat(app.property("key.499")).isEqualTo("new"));
            for (int i = 0; i < 500; i++) {
                assertThat(app.property("key." + i)).as("key.%d", i).isEqualTo("new");
            }
            assertThat(app.refreshes()).hasSizeBetween(1, 3);
        }
    }

    @Test
    void whatChangesDuringADisconnectIsNeverMissed() throws Exception {
        tree.put("orders/gone", "1").put("orders/replaced", "old").put("orders/kept", "1");
        try (Link link = new Link(server.connectString());
                FollowingApp app =
                        FollowingApp.start(IMPORT, "spring.cloud.zookeeper.connect-string=" + link.connectString())) {
            link.breakIt();
            tree.delete("orders/gone").put("orders/added", "1");
            // Version 0 before and after.
            tree.delete("orders/replaced").put("orders/replaced", "new");
            link.mend();
            app.awaitProperty("added", "1");
            assertThat(app.property("gone")).isNull();
            assertThat(app.property("replaced")).isEqualTo("new");
            assertThat(app.property("kept")).isEqualTo("1");
            assertThat(app.refreshes()).hasSize(1);
        }
    }

    @Test
    void watchesOutliveTheSession() throws Exception {
        tree.put("orders/a", "1");
        try (FollowingApp app = FollowingApp.start(IMPORT)) {
            CuratorFramework client = app.context().getBean(CuratorFramework.class);
            CountDownLatch again = reconnections(client, 1);
            server.expireSession(client);
            assertThat(again.await(30, TimeUnit.SECONDS)).isTrue();
            tree.put("orders/a", "2");
            app.awaitProperty("a", "2");
            tree.put("orders/a", "3");
            app.awaitProperty("a", "3");
        }
    }

    @Test
    void aNewSessionIsBroughtUpToDateBeforeAnythingIsReadInIt() throws Exception {
        tree.put("orders/a", "1");
        try (FollowingApp app = FollowingApp.start(IMPORT)) {
            awaitFollowed(app);
            CuratorFramework client = app.context().getBean(CuratorFramework.class);
            RequestLog requests = new RequestLog();
            client.getZookeeperClient().setTracerDriver(requests);
            server.expireSession(client);
            await().until(() -> requests.answered("getData"));
            assertThat(requests.answered()).containsSubsequence("sync", "getData");
            assertThat(requests.answered().indexOf("sync"))
                    .isLessThan(requests.answered().indexOf("getData"));
            tree.put("orders/a", "3");
            app.awaitProperty("a", "3");
            assertThat(requests.answered()).containsOnlyOnce("sync");
        }
    }

    /** What a client has asked, in the order of the answers, which is that of the requests. */
    private static final class RequestLog extends AdvancedTracerDriver {

        private final List<String> answered = new CopyOnWriteArrayList<>();

        List<String> answered() {
            return answered;
        }

        boolean answered(String operation) {
            return answered.contains(operation);
        }

        @Override
        public void addTrace(OperationTrace trace) {
            if (trace.getReturnCode() == KeeperException.Code.OK.intValue()) {
                answered.add(trace.getName());
            }
        }

        @Override
        public void addEvent(EventTrace trace) {
            // Of the connection.
        }
    }

    @Test
    void tenReconnectsWithoutAChangeAreNoEvent() throws Exception {
        tree.put("orders/a", "1");
        try (Link link = new Link(server.connectString());
                FollowingApp app =
                        FollowingApp.start(IMPORT, "spring.cloud.zookeeper.connect-string=" + link.connectString())) {
            CuratorFramework client = app.context().getBean(CuratorFramework.class);
            for (int i = 0; i < 10; i++) {
                CountDownLatch again = reconnections(client, 1);
                link.cut();
                assertThat(again.await(30, TimeUnit.SECONDS))
                        .as("reconnect %d", i)
                        .isTrue();
            }
            tree.put("orders/a", "2");
            app.awaitProperty("a", "2");
            assertThat(app.refreshes()).hasSize(1);
        }
    }

    private static CountDownLatch reconnections(CuratorFramework client, int count) {
        CountDownLatch latch = new CountDownLatch(count);
        client.getConnectionStateListenable().addListener((same, state) -> {
            if (state == ConnectionState.RECONNECTED) {
                latch.countDown();
            }
        });
        return latch;
    }

    @Test
    void aChangeBetweenTheEnvironmentAndReadyIsNotLost() throws Exception {
        tree.put("orders/a", "1");
        FollowingApp starting = new FollowingApp().with(new ApplicationListener<ApplicationStartedEvent>() {
            @Override
            public void onApplicationEvent(ApplicationStartedEvent event) {
                try {
                    tree.put("orders/a", "2");
                } catch (Exception failed) {
                    throw new IllegalStateException(failed);
                }
            }
        });
        try (FollowingApp app = starting.run(IMPORT)) {
            app.awaitProperty("a", "2");
            assertThat(app.refreshes()).hasSize(1);
        }
    }

    @Test
    void encryptedValuesAreDecryptedAtTheStartAndAfterARefresh() throws Exception {
        tree.put("orders/a", "{cipher}" + encrypted("first"));
        try (FollowingApp app = FollowingApp.start(IMPORT, "encrypt.key=key-of-the-test")) {
            assertThat(app.property("a")).isEqualTo("first");
            tree.put("orders/a", "{cipher}" + encrypted("second"));
            app.awaitProperty("a", "second");
        }
    }

    private static String encrypted(String value) {
        return new EncryptorFactory(new KeyProperties().getSalt())
                .create("key-of-the-test")
                .encrypt(value);
    }

    @Test
    void logsNameKeysAndNeverValues(CapturedOutput output) throws Exception {
        tree.put("orders/app/password", "value-one");
        try (FollowingApp app = FollowingApp.start(
                IMPORT, "logging.level.io.quorate=DEBUG", "logging.level.org.springframework.cloud=DEBUG")) {
            tree.put("orders/app/password", "value-two");
            app.awaitProperty("app.password", "value-two");
            await().until(() -> app.count("applied") == 1);
            assertThat(String.valueOf(app.refreshes().get(0).getEventDesc())).contains("app.password");
            assertThat(app.context().getBean(ZkConfigImports.class).contexts().toString())
                    .contains("app.password");
            assertThat(output).contains("app.password").doesNotContain("value-one", "value-two");
            assertThat(app.context().getBean(ZkConfigImports.class).contexts().toString())
                    .doesNotContain("value-");
        }
    }

    @Test
    void logsOfWholeDocumentsHaveNoValuesEither(CapturedOutput output) throws Exception {
        tree.put("orders/data", "app.password: value-one\n");
        try (FollowingApp app =
                FollowingApp.start(IMPORT, ZkConfigProperties.PREFIX + ".format=yaml", "logging.level.root=DEBUG")) {
            tree.put("orders/data", "app.password: value-two\n");
            app.awaitProperty("app.password", "value-two");
            tree.put("orders/data", "app.password: [value-three\n");
            await().until(() -> app.count("malformed") == 1);
            assertThat(output).contains("/config/orders/data").doesNotContain("value-");
        } finally {
            LoggingSystem.get(getClass().getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
        }
    }

    @Test
    void aValueThatDoesNotFitLeavesTheLastGoodState(CapturedOutput output) throws Exception {
        tree.put("orders/app/limit", "2").put("orders/app/greeting", "hello");
        try (FollowingApp app = FollowingApp.start(IMPORT)) {
            FollowingApp.Limits limits = app.context().getBean(FollowingApp.Limits.class);
            // In one, for a burst that ends in between would be refused twice.
            tree.putTogether(Map.of("orders/app/limit", "not-a-number", "orders/app/greeting", "changed"));
            await().until(() -> app.count("refused") == 1);
            assertThat(limits.getLimit()).isEqualTo(2);
            assertThat(app.property("app.limit")).isEqualTo("2");
            assertThat(app.context().getBean(FollowingApp.Greeting.class).text())
                    .isEqualTo("hello");
            assertThat(output).contains("'app.limit' does not fit", "/config/orders/app/limit");
            assertThat(output).doesNotContain("not-a-number");
            tree.put("orders/app/limit", "3");
            await().until(() -> limits.getLimit() == 3);
            assertThat(app.context().getBean(FollowingApp.Greeting.class).text())
                    .isEqualTo("changed");
            assertThat(app.count("refused")).isEqualTo(1);
        }
    }

    @Test
    void aGoodValueThatCameWithABadOneIsThereOnceThatIsMended() throws Exception {
        tree.put("orders/app/limit", "2").put("application/app/greeting", "hello");
        try (FollowingApp app = FollowingApp.start(IMPORT)) {
            FollowingApp.Greeting greeting = app.context().getBean(FollowingApp.Greeting.class);
            tree.putTogether(Map.of("orders/app/limit", "not-a-number", "application/app/greeting", "changed"));
            await().until(() -> app.count("refused") == 1);
            assertThat(greeting.text()).isEqualTo("hello");
            tree.put("orders/app/limit", "3");
            app.awaitProperty("app.limit", "3");
            await().until(() -> greeting.text().equals("changed"));
        }
    }

    @Test
    void anOperatorsRefreshReadsAnew() throws Exception {
        tree.put("orders/a", "1");
        try (FollowingApp app = FollowingApp.start(IMPORT, ZkConfigProperties.PREFIX + ".refresh.enabled=false")) {
            assertThat(app.context().getBeansOfType(ConfigWatcher.class)).isEmpty();
            tree.put("orders/a", "2");
            assertThat(app.context().getBean(ContextRefresher.class).refresh()).containsExactly("a");
            assertThat(app.property("a")).isEqualTo("2");
        }
    }

    @Test
    void whatARefreshHasReadThatFailsThenIsStillBrought() throws Exception {
        tree.put("orders/a", "1");
        // Long enough for the operator to come first.
        String quiet = ZkConfigProperties.PREFIX + ".refresh.quiet-period=10s";
        try (FollowingApp app = FollowingApp.start(
                "spring.config.import=between:,zk:/config/orders",
                quiet,
                ZkConfigProperties.PREFIX + ".refresh.max-delay=10s")) {
            tree.put("orders/a", "2");
            BetweenImports.next(() -> {
                throw new IllegalStateException("behind the reading");
            });
            ContextRefresher operator = app.context().getBean(ContextRefresher.class);
            assertThatThrownBy(operator::refresh).hasRootCauseMessage("behind the reading");
            assertThat(app.property("a")).isEqualTo("1");
            app.awaitProperty("a", "2");
        }
    }

    @Test
    void aWholeApplicationFollowsToo() throws Exception {
        tree.put("orders/a", "1");
        try (FollowingApp app = new FollowingApp(Whole.class).run(IMPORT)) {
            assertThat(app.context().getBeansOfType(CuratorFramework.class)).hasSize(1);
            tree.put("orders/a", "2");
            app.awaitProperty("a", "2");
            await().until(() -> app.count("applied") == 1);
        }
    }

    /** Whatever the class path brings. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Whole {}

    @Test
    void connectionDetailsOfOtherServersTakeTheContextsOver() throws Exception {
        tree.put("orders/a", "1");
        try (Link link = new Link(server.connectString())) {
            ZkConnectionDetails details = server::connectString;
            FollowingApp detailed = new FollowingApp()
                    .initializedBy((ApplicationContextInitializer<GenericApplicationContext>)
                            context -> context.registerBean(ZkConnectionDetails.class, () -> details));
            try (FollowingApp app =
                    detailed.run(IMPORT, "spring.cloud.zookeeper.connect-string=" + link.connectString())) {
                assertThat(app.property("a")).isEqualTo("1");
                assertThat(link.opened()).isEqualTo(1);
                await().until(() -> link.carrying() == 0);
                tree.put("orders/a", "2");
                app.awaitProperty("a", "2");
                assertThat(link.opened()).isEqualTo(1);
            }
        }
    }

    @Test
    void beansThatAreMadeLateTakeTheContextsOverToo() throws Exception {
        tree.put("orders/a", "1");
        try (Link link = new Link(server.connectString())) {
            ZkConnectionDetails details = server::connectString;
            FollowingApp detailed = new FollowingApp()
                    .initializedBy((ApplicationContextInitializer<GenericApplicationContext>)
                            context -> context.registerBean(ZkConnectionDetails.class, () -> details));
            try (FollowingApp app = detailed.run(
                    IMPORT,
                    "spring.main.lazy-initialization=true",
                    "spring.cloud.zookeeper.connect-string=" + link.connectString())) {
                awaitFollowed(app);
                assertThat(app.context().getBean(CuratorFramework.class)).isNotNull();
                await().until(() -> link.carrying() == 0);
                tree.put("orders/a", "3");
                app.awaitProperty("a", "3");
            }
        }
    }

    private void awaitFollowed(FollowingApp app) throws Exception {
        tree.put("orders/a", "2");
        app.awaitProperty("a", "2");
    }

    @Test
    void theSwitchOfSpringCloudZookeeperWorksToo() {
        try (FollowingApp app = FollowingApp.start(IMPORT, ZkConfigProperties.PREFIX + ".watcher.enabled=false")) {
            assertThat(app.context().getBeansOfType(ConfigWatcher.class)).isEmpty();
        }
    }

    @Test
    void twentyRefreshesUseOneConnectionWhichTheContextCloses() throws Exception {
        tree.put("orders/a", "0");
        try (Link link = new Link(server.connectString())) {
            AtomicInteger expected = new AtomicInteger();
            try (FollowingApp app = FollowingApp.start(
                    IMPORT,
                    "spring.cloud.zookeeper.connect-string=" + link.connectString(),
                    ZkConfigProperties.PREFIX + ".refresh.quiet-period=5ms")) {
                for (int i = 1; i <= 20; i++) {
                    tree.put("orders/a", String.valueOf(expected.incrementAndGet()));
                    app.awaitProperty("a", expected.toString());
                }
                assertThat(link.opened()).isEqualTo(1);
                assertThat(link.carrying()).isEqualTo(1);
            }
            await().until(() -> link.carrying() == 0);
            assertThat(link.opened()).isEqualTo(1);
        }
    }
}
