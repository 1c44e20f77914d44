package io.quorate.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.port.DiskFailure;
import io.quorate.runtime.kit.FreePorts;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is loading its data: one of its snapshots is a pipe, so it loads until the test opens that. */
class RecoveringServerTest {

    private static final int PATIENCE_MILLIS = 20_000;

    @TempDir
    private Path directory;

    private Path pipe;
    private int port;

    @BeforeEach
    void aPipeForASnapshot() throws IOException, InterruptedException {
        pipe = Files.createDirectories(directory.resolve("version-2")).resolve("snapshot.5.gz");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        port = FreePorts.one();
    }

    private String ask(String word) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(PATIENCE_MILLIS);
                socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (ConnectException notYet) {
                assertThat(System.nanoTime() - deadline).as("time left").isNegative();
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void fourLetterWordsAreAnsweredMeanwhile() throws IOException {
        ServerOptions options = ServerOptions.embedded(directory)
                .withClientPort(port)
                .withFourLetterWords(List.of("ruok", "isro", "stat", "hash"));
        CompletableFuture<CoordinationServer> starting =
                CompletableFuture.supplyAsync(() -> CoordinationServer.start(options));

        assertThat(ask("ruok")).isEqualTo("imok");
        assertThat(ask("srvr")).isEqualTo("This ZooKeeper instance is not currently serving requests\n");
        assertThat(ask("hash")).isEqualTo("This ZooKeeper instance is not currently serving requests");
        assertThat(ask("isro")).isEqualTo("null");
        assertThat(ask("mntr")).isEqualTo("mntr is not executed because it is not in the whitelist.\n");
        assertThat(starting).isNotDone();

        // Being opened is enough: a pipe cannot be read at an offset. What is written may find nobody there any more.
        Files.newOutputStream(pipe).close();
        assertThatThrownBy(() -> starting.orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                        .join())
                .cause()
                .isInstanceOf(DiskFailure.class)
                .hasMessageContaining("snapshot.5.gz");
    }
}
