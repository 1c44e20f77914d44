package io.quorate.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StatusCommandTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return new StatusCommand()
                .run(
                        List.of(arguments),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private int runAgainst(String reply) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> answer(server, reply));
            int exitCode = run("127.0.0.1:" + server.getLocalPort());
            answered.join();
            return exitCode;
        }
    }

    private static void answer(ServerSocket server, String reply) {
        try (Socket client = server.accept()) {
            String asked = new String(client.getInputStream().readNBytes(4), StandardCharsets.US_ASCII);
            String answer = asked.equals("srvr") ? reply : "asked " + asked;
            client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aServingServerIsShown() throws IOException {
        assertThat(runAgainst("Zxid: 0x7\nMode: standalone\n")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Zxid: 0x7\nMode: standalone\n");
        assertThat(err()).isEmpty();
    }

    /** It refuses what is not encrypted, with a word of its own or without any. */
    @Test
    void aPortForEncryptedClientsIsToldFromOtherThings() throws IOException {
        for (String refusal : List.of("\u0015\u0003\u0003\u0000\u0002\u0002\n", "")) {
            assertThat(runAgainst(refusal)).isEqualTo(1);
            assertThat(err()).contains("encrypted clients").doesNotContain("ZooKeeper-compatible");
        }
    }

    @Test
    void aServerWithoutQuorumIsAnError() throws IOException {
        assertThat(runAgainst("This ZooKeeper instance is not currently serving requests\n"))
                .isEqualTo(1);
        assertThat(err()).contains("serves no requests");
    }

    @Test
    void somethingElseIsAnError() throws IOException {
        assertThat(runAgainst("HTTP/1.1 400 Bad Request\r\n")).isEqualTo(1);
        assertThat(err()).contains("not a ZooKeeper-compatible client port");
    }

    @Test
    void nobodyThereIsAnError() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertThat(run(":" + port)).isEqualTo(1);
        assertThat(err()).contains("127.0.0.1:" + port);
    }

    @Test
    void wrongArgumentsAreExplained() {
        assertThat(run("a", "b")).isEqualTo(2);
        assertThat(run("host:99999")).isEqualTo(2);
        assertThat(run("host:port")).isEqualTo(2);
        assertThat(err()).contains("Usage: status");
    }
}
