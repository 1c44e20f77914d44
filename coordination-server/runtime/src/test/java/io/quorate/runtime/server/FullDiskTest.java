package io.quorate.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.runtime.kit.wire.Acl;
import io.quorate.runtime.kit.wire.Bodies;
import io.quorate.runtime.kit.wire.Err;
import io.quorate.runtime.kit.wire.Flags;
import io.quorate.runtime.kit.wire.FrameClient;
import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.kit.wire.Op;
import io.quorate.runtime.kit.wire.Reply;
import io.quorate.runtime.metrics.ServerStatistics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real server on a real file system that has no room left. */
class FullDiskTest {

    private static final int NODES = 10;
    private static final int DATA_BYTES = 100_000;
    /** More than fit. */
    private static final int MOST_WRITES = 2_000;

    /** Data version of each node that has been acknowledged last. */
    private final int[] acknowledged = new int[NODES];

    private SmallDisk disk;

    @BeforeEach
    void mount(@TempDir Path directory) {
        disk = SmallDisk.mount(directory, 64, 24);
    }

    @AfterEach
    void unmount() {
        if (disk != null) {
            disk.close();
        }
    }

    private CoordinationServer start() {
        return CoordinationServer.start(ServerOptions.embedded(disk.directory()));
    }

    private static void createNodes(KitSession session) {
        for (int i = 0; i < NODES; i++) {
            session.create("/n" + i).ok();
        }
    }

    private int write(KitSession session, int number) {
        int node = number % NODES;
        Reply reply = session.call(Op.SET_DATA, Bodies.setData("/n" + node, new byte[DATA_BYTES], -1));
        if (reply.err() == Err.OK) {
            acknowledged[node] = reply.stat().version();
        }
        return reply.err();
    }

    private void writeUntilRefused(KitSession session) {
        for (int i = 0; i < MOST_WRITES; i++) {
            int err = write(session, i);
            if (err != Err.OK) {
                assertThat(err).isEqualTo(Err.NOT_READ_ONLY);
                return;
            }
        }
        throw new AssertionError("the disk never ran full");
    }

    private void writeUntilAccepted(KitSession session) {
        await(() -> write(session, 0) != Err.NOT_READ_ONLY);
    }

    private void assertEverythingThere(KitSession session) {
        for (int i = 0; i < NODES; i++) {
            assertThat(session.exists("/n" + i, false).stat().version())
                    .as("version of node %d", i)
                    .isEqualTo(acknowledged[i]);
        }
    }

    @Test
    void writesAreRefusedUntilThereIsRoomAgainAndNothingIsLost() throws IOException {
        try (CoordinationServer server = start();
                KitSession session = KitSession.open(server.clientAddress())) {
            createNodes(session);
            writeUntilRefused(session);

            for (int i = 0; i < 3 * NODES; i++) {
                assertThat(write(session, i)).isEqualTo(Err.NOT_READ_ONLY);
                session.ping().ok();
            }
            assertEverythingThere(session);
            assertThat(server.ask(replica -> replica.status().acceptsWrites()).join())
                    .isFalse();
            assertThat(server.ended()).isNotDone();

            disk.dropBallast();
            writeUntilAccepted(session);
            for (int i = 0; i < 5 * NODES; i++) {
                assertThat(write(session, i)).isEqualTo(Err.OK);
            }
            assertEverythingThere(session);
            assertThat(server.ended()).isNotDone();
        }
        try (CoordinationServer again = start();
                KitSession session = KitSession.open(again.clientAddress())) {
            assertEverythingThere(session);
        }
    }

    @Test
    void aServerStopsAndStartsOnAFullDisk() throws IOException {
        try (CoordinationServer server = start();
                KitSession session = KitSession.open(server.clientAddress())) {
            createNodes(session);
            writeUntilRefused(session);
        }
        try (CoordinationServer again = start()) {
            assertThat(again.ended()).isNotDone();
            disk.dropBallast();
            try (KitSession session = KitSession.open(again.clientAddress())) {
                assertEverythingThere(session);
                writeUntilAccepted(session);
            }
        }
    }

    /** What was asked for together is acknowledged or refused one by one; a write that was refused has no effect. */
    @Test
    void writesInFlightAreAcknowledgedOrRefused() throws IOException {
        int inFlight = 600;
        int accepted = 0;
        try (CoordinationServer server = start();
                KitSession session = KitSession.open(server.clientAddress())) {
            session.create("/n0").ok();
            for (int i = 0; i < inFlight; i++) {
                session.send(Op.SET_DATA, Bodies.setData("/n0", new byte[DATA_BYTES], -1));
            }
            for (int i = 0; i < inFlight; i++) {
                int err = session.receive().err();
                assertThat(err).isIn(Err.OK, Err.NOT_READ_ONLY);
                accepted += err == Err.OK ? 1 : 0;
            }
            assertThat(accepted).isBetween(1, inFlight - 1);
            assertThat(session.exists("/n0", false).stat().version()).isEqualTo(accepted);
        }
        disk.dropBallast();
        try (CoordinationServer again = start();
                KitSession session = KitSession.open(again.clientAddress())) {
            assertThat(session.exists("/n0", false).stat().version()).isEqualTo(accepted);
        }
    }

    /** A snapshot is worth having, but not worth the server: logs on another disk go on. */
    @Test
    void aSnapshotThatDoesNotFitIsTakenWhenThereIsRoom(@TempDir Path logs) throws IOException {
        ServerOptions options = withLogsIn(logs);
        try (CoordinationServer server = CoordinationServer.start(options);
                KitSession session = KitSession.open(server.clientAddress())) {
            for (int i = 0; i < 500; i++) {
                session.call(Op.CREATE, Bodies.create("/n" + i, new byte[DATA_BYTES], Acl.OPEN, Flags.PERSISTENT))
                        .ok();
            }
            server.ask(replica -> {
                        replica.requestSnapshot();
                        return true;
                    })
                    .join();
            await(() -> storage(server).snapshotsFailed() == 1);
            session.create("/written-although").ok();
            assertThat(disk.usableBytes()).as("the attempt gives its room back").isGreaterThan(30L << 20);

            disk.dropBallast();
            await(() -> storage(server).snapshotsFinished() == 2);
            assertThat(server.ended()).isNotDone();
        }
        try (CoordinationServer again = CoordinationServer.start(options);
                KitSession session = KitSession.open(again.clientAddress())) {
            assertThat(session.getChildren("/", false).children()).hasSize(502);
        }
    }

    private ServerOptions withLogsIn(Path logs) {
        ServerOptions embedded = ServerOptions.embedded(disk.directory());
        ServerOptions.Data data = embedded.data();
        return embedded.withData(new ServerOptions.Data(data.directory(), logs, true, data.slowForceMillis()));
    }

    private static ServerStatistics.Storage storage(CoordinationServer server) {
        return server.statistics().storage();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + FrameClient.PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline).as("time left").isNegative();
            LockSupport.parkNanos(10_000_000);
        }
    }
}
