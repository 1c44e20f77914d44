package io.quorate.cloud.zk.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.cloud.zk.FakeServer;
import io.quorate.cloud.zk.ManualLane;
import io.quorate.cloud.zk.ScriptedConnection;
import io.quorate.cloud.zk.ZkClientProperties;
import io.quorate.cloud.zk.ZkEvents;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.zookeeper.KeeperException.Code;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.cloud.client.discovery.event.HeartbeatEvent;

/** The catalog in virtual time. */
final class ServiceCatalogTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualLane lane = new ManualLane();
    private final FakeServer server = new FakeServer();
    private final ScriptedConnection connection = new ScriptedConnection();
    private final List<Object> beats = new CopyOnWriteArrayList<>();
    private final ZkEvents events = new ZkEvents(event -> beats.add(((HeartbeatEvent) event).getValue()));

    @AfterEach
    void close() {
        events.close();
    }

    private List<Object> beats() {
        events.flush(Duration.ofSeconds(10));
        return beats;
    }

    private ServiceCatalog catalog(String... properties) {
        Map<String, String> values = new HashMap<>(Map.of("spring.cloud.zookeeper.reconcile-interval", "1s"));
        for (String property : properties) {
            values.put(property.split("=")[0], property.split("=")[1]);
        }
        Binder binder = new Binder(new MapConfigurationPropertySource(values));
        ServiceCatalog catalog = new ServiceCatalog(
                binder.bindOrCreate("spring.cloud.zookeeper.discovery", ZkDiscoveryProperties.class),
                binder.bindOrCreate("spring.cloud.zookeeper", ZkClientProperties.class),
                server,
                connection,
                lane);
        new CatalogHeartbeat(catalog, events).afterSingletonsInstantiated();
        return catalog;
    }

    private void register(String id) {
        String json = """
                {"name":"orders","id":"%s","address":"h","port":1,"payload":{"metadata":{"instance_status":"UP"}}}
                """.formatted(id);
        server.put("/services/orders/" + id, json.getBytes(StandardCharsets.UTF_8), 1);
    }

    @Test
    void nothingBeatsInAMinuteOfRestAndThenEveryChangeDoes() {
        connection.connected(1);
        register("o-1");
        ServiceCatalog catalog = catalog();
        catalog.watch("orders");
        lane.run();
        assertThat(beats()).hasSize(1);
        int asked = server.requests.size();
        lane.pass(Duration.ofSeconds(60));
        assertThat(server.requests.size() - asked).as("looks at the server").isGreaterThanOrEqualTo(60);
        assertThat(beats()).hasSize(1);
        server.writeByOther("/services/orders/o-1", server.data("/services/orders/o-1"));
        lane.pass(Duration.ofSeconds(60));
        assertThat(beats()).as("written again as it was").hasSize(1);
        register("o-2");
        lane.pass(SECOND);
        assertThat(beats()).hasSize(2);
        assertThat(beats().get(1)).isNotEqualTo(beats.get(0));
        server.removeByOther("/services/orders/o-2");
        lane.pass(Duration.ofSeconds(60));
        assertThat(beats()).hasSize(3);
        assertThat(beats().get(2)).as("the catalog is as it was").isEqualTo(beats.get(0));
        catalog.close();
        lane.run();
    }

    private List<String> ids(ServiceCatalog catalog, String service) {
        lane.run();
        return catalog.known(service).stream()
                .map(ZkServiceInstance::getInstanceId)
                .toList();
    }

    @Test
    void aServiceThatAppearsBetweenTwoLooksOfClassicWatchesIsSeen() {
        connection.connected(1);
        ServiceCatalog catalog =
                catalog("spring.cloud.zookeeper.watch-mode=classic", "spring.cloud.zookeeper.reconcile-interval=10h");
        server.beforeNext("exists", () -> {
            server.put("/services", new byte[0], 0);
            server.put("/services/orders", new byte[0], 0);
            register("o-1");
        });
        catalog.watch("orders");
        assertThat(ids(catalog, "orders")).containsExactly("o-1");
    }

    @Test
    void aRootThatAppearsBetweenTwoLooksOfClassicWatchesIsSeen() {
        connection.connected(1);
        ServiceCatalog catalog =
                catalog("spring.cloud.zookeeper.watch-mode=classic", "spring.cloud.zookeeper.reconcile-interval=10h");
        server.beforeNext("exists", () -> {
            server.put("/services", new byte[0], 0);
            server.put("/services/orders", new byte[0], 0);
        });
        var names = catalog.servicesLater();
        lane.run();
        assertThat(names).isCompletedWithValue(List.of("orders"));
    }

    @Test
    void aNodeThatMustNotBeReadIsLeftOutUntilItMay() {
        connection.connected(1);
        register("o-1");
        register("o-2");
        server.forbid("/services/orders/o-2");
        ServiceCatalog catalog = catalog();
        catalog.watch("orders");
        assertThat(ids(catalog, "orders")).containsExactly("o-1");
        register("o-3");
        lane.pass(SECOND);
        assertThat(ids(catalog, "orders")).containsExactly("o-1", "o-3");
        server.allow("/services/orders/o-2");
        lane.pass(SECOND);
        assertThat(ids(catalog, "orders")).containsExactly("o-1", "o-2", "o-3");
    }

    @Test
    void whatIsNoLongerFollowedIsStillAnsweredToWhoeverHasAsked() {
        connection.connected(1);
        register("o-1");
        ServiceCatalog catalog = catalog("spring.cloud.zookeeper.discovery.catalog.max-subscriptions=1");
        var orders = catalog.instancesLater("orders");
        var others = catalog.instancesLater("others");
        lane.run();
        assertThat(orders).isCompletedWithValueMatching(instances -> instances.size() == 1);
        assertThat(others).isCompletedWithValueMatching(List::isEmpty);
        assertThat(catalog.status().instances()).containsOnlyKeys("others");
        assertThat(server.requests).contains("removeWatches /services/orders");
        assertThat(server.requests.indexOf("addWatch /services/orders"))
                .isLessThan(server.requests.indexOf("removeWatches /services/orders"));
    }

    @Test
    void aNameThatNoNodeCanHaveHasNoInstances() {
        connection.connected(1);
        ServiceCatalog catalog = catalog();
        for (String name : List.of("", "/", "..", "a/../b", "a\u0000b", "\u0007")) {
            assertThat(catalog.instancesLater(name)).isCompletedWithValue(List.of());
        }
        lane.run();
        assertThat(server.requests).isEmpty();
        assertThat(catalog.status().instances()).isEmpty();
    }

    @Test
    void aSessionThatBeginsAtAServerThatLagsShowsNothingOlder() {
        connection.connected(1);
        register("o-1");
        register("o-2");
        ServiceCatalog catalog = catalog();
        catalog.watch("orders");
        catalog.servicesLater();
        lane.run();
        long before = catalog.status().changes();
        server.removeByOther("/services/orders/o-2");
        server.arriving(() -> register("o-2"));
        connection.connected(2);
        server.failNext("sync", Code.CONNECTIONLOSS, false);
        lane.pass(SECOND.multipliedBy(10));
        assertThat(catalog.known("orders")).hasSize(2);
        assertThat(catalog.status().changes()).isEqualTo(before);
        assertThat(server.requests.stream().filter(request -> request.startsWith("sync")))
                .as("one for each session, and one that failed")
                .hasSize(3);
        catalog.close();
        lane.run();
    }
}
