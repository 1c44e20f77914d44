package io.quorate.cloud.zk.config;

import static io.quorate.cloud.zk.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.cloud.zk.ZkConnectException;
import io.quorate.cloud.zk.test.ZkServer;
import io.quorate.cloud.zk.test.ZkTest;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.context.refresh.ContextRefresher;

/** Starts and refreshes while there is no server. */
@ZkTest
@ExtendWith(OutputCaptureExtension.class)
final class OptionalImportIT {

    private static final String SHORT_WAIT = "spring.cloud.zookeeper.startup-wait=300ms";

    private final ZkServer server;
    private final ConfigTree tree;

    OptionalImportIT(ZkServer server) {
        this.server = server;
        this.tree = new ConfigTree(server.client());
    }

    @BeforeEach
    void oneValue() throws Exception {
        server.start();
        tree.clear();
        tree.put("orders/app/greeting", "hello");
    }

    private Link brokenLink() {
        Link link = new Link(server.connectString());
        link.breakIt();
        return link;
    }

    private static String through(Link link) {
        return "spring.cloud.zookeeper.connect-string=" + link.connectString();
    }

    @Test
    void anOptionalImportStartsWithoutAServerAndFollowsOnceThereIsOne(CapturedOutput output) throws Exception {
        try (Link link = brokenLink();
                FollowingApp app = FollowingApp.start("spring.config.import=optional:zk:", through(link), SHORT_WAIT)) {
            assertThat(app.property("app.greeting")).isNull();
            assertThat(output).containsOnlyOnce("Configuration cannot be read at present");
            link.mend();
            app.awaitProperty("app.greeting", "hello");
            await().until(() -> app.count("applied") == 1);
            assertThat(app.refreshes()).hasSize(1);
            assertThat(app.changes()).containsExactly(Set.of("app.greeting"));
            tree.put("orders/app/greeting", "hi");
            app.awaitProperty("app.greeting", "hi");
        }
    }

    @Test
    void withoutFailFastEveryImportIsOptional() throws Exception {
        try (Link link = brokenLink();
                FollowingApp app = FollowingApp.start(
                        "spring.config.import=zookeeper:",
                        ZkConfigProperties.PREFIX + ".fail-fast=false",
                        through(link),
                        SHORT_WAIT)) {
            assertThat(app.property("app.greeting")).isNull();
        }
    }

    @Test
    void aRequiredImportStopsTheStart() throws Exception {
        try (Link link = brokenLink()) {
            assertThatThrownBy(() -> FollowingApp.start("spring.config.import=zk:", through(link), SHORT_WAIT))
                    .isInstanceOf(ConfigImportException.class)
                    .hasCauseInstanceOf(ZkConnectException.class);
            awaitNoClientOf(link);
        }
    }

    @Test
    void aRequiredImportIsRetriedIfThatIsAskedFor() throws Exception {
        try (Link link = brokenLink()) {
            // More than one attempt can see: each waits 10 ms and then looks once why there is no connection.
            Thread mending = new Thread(() -> {
                await().until(() -> link.refused() > 4);
                link.mend();
            });
            mending.start();
            try (FollowingApp app = FollowingApp.start(
                    "spring.config.import=zk:",
                    through(link),
                    "spring.cloud.zookeeper.startup-wait=10ms",
                    ZkConfigProperties.PREFIX + ".retry.enabled=true",
                    ZkConfigProperties.PREFIX + ".retry.max-attempts=300",
                    ZkConfigProperties.PREFIX + ".retry.initial-interval=100ms",
                    ZkConfigProperties.PREFIX + ".retry.max-interval=100ms")) {
                assertThat(app.property("app.greeting")).isEqualTo("hello");
            }
            mending.join();
        }
    }

    @Test
    void aRefreshWithoutAServerLeavesEverythingAsItIs() throws Exception {
        try (Link link = new Link(server.connectString());
                FollowingApp app = FollowingApp.start("spring.config.import=zk:", through(link))) {
            link.breakIt();
            await().until(() -> link.carrying() == 0);
            assertThat(app.context().getBean(ContextRefresher.class).refresh()).isEmpty();
            assertThat(app.property("app.greeting")).isEqualTo("hello");
        }
    }

    @Test
    void aStartThatFailsBehindAnImportLeavesNoClientOpen() throws Exception {
        try (Link link = new Link(server.connectString())) {
            assertThatThrownBy(() -> FollowingApp.start("spring.config.import=zk:,zk:host:no-port", through(link)))
                    .isInstanceOf(MalformedImportException.class);
            awaitNoClientOf(link);
        }
    }

    /** Its threads end, and each of their names has the server. */
    private static void awaitNoClientOf(Link link) {
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().contains(link.address())));
    }
}
