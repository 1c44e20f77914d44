package io.quorate.runtime.proof;

import static io.quorate.runtime.proof.ServerProgram.QUORATE;
import static io.quorate.runtime.proof.ServerProgram.ZOOKEEPER;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.runtime.kit.FreePorts;
import io.quorate.runtime.kit.wire.Acl;
import io.quorate.runtime.kit.wire.Bodies;
import io.quorate.runtime.kit.wire.Flags;
import io.quorate.runtime.kit.wire.Handshake;
import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.kit.wire.Op;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.zookeeper.server.PurgeTxnLog;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What purges and prints the files of a server, applied to those of the other one. */
final class FileToolsIT {

    private static final int KEPT = 3;
    private static final int SURPLUS = KEPT + 2;
    private static final int BATCH = 60;
    private static final Pattern END_OF_DUMP = Pattern.compile("EOF reached after (\\d+) txns");

    @TempDir
    Path directory;

    private int written;

    @Test
    @DisplayName("10.80 10.83 ZooKeeper's dumps read our files, and its purge leaves ours recoverable")
    void theirs() throws Exception {
        try (ServerProcess server = server(0)) {
            server.start(QUORATE);
            Map<String, String> left = writeUntil(server, "has left more than is kept", () -> superfluousLogs() > 0);
            long last = lastZxid(server);
            server.kill();
            requireThatTheirDumpsRead(last);
            long superfluous = snapshots() - KEPT + superfluousLogs();
            long before = files().size();
            File data = directory.resolve("data").toFile();
            PurgeTxnLog.purge(data, data, KEPT);
            assertThat(snapshots()).isEqualTo(KEPT);
            assertThat(files()).as("logs go too").hasSize((int) (before - superfluous));

            server.start(QUORATE);
            assertThat(tree(server)).isEqualTo(left);
        }
    }

    @Test
    @DisplayName("10.80 our purge leaves ZooKeeper recoverable")
    void ours() {
        try (ServerProcess server = server(KEPT)) {
            server.start(ZOOKEEPER);
            writeUntil(server, "has left some snapshots", () -> snapshots() >= SURPLUS);
            server.kill();
            List<String> theirs = files();
            server.start(QUORATE);
            Map<String, String> left = writeUntil(
                    server,
                    "has purged",
                    () -> snapshots() <= KEPT && files().stream().noneMatch(theirs::contains));
            server.await("keeps so many", () -> snapshots() == KEPT);
            server.kill();
            // Unless the end came between a snapshot and the purge behind it.
            assertThat(snapshots()).isBetween((long) KEPT, KEPT + 1L);

            server.start(ZOOKEEPER);
            assertThat(tree(server)).isEqualTo(left);
        }
    }

    /** A server alone begins with zxid 1 and leaves none out: so many transactions there are. */
    private static long lastZxid(ServerProcess server) {
        return server.ask("srvr")
                .lines()
                .filter(line -> line.startsWith("Zxid: 0x"))
                .mapToLong(line -> Long.parseLong(line.substring("Zxid: 0x".length()), 16))
                .findFirst()
                .orElseThrow();
    }

    private void requireThatTheirDumpsRead(long transactions) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ReferenceDumps.class.getName()));
        files().forEach(name -> command.add(version2().resolve(name).toString()));
        Path dump = directory.resolve("dump");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(dump.toFile())
                .start();
        int exitCode = process.waitFor();
        List<String> lines = Files.readAllLines(dump, StandardCharsets.ISO_8859_1);
        assertThat(exitCode)
                .as("exit code of the dumps\n%s", String.join("\n", lines))
                .isZero();
        assertThat(lines).noneMatch(line -> line.contains("CRC ERROR"));
        assertThat(lines.stream().filter(line -> line.startsWith("ZNode Details")))
                .hasSize((int) snapshots());
        List<Long> read = lines.stream()
                .map(END_OF_DUMP::matcher)
                .filter(Matcher::find)
                .map(end -> Long.valueOf(end.group(1)))
                .toList();
        assertThat(read).as("logs").hasSize(files().size() - (int) snapshots());
        assertThat(read.stream().mapToLong(Long::longValue).sum())
                .as("transactions in all logs")
                .isEqualTo(transactions);
    }

    private ServerProcess server(int kept) {
        return new ServerProcess(
                directory,
                FreePorts.one(),
                List.of("snapCount=" + BATCH, "autopurge.snapRetainCount=" + kept),
                List.of());
    }

    /** @return the tree that is left */
    private Map<String, String> writeUntil(ServerProcess server, String what, ServerProcess.Condition condition) {
        server.await(what, () -> {
            write(server);
            return condition.holds();
        });
        return tree(server);
    }

    private void write(ServerProcess server) {
        try (KitSession session = open(server)) {
            Pipeline pipeline = new Pipeline(session);
            for (int i = 0; i < BATCH; i++) {
                pipeline.send(
                        Op.CREATE, Bodies.create("/n" + written++, Bodies.bytes("x"), Acl.OPEN, Flags.PERSISTENT));
            }
            pipeline.finish();
            session.closeSession().ok();
        }
    }

    private static Map<String, String> tree(ServerProcess server) {
        try (KitSession session = open(server)) {
            Map<String, String> tree = TreeWalk.of(session);
            session.closeSession().ok();
            return tree;
        }
    }

    private static KitSession open(ServerProcess server) {
        return KitSession.open(server.address(), Handshake.newSession().withTimeoutMillis(60_000));
    }

    private Path version2() {
        return directory.resolve("data").resolve("version-2");
    }

    private long snapshots() {
        return zxids("snapshot.").size();
    }

    /** Logs that end before the oldest of the snapshots that are kept; the one before that may reach beyond it. */
    private long superfluousLogs() {
        List<Long> snapshots = zxids("snapshot.");
        if (snapshots.size() <= KEPT) {
            return 0;
        }
        long oldestKept = snapshots.get(snapshots.size() - KEPT);
        return Math.max(
                0, zxids("log.").stream().filter(zxid -> zxid <= oldestKept).count() - 1);
    }

    /** Ascending. */
    private List<Long> zxids(String prefix) {
        return files().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> Long.parseLong(name.substring(prefix.length()), 16))
                .sorted()
                .toList();
    }

    private List<String> files() {
        try (Stream<Path> files = Files.list(version2())) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.startsWith("snapshot.") && !name.endsWith(".tmp") || name.startsWith("log."))
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot list the files in " + directory, failed);
        }
    }
}
