package io.quorate.runtime.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.port.PeerInputs;
import io.quorate.core.port.PeerLinks;
import io.quorate.core.replica.ReplicaOptions;
import io.quorate.runtime.disk.DataDirectories;
import io.quorate.runtime.kit.FreePorts;
import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.netty.ServerFacts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLoopTest {

    private static final int REQUESTS = 3_000;

    @TempDir
    private Path directory;

    private ServerLoop loop(String name) {
        return loop(name, null);
    }

    private ServerLoop loop(String name, @Nullable PeerSettings peers) {
        Path data = directory.resolve(name);
        ServerFacts facts = new ServerFacts("1", "a day", 1, data, data, 3000, 60, 6000, 60_000, -1, List.of(), null);
        return new ServerLoop(new LoopSettings(
                ReplicaOptions.defaults(),
                facts,
                DataDirectories.open(data, data, true),
                new ClientPorts(new InetSocketAddress("127.0.0.1", 0), null, -1),
                1000,
                peers));
    }

    private static <T> T within(CompletableFuture<T> future) {
        return future.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static InetSocketAddress started(ServerLoop loop) {
        return Objects.requireNonNull(within(loop.start()).plain());
    }

    private static long turns(ServerLoop loop) {
        return within(loop.ask(replica -> loop.turns()));
    }

    /** How long a loop idles is measured by what another one does meanwhile. */
    @Test
    void aServerWithNothingToDoTakesNoTurns() {
        ServerLoop idle = loop("idle");
        ServerLoop busy = loop("busy");
        InetSocketAddress idleAddress = started(idle);
        InetSocketAddress busyAddress = started(busy);
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

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress("127.0.0.1", port);
    }

    @Test
    void aMemberIsReachedOnBothOfItsPorts() throws Exception {
        LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
        InetSocketAddress election = loopback(FreePorts.one());
        InetSocketAddress quorum = loopback(FreePorts.one());
        ServerLoop loop = loop("member", new PeerSettings(election, quorum, replica -> new Teller(told)));
        within(loop.start());
        try (Socket first = new Socket(election.getAddress(), election.getPort())) {
            assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("accepted 1 ELECTION");
            first.getOutputStream().write(new byte[] {1, 2, 3});
            assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("3 bytes 1");
            try (Socket second = new Socket(quorum.getAddress(), quorum.getPort())) {
                assertThat(second.isConnected()).isTrue();
                assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("accepted 2 QUORUM");
            }
            assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("closed 2");
            within(loop.stop());
            assertThat(first.getInputStream().read())
                    .as("a server that stops hangs up")
                    .isEqualTo(-1);
        }
        new ServerSocket(election.getPort(), 1, election.getAddress()).close();
        new ServerSocket(quorum.getPort(), 1, quorum.getAddress()).close();
    }

    @Test
    void aTakenPortIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address = loopback(taken.getLocalPort());
            PeerSettings election = new PeerSettings(address, loopback(0), replica -> new Teller(null));
            assertThatThrownBy(() -> within(loop("election", election).start()))
                    .hasRootCauseInstanceOf(IOException.class)
                    .hasStackTraceContaining("cannot listen for elections on 127.0.0.1:" + address.getPort());
            PeerSettings quorum = new PeerSettings(loopback(0), address, replica -> new Teller(null));
            assertThatThrownBy(() -> within(loop("quorum", quorum).start()))
                    .hasStackTraceContaining("cannot listen for other members on 127.0.0.1:" + address.getPort());
        }
    }

    /** Hands on what a member is told. */
    private record Teller(@Nullable LinkedBlockingQueue<String> told) implements PeerInputs {

        private void tell(String line) {
            if (told != null) {
                told.add(line);
            }
        }

        @Override
        public void onPeerAccepted(long link, PeerLinks.Purpose purpose, String address) {
            tell("accepted " + link + " " + purpose);
        }

        @Override
        public void onPeerConnected(long link) {
            tell("connected " + link);
        }

        @Override
        public void onPeerBytes(long link, ByteBuffer bytes) {
            tell(bytes.remaining() + " bytes " + link);
        }

        @Override
        public void onPeerWritable(long link, boolean writable) {
            tell("writable " + link + " " + writable);
        }

        @Override
        public void onPeerClosed(long link) {
            tell("closed " + link);
        }
    }
}
