package io.quorate.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.replica.Replica;
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
import org.jspecify.annotations.Nullable;
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
                Throwable failure = failureOf(server);
                assertThat(failure == null || failure instanceof IllegalStateException)
                        .as("failed with %s", failure)
                        .isTrue();
                assertThat(refused && failure == null)
                        .as("answered after a refusal")
                        .isFalse();
                refused = failure != null;
            }
            // The end may have come between the last question and the look at it.
            assertThat(failureOf(server)).isInstanceOf(IllegalStateException.class);
        }
    }

    /** Of a question; null when it is answered. */
    private static @Nullable Throwable failureOf(CoordinationServer server) {
        return server.ask(replica -> 1L)
                .handle((answer, failed) -> failed)
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
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
                    .isInstanceOfSatisfying(
                            PortUnavailable.class,
                            unavailable ->
                                    assertThat(unavailable.address().getPort()).isEqualTo(taken.getLocalPort()))
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
        return options.withClients(options.clients().at(address, port));
    }

    @Test
    void whatHasStartedServes() {
        try (CoordinationServer server = start()) {
            assertThat(server.status().snapshotZxid())
                    .as("the first snapshot is on disk")
                    .isZero();
            assertThat(server.ask(Replica::takesFrames).join()).isTrue();
        }
    }

    @Test
    void thePortIsFreeAfterTheEnd() {
        CoordinationServer first = start();
        InetSocketAddress address = first.clientAddress();
        FrameClient client = FrameClient.connect(address);
        first.close();
        assertThat(client.isClosedByServer()).isTrue();
        client.close();
        try (CoordinationServer second =
                CoordinationServer.start(ServerOptions.embedded(directory).withClientPort(address.getPort()))) {
            assertThat(second.clientAddress()).isEqualTo(address);
            assertThat(second.connectString()).isEqualTo("127.0.0.1:" + address.getPort());
        }
    }
}
