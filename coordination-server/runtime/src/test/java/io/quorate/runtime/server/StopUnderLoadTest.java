package io.quorate.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.runtime.kit.wire.Acl;
import io.quorate.runtime.kit.wire.Bodies;
import io.quorate.runtime.kit.wire.Flags;
import io.quorate.runtime.kit.wire.FrameClient;
import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.kit.wire.Op;
import io.quorate.runtime.kit.wire.Reply;
import io.quorate.runtime.kit.wire.ServerClosed;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StopUnderLoadTest {

    private static final int REQUESTS = 20_000;

    @TempDir
    private Path directory;

    private CoordinationServer start() {
        return CoordinationServer.start(ServerOptions.embedded(directory));
    }

    /** Sends everything until the server is gone. */
    private static void flood(KitSession session, int requests) {
        for (int i = 0; i < requests; i++) {
            byte[] create = KitSession.request(
                    i + 1, Op.CREATE, Bodies.create("/n" + i, new byte[20], Acl.OPEN, Flags.PERSISTENT));
            if (!session.client().trySendRaw(FrameClient.frame(create))) {
                return;
            }
        }
    }

    /** How many of the requests were acknowledged, the first of them after the given count told by {@code enough}. */
    private static int acknowledged(KitSession session, int closeAfter, Runnable close) {
        int acknowledged = 0;
        try {
            while (acknowledged < REQUESTS) {
                Reply reply = session.receive().ok();
                acknowledged++;
                assertThat(reply.xid()).isEqualTo(acknowledged);
                if (acknowledged == closeAfter) {
                    close.run();
                }
            }
        } catch (ServerClosed expected) {
            assertThat(expected).hasMessageContaining("closed");
        }
        return acknowledged;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 50, 2_000})
    void whatWasAcknowledgedBeforeTheStopIsThereAfterIt(int closeAfter) {
        CoordinationServer server = start();
        KitSession session = KitSession.open(server.clientAddress());
        CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> flood(session, REQUESTS));
        CompletableFuture<?>[] closed = new CompletableFuture<?>[1];
        int acknowledged =
                acknowledged(session, closeAfter, () -> closed[0] = CompletableFuture.runAsync(server::close));
        flood.join();
        closed[0].join();
        session.drop();
        assertThat(acknowledged).isBetween(closeAfter, REQUESTS);

        try (CoordinationServer again = start();
                KitSession reader = KitSession.open(again.clientAddress())) {
            Set<String> present = new HashSet<>(reader.getChildren("/", false).children());
            present.remove("zookeeper");
            assertThat(present).hasSizeGreaterThanOrEqualTo(acknowledged);
            for (int i = 0; i < present.size(); i++) {
                assertThat(present)
                        .as("the writes of a session, in their order")
                        .contains("n" + i);
            }
        }
    }

    @Test
    void aSessionAndItsEphemeralsOutliveTheStop() {
        CoordinationServer server = start();
        KitSession session = KitSession.open(server.clientAddress());
        session.create("/mine", Flags.EPHEMERAL).ok();
        server.close();
        session.drop();

        try (CoordinationServer again = start();
                KitSession resumed = KitSession.open(again.clientAddress(), session.resumption())) {
            assertThat(resumed.id()).isEqualTo(session.id());
            assertThat(resumed.exists("/mine", false).stat().ephemeralOwner()).isEqualTo(session.id());
        }
    }
}
