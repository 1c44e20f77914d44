package io.quorate.app.shipped;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class ShippedJarIT {

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(ShippedJarIT.class);
    /** What a JVM reports after SIGTERM: 128 plus the signal's number. */
    private static final int TERMINATED = 143;

    private static final int PATIENCE_SECONDS = 60;
    private static final int LONGEST_FILE_KIB = 4096;
    private static final int SESSION_MILLIS = 30_000;

    @TempDir
    Path directory;

    @BeforeAll
    static void quietClient() {
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
            root.setLevel(Level.WARN);
        }
    }

    private static ZooKeeper connect(JarProcess server, BlockingQueue<WatchedEvent> events)
            throws IOException, InterruptedException {
        ZooKeeper client = new ZooKeeper("127.0.0.1:" + server.clientPort(), SESSION_MILLIS, events::add);
        assertThat(next(events).getState()).isEqualTo(KeeperState.SyncConnected);
        return client;
    }

    private static WatchedEvent next(BlockingQueue<WatchedEvent> events) throws InterruptedException {
        WatchedEvent event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(event).as("an event within %d s", PATIENCE_SECONDS).isNotNull();
        return event;
    }

    private static String http(JarProcess server, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.httpPort() + path);
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    @Test
    void servesTheStockClientStopsOnSignalAndKeepsItsData() throws Exception {
        try (JarProcess first = JarProcess.start(directory)) {
            writeAndWatch(first);
            LOG.warn("Start of an empty server: {}", first.startTime());
            assertThat(http(first, "/actuator/health/readiness")).contains("\"status\":\"UP\"");
            assertThat(http(first, "/actuator/quorum")).contains("\"role\":\"STANDALONE\"");
            assertThat(http(first, "/actuator/info")).contains("\"version\":\"");
            first.terminate();
            assertThat(first.exitCode()).isEqualTo(TERMINATED);
            assertThat(first.output())
                    .contains("Stopped after")
                    .doesNotContain("ERROR")
                    .doesNotContain("Exception");
        }
        assertThat(directory.resolve("data/standalone/myid")).hasContent("1");
        try (JarProcess second = JarProcess.start(directory)) {
            readBack(second);
        }
    }

    private static void writeAndWatch(JarProcess server) throws Exception {
        BlockingQueue<WatchedEvent> events = new LinkedBlockingQueue<>();
        ZooKeeper client = connect(server, events);
        try {
            assertThat(client.create("/kept", "one".getBytes(UTF_8), Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT))
                    .isEqualTo("/kept");
            client.create("/gone", new byte[0], Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
            assertThat(client.getData("/kept", events::add, null)).isEqualTo("one".getBytes(UTF_8));
            client.setData("/kept", "two".getBytes(UTF_8), 0);
            WatchedEvent changed = next(events);
            assertThat(changed.getType()).isEqualTo(EventType.NodeDataChanged);
            assertThat(changed.getPath()).isEqualTo("/kept");
        } finally {
            client.close();
        }
    }

    private static void readBack(JarProcess server) throws Exception {
        ZooKeeper client = connect(server, new LinkedBlockingQueue<>());
        try {
            assertThat(client.getData("/kept", false, null)).isEqualTo("two".getBytes(UTF_8));
            assertThat(client.exists("/gone", false)).isNull();
            assertThat(client.getChildren("/", false)).contains("kept", "zookeeper");
        } catch (KeeperException lost) {
            throw new AssertionError("the data did not survive: " + server.output(), lost);
        } finally {
            client.close();
        }
    }

    @Test
    void statusSpeaksOfARunningServerAndOfNone() throws IOException {
        int port;
        try (JarProcess server = JarProcess.start(directory)) {
            port = server.clientPort();
            try (JarProcess status = JarProcess.run(directory, "status", "127.0.0.1:" + port)) {
                assertThat(status.exitCode()).isZero();
                assertThat(status.output()).contains("Mode: standalone");
            }
        }
        try (JarProcess status = JarProcess.run(directory, "status", "127.0.0.1:" + port)) {
            assertThat(status.exitCode()).isEqualTo(1);
            assertThat(status.output()).contains("No server answers on 127.0.0.1:" + port);
        }
    }

    @Test
    void aTakenClientPortEndsTheStart() throws IOException {
        try (ServerSocket other = new ServerSocket(0)) {
            String port = Integer.toString(other.getLocalPort());
            fails(1, "Stop the process that has port " + port, "--coordination.client-port=" + port);
        }
    }

    @Test
    void aTakenHttpPortEndsTheStart() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(other.getLocalPort());
            fails(4, "Port " + port + " was already in use", "--server.port=" + port);
        }
    }

    @Test
    void aLockedDirectoryEndsTheStart() {
        try (JarProcess running = JarProcess.start(directory)) {
            assertThat(running.clientPort()).isPositive();
            fails(3, "is in use by another server");
        }
    }

    /** The log can be begun, and a later write to it fails: nobody knows then what the disk holds. */
    @Test
    void aFailedWriteToTheLogEndsTheProcessWithAnError() throws Exception {
        try (JarProcess server = JarProcess.startWithFilesUpTo(
                LONGEST_FILE_KIB,
                directory,
                "--coordination.pre-alloc-size=64",
                "--coordination.jute.maxbuffer=64KB")) {
            ZooKeeper client = connect(server, new LinkedBlockingQueue<>());
            try {
                assertThatThrownBy(() -> {
                            for (int i = 0; i < LONGEST_FILE_KIB; i++) {
                                client.create("/n" + i, new byte[60_000], Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
                            }
                        })
                        .as("not acknowledged")
                        .isInstanceOf(KeeperException.ConnectionLossException.class);
                assertThat(server.exitCode()).as(server.output()).isEqualTo(1);
                assertThat(server.output()).contains("fatal failure", "Transaction log: ", "log.1");
            } finally {
                client.close();
            }
        }
    }

    @Test
    void aBadPropertyEndsTheStart() {
        fails(2, "coordination.tick-time=fast", "--coordination.tick-time=fast");
    }

    @Test
    void anUnknownCommandIsAnError() {
        try (JarProcess process = JarProcess.run(directory, "serve")) {
            assertThat(process.exitCode()).isEqualTo(2);
            assertThat(process.output()).contains("Unknown command \"serve\"");
        }
    }

    private void fails(int exitCode, String message, String... arguments) {
        try (JarProcess process = JarProcess.start(directory, arguments)) {
            assertThat(process.exitCode()).as(process.output()).isEqualTo(exitCode);
            assertThat(process.output()).contains(message);
        }
    }
}
