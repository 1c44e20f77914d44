package io.quorate.cloud.zk.queue;

import static io.quorate.cloud.zk.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.cloud.zk.test.ZkServer;
import io.quorate.cloud.zk.test.ZkTest;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ZkTest
class QueueNodesIT {

    private static final String LABEL = "place-";

    private final ZkServer server;
    private final QueueNodes nodes;
    private final AtomicInteger told = new AtomicInteger();
    private final Runnable telling = told::incrementAndGet;
    private String queue = "";

    QueueNodesIT(ZkServer server) {
        this.server = server;
        this.nodes = new QueueNodes(server.client());
    }

    @BeforeEach
    void createQueue() throws Exception {
        queue = "/queue-" + System.nanoTime();
        server.client().create().forPath(queue, new byte[0]);
    }

    /** Answers come after the events that were there before them, on the same thread. */
    private void awaitEvents() {
        nodes.list(queue, LABEL).join();
    }

    private void readOftenAndAppend() {
        for (int read = 0; read < 10; read++) {
            assertThat(nodes.listAndWatch(queue, LABEL, telling).join()).isEmpty();
        }
        nodes.append(queue, LABEL, "a").join();
        await().until(() -> told.get() > 0);
        awaitEvents();
    }

    @Test
    void whoReadsAQueueOftenIsToldOnce() {
        readOftenAndAppend();
        assertThat(told).hasValue(1);
    }

    @Test
    void whoAsksOftenForAQueueThatIsMissingIsToldOnce() throws Exception {
        server.client().delete().forPath(queue);
        readOftenAndAppend();
        assertThat(told).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "team"})
    void whoWatchesNoMoreIsToldNothing(String namespace) {
        QueueNodes own = new QueueNodes(server.client().usingNamespace(namespace));
        String place = own.append(queue, LABEL, "a").join();
        AtomicInteger other = new AtomicInteger();
        assertThat(own.watch(place, telling).join()).isTrue();
        assertThat(own.watch(place, other::incrementAndGet).join()).isTrue();

        own.unwatch(place, telling);
        own.remove(place);

        await().until(() -> other.get() > 0);
        awaitEvents();
        assertThat(told).hasValue(0);
    }

    @Test
    void aPlaceWithoutContentHasNoText() throws Exception {
        String place = server.client()
                .getZookeeperClient()
                .getZooKeeper()
                .create(queue + "/" + LABEL, null, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL_SEQUENTIAL);

        assertThat(nodes.read(place).join()).contains("");
    }
}
