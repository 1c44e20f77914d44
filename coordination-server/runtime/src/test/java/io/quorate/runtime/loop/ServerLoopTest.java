package io.quorate.runtime.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.replica.ReplicaOptions;
import io.quorate.runtime.disk.DataDirectories;
import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.netty.ServerFacts;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLoopTest {

    private static final int REQUESTS = 3_000;

    @TempDir
    private Path directory;

    private ServerLoop loop(String name) {
        Path data = directory.resolve(name);
        ServerFacts facts = new ServerFacts("1", "a day", 1, data, data, 3000, 60, 6000, 60_000, -1, List.of());
        return new ServerLoop(new LoopSettings(
                ReplicaOptions.defaults(),
                facts,
                DataDirectories.open(data, data, true),
                new InetSocketAddress("127.0.0.1", 0),
                -1,
                1000));
    }

    private static <T> T within(CompletableFuture<T> future) {
        return future.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static long turns(ServerLoop loop) {
        return within(loop.ask(replica -> loop.turns()));
    }

    /** How long a loop idles is measured by what another one does meanwhile. */
    @Test
    void aServerWithNothingToDoTakesNoTurns() {
        ServerLoop idle = loop("idle");
        ServerLoop busy = loop("busy");
        InetSocketAddress idleAddress = within(idle.start());
        InetSocketAddress busyAddress = within(busy.start());
        try (KitSession waiting = KitSession.open(idleAddress);
                KitSession working = KitSession.open(busyAddress)) {
            waiting.create("/n").ok();
            long idleBefore = turns(idle);
            long busyBefore = turns(busy);
            for (int i = 0; i < REQUESTS; i++) {
                working.ping();
            }
            assertThat(turns(busy) - busyBefore).isGreaterThanOrEqualTo(REQUESTS);
            assertThat(turns(idle) - idleBefore)
                    .as("the question, the status behind it, and little else")
                    .isLessThan(20);
        } finally {
            within(idle.stop());
            within(busy.stop());
        }
    }

    @Test
    void aLoopIsNotReadyBeforeItIsStartedAndMayBeStoppedTwice() {
        ServerLoop loop = loop("one");
        assertThat(loop.status()).isNull();
        assertThat(loop.statistics()).isNull();
        CompletableFuture<Long> early = loop.ask(replica -> replica.status().serverId());
        within(loop.start());
        assertThat(within(early)).as("asked before the start").isEqualTo(1);
        assertThat(loop.status()).isNotNull();

        within(loop.stop());
        within(loop.stop());
        assertThat(loop.ask(replica -> 1)).isCompletedExceptionally();
    }
}
