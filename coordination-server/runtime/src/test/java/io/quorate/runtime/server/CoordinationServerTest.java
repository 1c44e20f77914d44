package io.quorate.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

<<<<<<< HEAD
import io.quorate.core.replica.UnusableData;
import io.quorate.runtime.loop.PortUnavailable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting and stopping: whatever happens, port, directory and threads are given back. */
class CoordinationServerTest {

    @TempDir
    private Path directory;

    @Test
    @DisplayName("closing twice is closing once, and a stopped server answers questions with a failure")
    void closedTwice() {
        CoordinationServer server = CoordinationServer.start(ServerOptions.embedded(directory));
        server.close();
        server.close();
        assertThat(server.ended()).isCompleted();
        assertThat(server.ask(replica -> 1)).isCompletedExceptionally();
    }

    @Test
    @DisplayName("a port that is taken is named, and the directory is free again at once")
    void portTaken() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            ServerOptions taken = ServerOptions.embedded(directory).withClientPort(other.getLocalPort());
            assertThatThrownBy(() -> CoordinationServer.start(taken))
                    .isInstanceOf(PortUnavailable.class)
                    .hasMessageContaining(String.valueOf(other.getLocalPort()));
        }
        awaitEndOfThreads();
        CoordinationServer.start(ServerOptions.embedded(directory)).close();
    }

    @Test
    @DisplayName("data that must not be started from stops the start, and port and directory are free again at once")
    void unusableData() throws IOException {
        CoordinationServer server = CoordinationServer.start(ServerOptions.embedded(directory));
        ServerOptions again = ServerOptions.embedded(directory).withClientPort(server.clientPort());
        server.close();
        Path withoutBase = directory.resolve("other").resolve("version-2").resolve("log.1");
        Files.createDirectories(withoutBase.getParent());
        Files.write(withoutBase, new byte[100]);
        ServerOptions unusable =
                ServerOptions.embedded(directory.resolve("other")).withClientPort(server.clientPort());
        assertThatThrownBy(() -> CoordinationServer.start(unusable)).isInstanceOf(UnusableData.class);
        awaitEndOfThreads();
        CoordinationServer.start(again).close();
        Files.delete(withoutBase);
        CoordinationServer.start(unusable).close();
    }

    private static void awaitEndOfThreads() {
        await(() -> serverThreads() == 0);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private static long serverThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.equals("replica") || name.endsWith("-lane"))
                .count();
=======
import io.quorate.runtime.disk.DataDirectoryException;
import io.quorate.runtime.kit.wire.FrameClient;
import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.loop.PortUnavailable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoordinationServerTest {

    private final Set<Thread> before = ServerThreads.alive();

    @TempDir
    private Path directory;

    @AfterEach
    void noThreadStaysBehind() throws InterruptedException {
        ServerThreads.awaitEndOfAllBut(before);
    }

    private CoordinationServer start() {
        return CoordinationServer.start(ServerOptions.embedded(directory));
    }

    @Test
    void startsAndStopsManyTimesOnOneDirectory() {
        for (int i = 0; i < 25; i++) {
            try (CoordinationServer server = start();
                    KitSession session = KitSession.open(server.clientAddress())) {
                if (i > 0) {
                    assertThat(session.getData("/last", false).ok().xid()).isPositive();
                    session.delete("/last").ok();
                }
                session.create("/last").ok();
                session.create("/node" + i).ok();
            }
        }
        try (CoordinationServer server = start();
                KitSession session = KitSession.open(server.clientAddress())) {
            assertThat(session.getChildren("/", false).children()).hasSize(27);
        }
    }

    @Test
    void aClosedServerMayBeClosedAgain() {
        CoordinationServer server = start();
        assertThat(server.ended()).isNotDone();
        server.close();
        assertThat(server.ended()).isCompleted();
        server.close();
        assertThat(server.ended()).isCompleted();
        assertThat(server.status().serverId()).as("the last status stays").isEqualTo(1);
    }

    @Test
    void threadsThatCloseAtTheSameTimeAllReturn() {
        CoordinationServer server = start();
        CompletableFuture<?>[] closing = new CompletableFuture<?>[8];
        for (int i = 0; i < closing.length; i++) {
            closing[i] = CompletableFuture.runAsync(server::close);
        }
        CompletableFuture.allOf(closing).join();
        assertThat(server.ended()).isCompleted();
    }

    @Test
    void questionsAfterTheEndAreRefused() {
        CoordinationServer server = start();
        assertThat(server.ask(replica -> replica.status().serverId()).join()).isEqualTo(1);
        server.close();

        CompletableFuture<Long> late = server.ask(replica -> 1L);
        assertThat(late.handle((answer, failure) -> failure).join())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the server has stopped");
    }

    /** Whoever asks while the server stops is answered or refused, and never left waiting. */
    @Test
    void questionsDuringTheEndAreAnsweredOrRefused() {
        for (int round = 0; round < 5; round++) {
            CoordinationServer server = start();
            CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
            boolean refused = false;
            for (int i = 0; !closing.isDone() || i < 100; i++) {
                Throwable failure = server.ask(replica -> 1L)
                        .handle((answer, failed) -> failed)
                        .orTimeout(20, TimeUnit.SECONDS)
                        .join();
                assertThat(failure == null || failure instanceof IllegalStateException)
                        .as("failed with %s", failure)
                        .isTrue();
                assertThat(refused && failure == null).as("answered after a refusal").isFalse();
                refused = failure != null;
            }
            assertThat(refused).isTrue();
        }
    }

    @Test
    void aSecondServerIsKeptOutOfTheDirectory() {
        try (CoordinationServer first = start();
                KitSession session = KitSession.open(first.clientAddress())) {
            assertThatThrownBy(this::start)
                    .isInstanceOf(DataDirectoryException.class)
                    .hasMessageContainingAll(directory.toString(), "is in use by another server");

            session.create("/unharmed").ok();
            assertThat(first.ended()).isNotDone();
        }
        try (CoordinationServer again = start();
                KitSession session = KitSession.open(again.clientAddress())) {
            session.exists("/unharmed", false).ok();
        }
    }

    @Test
    void aTakenPortLeavesTheDirectoryFree() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ServerOptions options = ServerOptions.embedded(directory).withClientPort(taken.getLocalPort());
            assertThatThrownBy(() -> CoordinationServer.start(options))
                    .isInstanceOfSatisfying(PortUnavailable.class, unavailable -> assertThat(
                                    unavailable.address().getPort())
                            .isEqualTo(taken.getLocalPort()))
                    .hasMessageContaining("cannot listen for clients on 127.0.0.1:" + taken.getLocalPort());
        }
        start().close();
    }

    @Test
    void anAddressThatIsNotOursLeavesTheDirectoryFree() {
        ServerOptions embedded = ServerOptions.embedded(directory);
        assertThatThrownBy(() -> CoordinationServer.start(at(embedded, "no-such-host.invalid", 0)))
                .isInstanceOf(PortUnavailable.class)
                .hasMessageContaining("cannot listen for clients on no-such-host.invalid:0: ")
                .hasMessageNotContaining("null");
        assertThatThrownBy(() -> CoordinationServer.start(at(embedded, "192.0.2.1", 0)))
                .isInstanceOf(PortUnavailable.class)
                .hasMessageContaining("192.0.2.1");
        assertThatThrownBy(() -> CoordinationServer.start(at(embedded, "127.0.0.1", 70_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("70000");
        start().close();
    }

    private static ServerOptions at(ServerOptions options, String address, int port) {
        return new ServerOptions(
                options.replica(),
                address,
                port,
                options.backlog(),
                options.dataDir(),
                options.dataLogDir(),
                options.createDataDirs(),
                options.fourLetterWords());
    }

    @Test
    void thePortIsFreeAfterTheEnd() {
        CoordinationServer first = start();
        InetSocketAddress address = first.clientAddress();
        FrameClient client = FrameClient.connect(address);
        first.close();
        assertThat(client.isClosedByServer()).isTrue();
        client.close();
        try (CoordinationServer second = CoordinationServer.start(
                ServerOptions.embedded(directory).withClientPort(address.getPort()))) {
            assertThat(second.clientAddress()).isEqualTo(address);
            assertThat(second.connectString()).isEqualTo("127.0.0.1:" + address.getPort());
        }
>>>>>>> rtests
    }
}
