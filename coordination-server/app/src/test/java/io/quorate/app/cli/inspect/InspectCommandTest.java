package io.quorate.app.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.app.cli.Commands;
import io.quorate.runtime.server.CoordinationServer;
import io.quorate.runtime.server.ServerOptions;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On what a server of ours has left: a session, and nothing else, in its log. */
class InspectCommandTest {

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void aServerHasRun() throws IOException {
        try (CoordinationServer server = CoordinationServer.start(ServerOptions.embedded(directory));
                Socket client = new Socket(server.clientAddress().getAddress(), server.clientPort())) {
            ByteArrayOutputStream connect = new ByteArrayOutputStream();
            DataOutputStream body = new DataOutputStream(connect);
            body.writeInt(0);
            body.writeLong(0);
            body.writeInt(30_000);
            body.writeLong(0);
            body.writeInt(16);
            body.write(new byte[16]);
            body.writeBoolean(false);
            DataOutputStream to = new DataOutputStream(client.getOutputStream());
            to.writeInt(connect.size());
            connect.writeTo(to);
            to.flush();
            assertThat(client.getInputStream().read()).isZero();
        }
    }

    private int inspect(String... arguments) {
        out.reset();
        err.reset();
        return new InspectCommand()
                .run(
                        Arrays.asList(arguments),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private Path file(String name) {
        return directory.resolve("version-2").resolve(name);
    }

    private Map<String, Integer> everyByte() throws IOException {
        Map<String, Integer> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(file.toString(), Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return files;
    }

    @Test
    void aDirectoryIsListedAndNotTouched() throws IOException {
        Map<String, Integer> before = everyByte();

        assertThat(inspect(directory.toString())).isZero();

        assertThat(said())
                .contains("acceptedEpoch", "currentEpoch")
                .containsPattern("snapshot\\.0 +zxid 0x0, \\d+ bytes, 4 nodes \\(0 ephemeral\\), 0 sessions, .*ABSENT")
                .containsPattern("log\\.1 +zxid 0x1 to 0x1, 1 transactions, \\d+ of \\d+ bytes used\\R");
        assertThat(complained()).isEmpty();
        assertThat(everyByte()).isEqualTo(before);
        assertThat(inspect(file("").toString())).as("version-2 itself").isZero();
        assertThat(inspect(directory.toString(), directory.toString())).isZero();
    }

    @Test
    void aLogIsListedTransactionByTransaction() {
        assertThat(inspect("log", file("log.1").toString())).isZero();
        assertThat(said())
                .containsPattern("session 0x1[0-9a-f]{14} cxid 0x0 zxid 0x1 createSession 30000ms digest \\d+")
                .contains("log.1: zxid 0x1 to 0x1, 1 transactions");
    }

    @Test
    void aSnapshotIsListedNodeByNode() {
        assertThat(inspect("snapshot", file("snapshot.0").toString(), "--data")).isZero();
        assertThat(said())
                .containsPattern("(?m)^/ persistent czxid 0x0 .*children 1 data base64: acl world:anyone:cdrwa$")
                .contains("\n/zookeeper/quota persistent ")
                .contains("snapshot.0: 4 nodes");
    }

    @Test
    void damageIsNamedAndGivesOne() throws IOException {
        byte[] snapshot = Files.readAllBytes(file("snapshot.0"));
        snapshot[40] ^= 1;
        Files.write(file("snapshot.0"), snapshot);
        assertThat(inspect(directory.toString())).isEqualTo(1);
        assertThat(said()).contains("DAMAGED: ", "No snapshot can be loaded");
        assertThat(inspect("snapshot", file("snapshot.0").toString())).isEqualTo(1);
        assertThat(complained()).contains("damaged", "snapshot.0 at byte");
    }

    @Test
    void aTornEndIsNoDamageAndAForeignFileIs() throws IOException {
        byte[] log = Files.readAllBytes(file("log.1"));
        int end = 16 + 12 + log[27] + 1;
        byte[] torn = Arrays.copyOf(log, end + 20);
        torn[end + 19] = 1;
        Files.write(file("log.1"), torn);
        assertThat(inspect(directory.toString())).isZero();
        assertThat(said()).contains("1 transactions", "TORN at offset " + end);

        Files.write(file("log.1"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17});
        assertThat(inspect("log", file("log.1").toString())).isEqualTo(1);
        assertThat(said()).contains("CORRUPT at offset 0", "no transaction log");
    }

    @Test
    void whatIsNotThereGivesThree() {
        assertThat(inspect(directory.resolve("nowhere").toString())).isEqualTo(3);
        assertThat(complained()).contains("nowhere", "no data directory");
        assertThat(inspect("log", file("log.77").toString())).isEqualTo(3);
        assertThat(complained()).contains("log.77");
    }

    @Test
    void wrongArgumentsGiveTwo() {
        assertThat(inspect("a", "b", "c")).isEqualTo(2);
        assertThat(inspect("log")).isEqualTo(2);
        assertThat(inspect("--verbose")).isEqualTo(2);
        assertThat(inspect(directory.toString(), "--data")).isEqualTo(2);
        assertThat(complained()).contains("--data", "Usage:");
        assertThat(inspect("--help")).isZero();
        assertThat(said()).contains("Usage:");
        assertThat(Commands.dispatch(new String[] {"inspect", "--verbose"}).exitCode())
                .isEqualTo(2);
    }
}
