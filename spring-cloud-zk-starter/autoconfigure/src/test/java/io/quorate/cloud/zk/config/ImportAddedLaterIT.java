package io.quorate.cloud.zk.config;

import static io.quorate.cloud.zk.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.cloud.zk.test.ZkServer;
import io.quorate.cloud.zk.test.ZkTest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.cloud.context.refresh.ContextRefresher;

/** Imports that are added to a local file while the application runs, and come with a refresh. */
@ZkTest
final class ImportAddedLaterIT {

    private static final String SHORT_WAIT = "spring.cloud.zookeeper.startup-wait=300ms";

    @TempDir
    private Path directory;

    private final ZkServer server;
    private final ConfigTree tree;

    ImportAddedLaterIT(ZkServer server) {
        this.server = server;
        this.tree = new ConfigTree(server.client());
    }

    @BeforeEach
    void values() throws Exception {
        tree.clear();
        tree.put("orders/a", "1").put("extra/b", "1");
    }

    private void write(String imports, String... more) throws Exception {
        Files.writeString(
                directory.resolve("application.properties"),
                "spring.config.import=" + imports + "\n" + String.join("\n", more));
    }

    private FollowingApp start(String imports, String... more) throws Exception {
        write(imports);
        String[] arguments = new String[more.length + 1];
        arguments[0] = "spring.config.location=" + directory + "/";
        System.arraycopy(more, 0, arguments, 1, more.length);
        return FollowingApp.start(arguments);
    }

    private void refresh(FollowingApp app, String imports, String... more) throws Exception {
        write(imports, more);
        app.context().getBean(ContextRefresher.class).refresh();
    }

    /** What was imported at the start is watched by then. */
    private void awaitFollowed(FollowingApp app) throws Exception {
        tree.put("orders/a", "2");
        app.awaitProperty("a", "2");
    }

    /** An import of the context {@code extra} over that link. */
    private String over(Link link) {
        String chroot = server.connectString().substring(server.connectString().indexOf('/'));
        return "zk:" + link.address() + chroot + "/config/extra";
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "classic"})
    void aContextIsFollowedAsSoonAsARefreshHasBroughtIt(String watchMode) throws Exception {
        try (FollowingApp app = start("zk:/config/orders", "spring.cloud.zookeeper.watch-mode=" + watchMode)) {
            awaitFollowed(app);
            refresh(app, "zk:/config/orders;/config/extra");
            assertThat(app.property("b")).isEqualTo("1");
            tree.put("extra/b", "2");
            app.awaitProperty("b", "2");
            tree.put("extra/b", "3").put("orders/a", "3");
            app.awaitProperty("b", "3");
            app.awaitProperty("a", "3");
        }
    }

    @Test
    void otherServersAreConnectedAndFollowed() throws Exception {
        try (Link link = new Link(server.connectString())) {
            try (FollowingApp app = start("zk:/config/orders")) {
                refresh(app, "zk:/config/orders," + over(link));
                assertThat(app.property("b")).isEqualTo("1");
                tree.put("extra/b", "2");
                app.awaitProperty("b", "2");
                refresh(app, "zk:/config/orders," + over(link));
                assertThat(link.opened()).isEqualTo(1);
            }
            await().until(() -> link.carrying() == 0);
        }
    }

    @Test
    void whatIsImportedNoLongerStaysAsItIsAndIsNotFollowed() throws Exception {
        try (FollowingApp app = start(
                "zk:/config/orders;/config/extra",
                "spring.cloud.zookeeper.reconcile-interval=100ms",
                ZkConfigProperties.PREFIX + ".refresh.quiet-period=5ms")) {
            awaitFollowed(app);
            refresh(app, "zk:/config/orders");
            // The framework keeps the sources that a refresh leaves out.
            assertThat(app.property("b")).isEqualTo("1");
            int before = app.refreshes().size();
            tree.put("extra/b", "2");
            tree.put("orders/a", "3");
            app.awaitProperty("a", "3");
            // Looked at many times.
            long requests = server.requestCount();
            await().until(() -> server.requestCount() > requests + 100);
            assertThat(app.refreshes()).hasSize(before + 1);
            refresh(app, "zk:/config/orders;/config/extra");
            assertThat(app.property("b")).isEqualTo("2");
            tree.put("extra/b", "3");
            app.awaitProperty("b", "3");
        }
    }

    @Test
    void theFirstImportOfAllIsFollowedToo() throws Exception {
        try (Link link = new Link(server.connectString())) {
            try (FollowingApp app = start("", "spring.cloud.zookeeper.connect-string=" + link.connectString())) {
                refresh(app, "zk:/config/orders");
                assertThat(app.property("a")).isEqualTo("1");
                awaitFollowed(app);
            }
            await().until(() -> link.carrying() == 0);
        }
    }

    @Test
    void theFirstImportOfAllLeavesARunningApplicationAsItIsIfItCannotBeRead() throws Exception {
        try (Link link = new Link(server.connectString());
                FollowingApp app = start("", SHORT_WAIT)) {
            link.breakIt();
            refresh(app, over(link));
            assertThat(app.property("b")).isNull();
            link.mend();
            app.awaitProperty("b", "1");
        }
    }

    @Test
    void otherServersThatCannotBeReachedAreWaitedForBehindTheRefresh() throws Exception {
        try (Link link = new Link(server.connectString());
                FollowingApp app = start("zk:/config/orders")) {
            link.breakIt();
            // Not for the start, which has to be quick enough for it.
            refresh(app, "zk:/config/orders," + over(link), SHORT_WAIT);
            assertThat(app.property("b")).isNull();
            assertThat(app.property("a")).isEqualTo("1");
            link.mend();
            app.awaitProperty("b", "1");
            tree.put("extra/b", "2");
            app.awaitProperty("b", "2");
        }
    }
}
