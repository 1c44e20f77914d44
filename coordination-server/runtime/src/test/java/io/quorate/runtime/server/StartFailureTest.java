package io.quorate.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
class StartFailureTest {

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
    }
}
