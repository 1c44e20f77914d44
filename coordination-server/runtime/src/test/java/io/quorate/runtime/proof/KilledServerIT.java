package io.quorate.runtime.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.runtime.kit.wire.Acl;
import io.quorate.runtime.kit.wire.Flags;
import io.quorate.runtime.kit.wire.Handshake;
import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.kit.wire.ServerClosed;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} in the middle of a write load, again and again on the same directory. Some kills strike a server that
 * is still recovering from the last one. The system property {@code kills} says how many: {@code -Dkills=50} for the
 * long form; {@code seed} repeats the moments at which they strike.
 */
final class KilledServerIT {

    private static final int KILLS = Integer.getInteger("kills", 8);
    private static final long SEED = Long.getLong("seed", 20_261_125L);
    /** Small, so that kills strike while snapshots are written and logs are rolled and purged. */
    private static final int SNAP_COUNT = 400;

    private static final int IN_FLIGHT = 16;
    private static final int MAX_ACKNOWLEDGED_BETWEEN_KILLS = 6000;
    private static final int ONE_IN_RECOVERY = 4;
    private static final long PAUSE_NANOS = 200_000;
    private static final int PATIENCE_SECONDS = 120;

    @TempDir
    Path directory;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final List<AcknowledgedWrites> clients = List.of(
            new VersionedSets("/set-a"),
            new VersionedSets("/set-b"),
            new SequentialCreates("/sequence", "x"),
            new SequentialCreates("/sequence", "y"),
            new Transfers("/bank-a"),
            new Transfers("/bank-b"));

    @Test
    void acknowledgedWritesSurviveAndNothingIsHalfDone(TestReporter report) throws Exception {
        Figures figures = new Figures(report);
        int inRecovery = 0;
        try (ServerProcess server = new ServerProcess(directory, SNAP_COUNT)) {
            server.start(ServerProgram.QUORATE);
            try (KitSession session = KitSession.open(server.address())) {
                clients.forEach(client -> client.prepare(session));
            }
            for (int kill = 1; kill <= KILLS; kill++) {
                String round = "seed " + SEED + ", kill " + kill + " of " + KILLS;
                KitSession witness = openWitness(server, kill);
                writeAndKill(server, round);
                if (random.nextInt(ONE_IN_RECOVERY) == 0) {
                    server.startUntilBound(ServerProgram.QUORATE);
                    server.kill();
                    inRecovery++;
                }
                server.start(ServerProgram.QUORATE);
                check(server, witness, kill, round);
            }
        }
        figures.publish("kills", KILLS + ", of them followed by one during recovery: " + inRecovery);
        figures.publish(
                "acknowledged writes",
                String.valueOf(clients.stream()
                        .mapToLong(AcknowledgedWrites::acknowledged)
                        .sum()));
    }

    /** A session with an ephemeral node: both have to outlive the crash. */
    private static KitSession openWitness(ServerProcess server, int kill) {
        // Nothing is heard of it until the server runs again.
        KitSession witness = KitSession.open(
                server.address(), Handshake.newSession().withTimeoutMillis(ServerMain.MAX_SESSION_TIMEOUT_MILLIS));
        witness.create("/witness-" + kill, "w", Acl.OPEN, Flags.EPHEMERAL).ok();
        return witness;
    }

    private void writeAndKill(ServerProcess server, String round) throws Exception {
        long killAt = acknowledged() + 1 + random.nextInt(MAX_ACKNOWLEDGED_BETWEEN_KILLS);
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (AcknowledgedWrites client : clients) {
            CompletableFuture<Void> ended = new CompletableFuture<>();
            writers.add(ended);
            Thread thread = new Thread(() -> write(server, client, ended), "writer");
            thread.setDaemon(true);
            thread.start();
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (acknowledged() < killAt && writers.stream().noneMatch(CompletableFuture::isDone)) {
            assertThat(System.nanoTime()).as("%s: writes go on", round).isLessThan(deadline);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        assertThat(writers).as("%s: writers still at work", round).noneMatch(CompletableFuture::isDone);
        server.kill();
        for (CompletableFuture<Void> writer : writers) {
            join(writer, round);
        }
    }

    private static void join(CompletableFuture<Void> writer, String round) throws InterruptedException {
        try {
            writer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw new AssertionError(round + ": " + failed.getCause().getMessage(), failed.getCause());
        } catch (TimeoutException stuck) {
            throw new AssertionError(round + ": a writer does not notice that its server is gone", stuck);
        }
    }

    /** Writes until the connection ends, with several writes on their way at any time. */
    private static void write(ServerProcess server, AcknowledgedWrites client, CompletableFuture<Void> ended) {
        try (KitSession session = KitSession.open(server.address())) {
            for (int i = 0; i < IN_FLIGHT; i++) {
                client.send(session);
            }
            while (true) {
                client.receive(session);
                client.send(session);
            }
        } catch (ServerClosed | UncheckedIOException crash) {
            ended.complete(null);
        } catch (RuntimeException | Error failed) {
            ended.completeExceptionally(failed);
        }
    }

    private void check(ServerProcess server, KitSession witness, int kill, String round) {
        try (KitSession resumed = KitSession.open(server.address(), witness.resumption())) {
            assertThat(resumed.id()).as("%s: the session of before", round).isEqualTo(witness.id());
            assertThat(resumed.exists("/witness-" + kill, false).stat().ephemeralOwner())
                    .as("%s: the owner of its node", round)
                    .isEqualTo(witness.id());
            for (AcknowledgedWrites client : clients) {
                try {
                    client.check(resumed);
                } catch (AssertionError broken) {
                    throw new AssertionError(round + ": " + broken.getMessage() + "\n" + server.logTail(), broken);
                }
            }
        }
        witness.drop();
    }

    private long acknowledged() {
        return clients.stream().mapToLong(AcknowledgedWrites::acknowledged).sum();
    }
}
