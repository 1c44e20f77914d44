package io.quorate.cloud.zk.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.retry.RetryOneTime;
import org.apache.zookeeper.Watcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ZkTest
final class ZkServerIT {

    /** That of a client which is away for a moment lives on, however long the machine makes the moment. */
    private static final int LASTING_MILLIS = 60_000;

    private static final int SHORT_MILLIS = 2_000;
    private static final int PATIENCE_SECONDS = 30;

    private final ZkServer server;
    private final BlockingQueue<ConnectionState> states = new ArrayBlockingQueue<>(100);
    private CuratorFramework client;

    ZkServerIT(ZkServer server) {
        this.server = server;
    }

    @BeforeEach
    void connect() throws Exception {
        connect(LASTING_MILLIS);
    }

    private void connect(int sessionMillis) throws Exception {
        client = CuratorFrameworkFactory.builder()
                .connectString(server.connectString())
                .sessionTimeoutMs(sessionMillis)
                .retryPolicy(new RetryOneTime(50))
                .ensembleTracker(false)
                .build();
        client.getConnectionStateListenable().addListener((same, state) -> states.add(state));
        client.start();
        await(ConnectionState.CONNECTED);
    }

    @AfterEach
    void close() {
        client.close();
    }

    private void await(ConnectionState expected) throws InterruptedException {
        assertThat(next()).isEqualTo(expected);
    }

    private ConnectionState next() throws InterruptedException {
        return states.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void theConnectStringIsKnownBeforeAnyContext() {
        assertThat(System.getProperty("spring.cloud.zookeeper.connect-string")).isEqualTo(server.connectString());
    }

    @Test
    void anExpiredSessionIsLostAndReplaced() throws Exception {
        long before = client.getZookeeperClient().getZooKeeper().getSessionId();
        server.expireSession(client);
        await(ConnectionState.SUSPENDED);
        await(ConnectionState.LOST);
        await(ConnectionState.RECONNECTED);
        assertThat(client.getZookeeperClient().getZooKeeper().getSessionId()).isNotEqualTo(before);
    }

    @Test
    void dataAndSessionsSurviveARestart() throws Exception {
        long before = client.getZookeeperClient().getZooKeeper().getSessionId();
        client.create().forPath("/kept", new byte[] {1});
        server.restart();
        await(ConnectionState.SUSPENDED);
        await(ConnectionState.RECONNECTED);
        assertThat(client.getData().forPath("/kept")).containsExactly(1);
        assertThat(client.getZookeeperClient().getZooKeeper().getSessionId()).isEqualTo(before);
    }

    @Test
    void aPauseIsALostConnection() throws Exception {
        client.close();
        states.clear();
        connect(SHORT_MILLIS);
        server.pause();
        await(ConnectionState.SUSPENDED);
        server.resume();
        ConnectionState next = next();
        if (next == ConnectionState.LOST) {
            next = next();
        }
        assertThat(next).isEqualTo(ConnectionState.RECONNECTED);
    }

    @Test
    void requestsAreCounted() throws Exception {
        long before = server.requestCount();
        for (int i = 0; i < 3; i++) {
            client.checkExists().forPath("/none");
        }
        assertThat(server.requestCount() - before).isEqualTo(3);
    }

    @Test
    void otherClassesAreOutOfSight() throws Exception {
        try (ZkServer other = ZkServer.create()) {
            other.client().create().forPath("/theirs", new byte[0]);
            assertThat(client.checkExists().forPath("/theirs")).isNull();
        }
    }

    @Test
    void watchesAreCounted() throws Exception {
        long session = client.getZookeeperClient().getZooKeeper().getSessionId();
        assertThat(server.watchCount(session)).isZero();
        client.watchers().add().usingWatcher((Watcher) event -> {}).forPath("/watched");
        assertThat(server.watchCount(session)).isEqualTo(1);
    }

    @Test
    void aServerThatRunsElsewhereIsUsedAndNotStopped() throws Exception {
        String address = SharedServer.instance().directAddress();
        SharedServer elsewhere = new SharedServer(ServerChoice.make(address));
        elsewhere.start();
        try (CuratorFramework guest = CuratorFrameworkFactory.builder()
                .connectString(elsewhere.proxyAddress())
                .retryPolicy(new RetryOneTime(50))
                .ensembleTracker(false)
                .build()) {
            guest.start();
            assertThat(guest.checkExists().forPath("/")).isNotNull();
            assertThatThrownBy(elsewhere::stop)
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining(address)
                    .hasMessageContaining("-Dquorate.test.server=embedded");
            assertThat(guest.checkExists().forPath("/")).isNotNull();
        }
    }
}
