package io.quorate.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.loop.FatalDiskFailure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that cannot be read at the start, or not be written in the midst of it. */
class UnusableLogTest {

    private static final int RECORDS = 200;

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

    private void writeSome() {
        try (CoordinationServer server = start();
                KitSession session = KitSession.open(server.clientAddress())) {
            for (int i = 0; i < RECORDS; i++) {
                session.create("/node" + i).ok();
            }
        }
    }

    private Path log() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("version-2"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("log."))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Inverts a byte and tells what it was. */
    private static byte flip(Path file, long offset) throws IOException {
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            content.seek(offset);
            byte was = content.readByte();
            content.seek(offset);
            content.writeByte(~was);
            return was;
        }
    }

    @Test
    void aCorruptMiddleOfTheLogIsNamedAndNothingStaysBehind() throws IOException {
        writeSome();
        Path log = log();
        long damaged = 5_000;
        flip(log, damaged);
        byte[] found = Files.readAllBytes(log);

        assertThatThrownBy(this::start)
                .hasMessageContaining(log.getFileName().toString())
                .satisfies(failure -> assertThat(offsetIn(failure.getMessage()))
                        .as("offset in: %s", failure.getMessage())
                        .isBetween(damaged - 200, damaged));
        assertThat(Files.readAllBytes(log)).as("left as it was found").isEqualTo(found);

        flip(log, damaged);
        try (CoordinationServer mended = start();
                KitSession session = KitSession.open(mended.clientAddress())) {
            assertThat(session.getChildren("/", false).children()).hasSize(RECORDS + 1);
        }
    }

    private static long offsetIn(String message) {
        Matcher number = Pattern.compile("at offset (\\d+)").matcher(message);
        return number.find() ? Long.parseLong(number.group(1)) : -1;
    }

    /** An interrupted thread cannot use its channel any more: for the server, the medium has failed. */
    @Test
    void aLogThatCannotBeWrittenEndsTheServerWithoutAnAcknowledgement() {
        CoordinationServer server = start();
        Thread logLane = ServerThreads.started("log-lane", before);
        try (KitSession session = KitSession.open(server.clientAddress())) {
            session.create("/acknowledged").ok();
            logLane.interrupt();
            assertThatThrownBy(() -> session.create("/lost"))
                    .as("closed instead of answered")
                    .hasMessageContaining("closed");
        }
        assertThatThrownBy(() -> server.ended().orTimeout(20, TimeUnit.SECONDS).join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(FatalDiskFailure.class)
                .hasMessageContaining("Transaction log: ")
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("ClosedByInterruptException");
        server.close();
        assertThat(server.ask(replica -> 1).isCompletedExceptionally()).isTrue();

        try (CoordinationServer again = start();
                KitSession session = KitSession.open(again.clientAddress())) {
            session.exists("/acknowledged", false).ok();
        }
    }
}
