package io.quorate.cloud.zk.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.cloud.zk.FakeServer;
import io.quorate.cloud.zk.ManualLane;
import io.quorate.cloud.zk.ScriptedConnection;
import io.quorate.cloud.zk.ZkClientProperties;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    private final List<Object> beats = new ArrayList<>();

    private ServiceCatalog catalog() {
        Binder binder = new Binder(
                new MapConfigurationPropertySource(Map.of("spring.cloud.zookeeper.reconcile-interval", "1s")));
        ServiceCatalog catalog = new ServiceCatalog(
                binder.bindOrCreate("spring.cloud.zookeeper.discovery", ZkDiscoveryProperties.class),
                binder.bindOrCreate("spring.cloud.zookeeper", ZkClientProperties.class),
                server,
                connection,
                lane);
        new CatalogHeartbeat(catalog, event -> beats.add(((HeartbeatEvent) event).getValue()))
                .afterSingletonsInstantiated();
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
        assertThat(beats).hasSize(1);
        int asked = server.requests.size();
        lane.pass(Duration.ofSeconds(60));
        assertThat(server.requests.size() - asked).as("looks at the server").isGreaterThanOrEqualTo(60);
        assertThat(beats).hasSize(1);
        server.writeByOther("/services/orders/o-1", server.data("/services/orders/o-1"));
        lane.pass(Duration.ofSeconds(60));
        assertThat(beats).as("written again as it was").hasSize(1);
        register("o-2");
        lane.pass(SECOND);
        assertThat(beats).hasSize(2);
        assertThat(beats.get(1)).isNotEqualTo(beats.get(0));
        server.removeByOther("/services/orders/o-2");
        lane.pass(Duration.ofSeconds(60));
        assertThat(beats).hasSize(3);
        assertThat(beats.get(2)).as("the catalog is as it was").isEqualTo(beats.get(0));
        catalog.close();
        lane.run();
    }
}
