package io.quorate.runtime.netty;

import static io.quorate.runtime.netty.PortBench.create;
import static io.quorate.runtime.netty.PortBench.ping;
import static io.quorate.runtime.netty.PortBench.together;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.base.Limits;
import io.quorate.core.wire.client.OpCode;
import io.quorate.runtime.kit.wire.FrameClient;
import io.quorate.runtime.kit.wire.Handshake;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClientPortTest {

    private static final int MANY = 2_000;
    private static final int RECEIVE_BYTES = 64 << 10;

    private final PortBench bench = new PortBench(Limits.DEFAULTS, PortBench.FACTS);

    private static byte[] handshake() {
        return FrameClient.frame(Handshake.newSession().toBytes());
    }

    private static byte[] pings(int count) {
        byte[][] pings = new byte[count][];
        Arrays.setAll(pings, i -> ping());
        return together(pings);
    }

    @Test
    void whatArrivesWaitsUntilTheReplicaTakesIt() {
        TestChannel first = bench.connect();
        TestChannel second = bench.connect();
        first.arrive(handshake());
        second.arrive(together(handshake(), pings(3)));
        bench.turn();
        assertThat(bench.replica.takesFrames()).isFalse();
        assertThat(first.takeFrames()).isEmpty();
        assertThat(bench.port.hasMore())
                .as("the loop sleeps although something waits")
                .isFalse();

        bench.getReady();
        assertThat(first.takeFrames()).hasSize(1);
        assertThat(second.takeFrames()).hasSize(4);
        assertThat(first.usedBytes() + second.usedBytes()).isZero();
    }

    @Test
    void aFullInboxStopsReadingUntilItIsEmpty() {
        TestChannel quiet = bench.connect();
        TestChannel busy = bench.connect();
        busy.arrive(handshake());
        byte[] segment = pings(5_000);
        int segments = 0;
        while (busy.config().isAutoRead()) {
            busy.arrive(segment);
            segments++;
            assertThat(segments * (long) segment.length).as("the bound").isLessThan(17 << 20);
        }
        assertThat(segments * (long) segment.length).as("the bound").isGreaterThan(16 << 20);
        assertThat(quiet.config().isAutoRead()).as("who sends nothing").isTrue();
        bench.turn();
        assertThat(busy.config().isAutoRead())
                .as("as long as the replica takes nothing")
                .isFalse();

        bench.getReady();
        assertThat(bench.answered(OpCode.PING)).isEqualTo(segments * 5_000L);
        assertThat(busy.config().isAutoRead()).isTrue();
        busy.takeFlushes();
        assertThat(busy.usedBytes()).isZero();
    }

    /** A receive buffer costs what it could hold, however little came: small segments must not add up to gigabytes. */
    @Test
    void aFullInboxIsMeasuredByTheMemoryThatItHolds() {
        List<TestChannel> channels = Stream.generate(bench::connect).limit(MANY).toList();
        channels.forEach(channel -> channel.arriveIn(RECEIVE_BYTES, (byte) 0));
        long held = channels.stream().mapToLong(TestChannel::usedBytes).sum();
        long stillRead = channels.stream()
                .filter(channel -> channel.config().isAutoRead())
                .count();

        assertThat(held).isLessThan(MANY * (long) RECEIVE_BYTES / 4);
        assertThat(stillRead).isPositive();
        channels.forEach(TestChannel::close);
        bench.getReady();
        assertThat(channels.stream().mapToLong(TestChannel::usedBytes).sum()).isZero();
    }

    @Test
    void aConnectionThatGoesWhileTheInboxIsFullIsForgotten() {
        TestChannel channel = bench.connect();
        channel.arrive(handshake());
        while (channel.config().isAutoRead()) {
            channel.arrive(pings(5_000));
        }
        channel.close();
        bench.getReady();

        assertThat(bench.replica.status().connections()).isZero();
        assertThat(channel.usedBytes()).isZero();
    }

    /** A server that is stopped in the midst of it gives back what nobody has looked at. */
    @Test
    void theEndReleasesWhatHasNotBeenDelivered() {
        TestChannel channel = bench.connect();
        channel.arrive(together(handshake(), new byte[] {0, 0}));
        bench.turn();
        channel.arrive(pings(2));
        TestChannel unseen = bench.connect();
        unseen.arrive(handshake());
        bench.port.closeAll();
        channel.runPendingTasks();
        unseen.runPendingTasks();
        bench.port.discardArrivals();

        assertThat(channel.isOpen()).isFalse();
        assertThat(channel.usedBytes()).isZero();
        assertThat(unseen.usedBytes()).isZero();
        assertThat(bench.port.hasMore()).isFalse();
    }

    @Test
    void acceptedConnectionsCountBeforeTheirFirstByte() {
        bench.connect();
        assertThat(bench.port.hasMore()).isTrue();
        bench.turn();
        assertThat(bench.replica.status().connections()).isEqualTo(1);
        assertThat(bench.port.remoteOf(1)).isNotNull();
        assertThat(bench.port.remoteOf(2)).isNull();
    }

    @Test
    void writesOfSeveralConnectionsArriveInTheOrderOfTheirSegments() {
        bench.getReady();
        TestChannel first = bench.open();
        TestChannel second = bench.open();
        second.arrive(create(1, "/same", 1));
        first.arrive(create(1, "/same", 1));
        bench.getReady();

        assertThat(second.takeFrames().get(0).getInt(12)).as("came first").isZero();
        assertThat(first.takeFrames().get(0).getInt(12)).as("came second").isEqualTo(-110);
    }

    @Test
    void withoutAListenerThereIsNoAddress() {
        assertThat(bench.port.plainAddress()).isNull();
        assertThat(bench.port.secureAddress()).isNull();
        bench.port.open();
        bench.port.stopAccepting();
    }
}
