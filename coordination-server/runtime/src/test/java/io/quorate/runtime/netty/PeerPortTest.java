package io.quorate.runtime.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelFuture;
import io.quorate.core.port.PeerLinks.Purpose;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PeerPortTest {

    private static final long MAX_OUTPUT_BYTES = 2 << 20;
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private final NettyPeers peers = new NettyPeers(Transport.best());
    private final List<Consumer<List<InetAddress>>> lookups = new ArrayList<>();
    private final PeerPort port =
            new PeerPort(peers.loop(), Transport.best(), (host, found) -> lookups.add(found), MAX_OUTPUT_BYTES);
    private final PeerLog log = new PeerLog();

    @AfterEach
    void close() {
        port.closeAll();
        port.discardArrivals();
        peers.close();
    }

    private TestChannel accept() {
        TestChannel channel = new TestChannel();
        port.accepted(Purpose.ELECTION, channel);
        return channel;
    }

    private void turn() {
        port.drain(log);
        port.flushTouched();
    }

    private void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time: %s", what).isLessThan(deadline);
            peers.turn();
            turn();
        }
    }

    private static ByteBuffer bytes(int size) {
        return ByteBuffer.allocate(size);
    }

    @Test
    void whatArrivesIsToldInItsTurn() {
        TestChannel first = accept();
        TestChannel second = accept();
        first.arrive((byte) 1, (byte) 2);
        second.arrive((byte) 3);
        first.arrive((byte) 4);
        first.close();
        assertThat(port.hasMore()).isTrue();
        assertThat(log.lines()).isEmpty();
        turn();

        assertThat(log.take())
                .containsExactly(
                        "accepted 1 ELECTION 127.0.0.1",
                        "accepted 2 ELECTION 127.0.0.1",
                        "bytes 1 1 2",
                        "bytes 2 3",
                        "bytes 1 4",
                        "closed 1");
        assertThat(port.hasMore()).isFalse();
        assertThat(first.usedBytes() + second.usedBytes()).isZero();
        assertThat(port.openLinks()).isEqualTo(1);
    }

    @Test
    void whatHadArrivedWhenTheLinkWasClosedIsNotTold() {
        TestChannel channel = accept();
        turn();
        log.take();
        channel.peerStopsReading();
        port.send(1, bytes(1_500_000));
        channel.arrive((byte) 1);
        port.pauseReading(1);
        port.close(1);
        assertThat(channel.config().isAutoRead())
                .as("input that nobody takes would cost the last bytes")
                .isTrue();
        channel.arrive((byte) 2);
        turn();
        assertThat(log.lines()).isEmpty();
        channel.peerReadsAgain();
        turn();
        assertThat(log.lines()).containsExactly("closed 1");
        channel.takeFlushes();
        assertThat(channel.usedBytes()).isZero();
    }

    @Test
    void aTurnsOutputLeavesInOneFlush() {
        TestChannel channel = accept();
        for (int i = 0; i < 1000; i++) {
            port.send(1, bytes(50));
        }
        assertThat(channel.takeFlushes()).isEmpty();
        turn();
        assertThat(channel.takeFlushes()).hasSize(1).allMatch(flush -> flush.length == 50_000);
    }

    @Test
    void muchOutputDoesNotWaitForTheEndOfTheTurn() {
        TestChannel channel = accept();
        for (int i = 0; i < 100; i++) {
            port.send(1, bytes(10_000));
        }
        int early =
                channel.takeFlushes().stream().mapToInt(flush -> flush.length).sum();
        assertThat(early).isGreaterThan(700_000).isLessThan(1_000_000);
        turn();
        int rest =
                channel.takeFlushes().stream().mapToInt(flush -> flush.length).sum();
        assertThat(early + rest).isEqualTo(1_000_000);
        assertThat(channel.usedBytes()).isZero();
    }

    @Test
    void whoTakesNothingIsClosedAtTheBound() {
        TestChannel channel = accept();
        turn();
        channel.peerStopsReading();
        int sent = 0;
        while (channel.isOpen()) {
            port.send(1, bytes(100_000));
            sent += 100_000;
            turn();
            assertThat(sent).as("the bound").isLessThan(3 << 20);
        }
        turn();
        assertThat((long) sent).as("the bound").isGreaterThan(MAX_OUTPUT_BYTES);
        assertThat(log.lines()).contains("full 1").endsWith("closed 1");
        assertThat(channel.usedBytes()).isZero();
    }

    @Test
    void aLinkThatDoesNotStandKeepsNoMoreThanTheBound() {
        long link = port.connect(Purpose.QUORUM, "somewhere", 1, 60_000);
        for (int i = 0; i < 100; i++) {
            port.send(link, bytes(100_000));
        }
        turn();
        assertThat(log.lines()).containsExactly("closed " + link);
        assertThat(port.openLinks()).isZero();
    }

    @Test
    void aFullInboxStopsReadingUntilItIsEmpty() {
        TestChannel busy = accept();
        TestChannel quiet = accept();
        byte[] segment = new byte[1 << 20];
        int segments = 0;
        while (busy.config().isAutoRead()) {
            busy.arrive(segment);
            segments++;
            assertThat(segments).as("the bound").isLessThan(18);
        }
        assertThat(segments).as("the bound").isGreaterThan(16);
        assertThat(quiet.config().isAutoRead()).isTrue();
        turn();
        assertThat(busy.config().isAutoRead()).isTrue();
        assertThat(busy.usedBytes()).isZero();
    }

    @Test
    void whatNobodyWillLookAtIsGivenBack() {
        TestChannel channel = accept();
        channel.arrive(new byte[1000]);
        port.send(1, bytes(1000));
        port.closeAll();
        port.discardArrivals();
        assertThat(channel.isOpen()).isFalse();
        assertThat(channel.usedBytes()).isZero();
        assertThat(port.hasMore()).isFalse();
    }

    @Test
    void moreConnectionsThanAnEnsembleNeedsAreRefused() {
        List<TestChannel> channels = new ArrayList<>();
        for (int i = 0; i < PeerPort.MAX_ACCEPTED; i++) {
            channels.add(accept());
        }
        assertThat(accept().isOpen()).isFalse();
        channels.get(7).close();
        assertThat(accept().isOpen()).isTrue();
        assertThat(port.openLinks()).isEqualTo(PeerPort.MAX_ACCEPTED);
        channels.forEach(TestChannel::close);
    }

    @Test
    void oneAddressAfterTheOtherIsTried() throws Exception {
        PeerLog theirs = new PeerLog();
        NettyPeers.Peer listening = peers.peer(theirs);
        long link = port.connect(Purpose.QUORUM, "two.example", listening.port(Purpose.QUORUM), 20_000);
        lookups.get(0).accept(List.of(InetAddress.getByName("127.0.0.2"), InetAddress.getByName("127.0.0.1")));
        await("connected", () -> !log.lines().isEmpty() && !theirs.lines().isEmpty());
        assertThat(log.lines()).containsExactly("connected " + link);
        assertThat(theirs.lines()).containsExactly("accepted 1 QUORUM 127.0.0.1");
    }

    @Test
    void anAddressThatIsFoundTooLateIsNotDialled() {
        PeerLog theirs = new PeerLog();
        NettyPeers.Peer listening = peers.peer(theirs);
        long late = port.connect(Purpose.QUORUM, "late.example", listening.port(Purpose.QUORUM), 50);
        await("given up", () -> !log.lines().isEmpty());
        assertThat(log.take()).containsExactly("closed " + late);
        lookups.get(0).accept(List.of(InetAddress.getLoopbackAddress()));
        long prompt = port.connect(Purpose.QUORUM, "prompt.example", listening.port(Purpose.QUORUM), 20_000);
        lookups.get(1).accept(List.of(InetAddress.getLoopbackAddress()));
        await("connected", () -> !log.lines().isEmpty() && !theirs.lines().isEmpty());
        for (int i = 0; i < 50; i++) {
            peers.turn();
        }
        assertThat(log.lines()).containsExactly("connected " + prompt);
        assertThat(theirs.lines()).containsExactly("accepted 1 QUORUM 127.0.0.1");
    }

    @Test
    void aTakenPortIsFoundOut() {
        NettyPeers.Peer listening = peers.peer(new PeerLog());
        InetSocketAddress taken = listening.port().localAddress(Purpose.ELECTION);
        ChannelFuture bound = port.bind(Purpose.ELECTION, taken);
        await("refused", bound::isDone);
        assertThat(bound.isSuccess()).isFalse();
    }
}
