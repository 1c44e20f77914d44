package io.quorate.cloud.zk.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.cloud.zk.config.content.ConfigContext;
import io.quorate.cloud.zk.config.content.ConfigFormat;
import io.quorate.cloud.zk.config.content.ConfigSnapshot;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.zookeeper.Watcher;
import org.junit.jupiter.api.Test;

final class SnapshotReaderTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Watcher WATCHER = event -> {};

    private final FakeNodes nodes = new FakeNodes();
    private final ImportedContext orders = context("config/orders");
    private final ImportedContext shared = context("config/application");

    private static ImportedContext context(String name) {
        return new ImportedContext(ConfigContext.of(name, false), ConfigFormat.KEY_VALUE.with("data", ""));
    }

    private Map<ImportedContext, SnapshotReader.Reading> read() {
        return new SnapshotReader(nodes, PATIENCE, null).read(List.of(orders, shared));
    }

    private static ConfigSnapshot of(SnapshotReader.Reading reading) {
        return reading.snapshot().orElseThrow();
    }

    @Test
    void everythingBelowIsReadAndAMissingContextIsEmpty() {
        nodes.put("/config/orders", "");
        nodes.put("/config/orders/a", "");
        nodes.put("/config/orders/a/b", "1");
        nodes.put("/config/ordersX", "other");
        Map<ImportedContext, SnapshotReader.Reading> readings = read();
        assertThat(of(readings.get(orders)).nodes())
                .containsOnlyKeys("/config/orders", "/config/orders/a", "/config/orders/a/b");
        assertThat(of(readings.get(orders)).nodes().get("/config/orders/a").leaf())
                .isFalse();
        assertThat(of(readings.get(orders)).nodes().get("/config/orders/a/b").leaf())
                .isTrue();
        assertThat(of(readings.get(shared))).isEqualTo(ConfigSnapshot.empty());
        assertThat(nodes.reads).isEqualTo(4);
    }

    @Test
    void aWriteInBetweenLetsEverythingBeReadAgain() {
        nodes.put("/config/orders", "");
        nodes.put("/config/orders/a", "old");
        nodes.betweenPasses(() -> nodes.put("/config/orders/a", "new"));
        assertThat(of(read().get(orders)).nodes().get("/config/orders/a").data())
                .isEqualTo("new".getBytes(StandardCharsets.UTF_8));
        assertThat(nodes.reads).isEqualTo(6);
    }

    @Test
    void aServerThatLagsIsLetCatchUpIfThatIsAskedFor() {
        nodes.put("/config/orders", "old");
        nodes.arriving(() -> nodes.put("/config/orders", "new"));
        assertThat(of(read().get(orders)).nodes().get("/config/orders").data())
                .isEqualTo("old".getBytes(StandardCharsets.UTF_8));
        assertThat(of(new SnapshotReader(nodes, PATIENCE, null)
                                .readLatest(List.of(orders, shared))
                                .get(orders))
                        .nodes()
                        .get("/config/orders")
                        .data())
                .isEqualTo("new".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aNodeThatComesInBetweenIsSeen() {
        nodes.put("/config/orders", "");
        nodes.betweenPasses(() -> nodes.put("/config/orders/late", "1"));
        assertThat(of(read().get(orders)).nodes()).containsKey("/config/orders/late");
    }

    @Test
    void aContextThatComesInBetweenIsSeen() {
        nodes.betweenPasses(() -> nodes.put("/config/application", ""));
        assertThat(of(read().get(shared)).nodes()).containsKey("/config/application");
    }

    @Test
    void aContextThatMustNotBeReadLeavesTheOthers() {
        nodes.put("/config/orders", "");
        nodes.put("/config/orders/secret", "");
        nodes.put("/config/application", "");
        nodes.deny("/config/orders/secret");
        Map<ImportedContext, SnapshotReader.Reading> readings = read();
        assertThat(readings.get(orders).snapshot()).isEmpty();
        assertThat(readings.get(orders).denied().orElseThrow().getPath()).isEqualTo("/config/orders/secret");
        assertThat(of(readings.get(shared)).nodes()).hasSize(1);
    }

    @Test
    void aWatchThatFiresOnceIsSetOnEveryNodeLeavesAndMissingContextsIncluded() {
        nodes.put("/config/orders", "");
        nodes.put("/config/orders/a", "1");
        new SnapshotReader(nodes, PATIENCE, WATCHER).read(List.of(orders, shared));
        assertThat(nodes.watched()).containsExactly("/config/application", "/config/orders", "/config/orders/a");
    }

    @Test
    void aServerThatFallsSilentIsNotWaitedForForEver() {
        nodes.fallSilent();
        assertThatThrownBy(() -> new SnapshotReader(nodes, Duration.ZERO, null).read(List.of(orders)))
                .isInstanceOf(UnreadableConfigException.class)
                .hasMessageContaining("no answer within 0 ms");
    }
}
