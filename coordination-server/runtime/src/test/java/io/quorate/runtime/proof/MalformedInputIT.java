package io.quorate.runtime.proof;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.util.ResourceLeakDetector;
import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.server.CoordinationServer;
import io.quorate.runtime.server.ServerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Whatever clients send, the server goes on: for others undisturbed, without leaving anything behind. The system
 * property {@code frames} says how many frames and handshakes are sent, {@code -Dframes=1000000} for the long form;
 * {@code seed} sends the same ones again.
 */
final class MalformedInputIT {

    private static final int FRAMES = Integer.getInteger("frames", 60_000);
    private static final long SEED = Long.getLong("seed", 20_261_125L);
    private static final int CLIENTS = 3;
    private static final long MAX_GROWTH_BYTES = 48L << 20;
    private static final int PATIENCE_SECONDS = 120;
    private static final int LONG_FORM = 200_000;

    @TempDir
    Path directory;

    private final ListAppender<ILoggingEvent> leaks = new ListAppender<>();
    private final Logger leakLogger = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
    private final ResourceLeakDetector.Level levelBefore = ResourceLeakDetector.getLevel();
    private CoordinationServer server;

    @BeforeEach
    void start() {
        // Every buffer is followed; in the long form every hundredth, or it would never come to an end.
        ResourceLeakDetector.setLevel(
                FRAMES < LONG_FORM ? ResourceLeakDetector.Level.PARANOID : ResourceLeakDetector.Level.ADVANCED);
        leaks.start();
        leakLogger.addAppender(leaks);
        server = CoordinationServer.start(ServerOptions.embedded(directory));
    }

    @AfterEach
    void stop() {
        server.close();
        leakLogger.detachAppender(leaks);
        ResourceLeakDetector.setLevel(levelBefore);
    }

    @Test
    void theServerGoesOnAndNothingIsLeftBehind(TestReporter report) throws Exception {
        Figures figures = new Figures(report);
        try (KitSession session = KitSession.open(server.clientAddress())) {
            session.create(HostileShapes.ROOT).ok();
        }
        attack(SEED ^ 1, FRAMES / 10);
        long heapBefore = usedHeap();
        long directBefore = usedDirect();

        Citizen citizen = new Citizen(server.clientAddress());
        CompletableFuture<Void> citizenEnded = onThread("citizen", citizen::run);
        List<HostileClient> clients = attack(SEED, FRAMES);
        citizen.end();
        citizenEnded.get(PATIENCE_SECONDS, TimeUnit.SECONDS);

        assertThat(server.ended()).as("seed %d: the server runs", SEED).isNotDone();
        assertThat(citizen.operations())
                .as("operations of the session that behaves")
                .isPositive();
        await("all connections are closed", () -> server.status().connections() == 0);
        long heapAfter = usedHeap();
        long directAfter = usedDirect();
        assertThat(heapAfter - heapBefore)
                .as("seed %d: growth of the heap", SEED)
                .isLessThan(MAX_GROWTH_BYTES);
        assertThat(directAfter - directBefore)
                .as("seed %d: growth of buffers", SEED)
                .isLessThan(MAX_GROWTH_BYTES);
        assertThat(leaks.list).as("seed %d: leaks", SEED).isEmpty();

        figures.publish(
                "sent",
                String.valueOf(clients.stream().mapToLong(HostileClient::sent).sum()));
        figures.publish(
                "answered",
                String.valueOf(
                        clients.stream().mapToLong(HostileClient::answered).sum()));
        figures.publish(
                "connections",
                String.valueOf(
                        clients.stream().mapToLong(HostileClient::connections).sum()));
        figures.publish("operations of the session that behaves", String.valueOf(citizen.operations()));
        figures.publish(
                "heap and buffers, bytes",
                heapBefore + " -> " + heapAfter + ", " + directBefore + " -> " + directAfter);
    }

    private interface Attack {
        void run() throws IOException;
    }

    private List<HostileClient> attack(long seed, int frames) throws Exception {
        List<HostileClient> clients = new ArrayList<>();
        List<CompletableFuture<Void>> ended = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            HostileClient client = new HostileClient(server.clientAddress(), seed + i);
            clients.add(client);
            ended.add(onThread("hostile-" + i, () -> client.run(frames / CLIENTS)));
        }
        for (CompletableFuture<Void> client : ended) {
            client.get();
        }
        return clients;
    }

    private static CompletableFuture<Void> onThread(String name, Attack body) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        body.run();
                        ended.complete(null);
                    } catch (Throwable failed) {
                        ended.completeExceptionally(
                                new AssertionError(name + ", seed " + SEED + ": " + failed.getMessage(), failed));
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return ended;
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(String what, Condition condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static long usedDirect() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }
}
