package io.quorate.runtime.netty;

import static io.quorate.runtime.netty.PortBench.create;
import static io.quorate.runtime.netty.PortBench.getData;
import static io.quorate.runtime.netty.PortBench.ping;
import static io.quorate.runtime.netty.PortBench.together;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.WriteBufferWaterMark;
import io.quorate.core.base.Limits;
import io.quorate.core.port.CloseReason;
import io.quorate.core.wire.client.OpCode;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClientConnectionTest {

    private static final int EARLY_FLUSH_BYTES = 256 << 10;
    private static final int NODE_BYTES = 100_000;

    private final PortBench bench = new PortBench();

    private TestChannel withNode(PortBench onBench, int nodeBytes) {
        TestChannel channel = onBench.open();
        channel.arrive(create(1, "/node", nodeBytes));
        onBench.getReady();
        assertThat(channel.takeFrames()).hasSize(1);
        return channel;
    }

    private static byte[] reads(int count) {
        byte[][] reads = new byte[count][];
        Arrays.setAll(reads, i -> getData(10 + i, "/node"));
        return together(reads);
    }

    @Test
    void theOutputOfATurnLeavesInOneFlush() {
        TestChannel channel = withNode(bench, 10);
        channel.arrive(together(ping(), reads(3)));
        channel.arrive(reads(2));
        assertThat(channel.takeFlushes()).as("before the turn").isEmpty();
        bench.turn();

        List<byte[]> flushes = channel.takeFlushes();
        assertThat(flushes).hasSize(1);
        assertThat(bench.answered(OpCode.GET_DATA)).isEqualTo(5);
        assertThat(channel.usedBytes()).isZero();
    }

    @Test
    void muchOutputLeavesBeforeTheTurnEnds() {
        TestChannel channel = withNode(bench, NODE_BYTES);
        channel.arrive(reads(8));
        bench.turn();

        List<byte[]> flushes = channel.takeFlushes();
        assertThat(flushes).hasSize(3);
        assertThat(flushes)
                .allSatisfy(flush -> assertThat(flush.length).isLessThan(EARLY_FLUSH_BYTES + NODE_BYTES + 200));
        assertThat(flushes.stream().mapToInt(flush -> flush.length).sum()).isGreaterThan(8 * NODE_BYTES);
    }

    @Test
    void whoDoesNotReadIsNotFed() {
        TestChannel channel = withNode(bench, NODE_BYTES);
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(NODE_BYTES, 2 * NODE_BYTES));
        channel.peerStopsReading();
        channel.arrive(reads(20));
        bench.turn();
        bench.turn();
        long answered = bench.answered(OpCode.GET_DATA);
        assertThat(answered).as("up to the early flush").isEqualTo(3);
        assertThat(channel.config().isAutoRead())
                .as("nothing more is read from it")
                .isFalse();
        channel.arrive(ping());
        bench.turn();
        assertThat(bench.answered(OpCode.PING)).as("behind the reads").isZero();

        channel.peerReadsAgain();
        bench.turn();
        assertThat(bench.answered(OpCode.GET_DATA)).isEqualTo(20);
        assertThat(bench.answered(OpCode.PING)).isEqualTo(1);
        assertThat(channel.takeFrames()).hasSize(21);
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void aSlowReaderIsClosedAtTheLimit() {
        PortBench limited = new PortBench(withMaxOutput(3 * NODE_BYTES), PortBench.FACTS);
        limited.getReady();
        TestChannel channel = withNode(limited, NODE_BYTES);
        channel.peerStopsReading();
        channel.arrive(reads(2));
        limited.turn();
        assertThat(channel.isOpen()).as("below the limit").isTrue();
        channel.peerReadsAgain();
        limited.turn();

        channel.peerStopsReading();
        channel.arrive(reads(6));
        limited.turn();
        assertThat(channel.isOpen()).isFalse();
        channel.runPendingTasks();
        limited.turn();
        assertThat(limited.replica.status().connections()).isZero();
        channel.takeFlushes();
        assertThat(channel.usedBytes()).as("what it did not read is given up").isZero();
    }

    private static Limits withMaxOutput(long maxLinkOutputBytes) {
        return Limits.DEFAULTS.withLinks(Limits.DEFAULTS.links().withMaxOutputBytes(maxLinkOutputBytes));
    }

    @Test
    void whatWasSentBeforeTheEndStillExecutes() {
        TestChannel channel = bench.open();
        int nodes = bench.replica.status().nodes();
        channel.arrive(together(create(1, "/a", 1), create(2, "/b", 1), new byte[] {0, 0, 0}));
        channel.close();
        bench.getReady();

        assertThat(bench.replica.status().nodes()).isEqualTo(nodes + 2);
        assertThat(bench.replica.status().connections()).isZero();
        assertThat(channel.usedBytes()).as("the unfinished frame too").isZero();
    }

    @Test
    void aBrokenLengthClosesBehindWhatWasWhole() {
        TestChannel channel = bench.open();
        channel.arrive(together(ping(), new byte[] {-1, 0, 0, 0}, ping()));
        bench.turn();

        assertThat(channel.takeFrames()).as("the ping before it").hasSize(1);
        assertThat(channel.isOpen()).isFalse();
        channel.runPendingTasks();
        bench.turn();
        assertThat(bench.counters.statistics().closed(CloseReason.MALFORMED_FRAME))
                .isEqualTo(1);
        assertThat(channel.usedBytes()).isZero();
    }

    /**
     * The close waits behind output that the peer does not take; what the peer goes on sending is of no use to anybody.
     */
    @Test
    void aConnectionThatIsBeingClosedKeepsNothingThatArrives() {
        TestChannel channel = bench.open();
        channel.peerStopsReading();
        channel.arrive(together(ping(), new byte[] {-1, 0, 0, 0}));
        bench.turn();
        assertThat(channel.isOpen()).isTrue();

        long used = channel.usedBytes();
        for (int i = 0; i < 10; i++) {
            channel.arrive(new byte[1000]);
        }
        bench.turn();
        assertThat(channel.usedBytes()).isLessThanOrEqualTo(used);
        channel.peerReadsAgain();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aPeerThatNeverReadsTheEndIsCutOff() {
        TestChannel channel = bench.open();
        channel.freezeTime();
        channel.peerStopsReading();
        channel.arrive(together(ping(), new byte[] {-1, 0, 0, 0}));
        bench.turn();
        channel.advanceTimeBy(9, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).as("while it may still read").isTrue();

        channel.advanceTimeBy(1, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isFalse();
        channel.runPendingTasks();
        bench.turn();
        assertThat(bench.replica.status().connections()).isZero();
        assertThat(channel.usedBytes()).isZero();
    }

    @Test
    void afterACloseNothingIsSentAnyMore() {
        TestChannel channel = bench.open();
        bench.port.close(1, CloseReason.SESSION_EXPIRED);
        bench.port.send(1, ByteBuffer.allocate(10));
        bench.port.flushTouched();
        assertThat(channel.takeFlushes()).isEmpty();
        assertThat(channel.isOpen()).isFalse();
        bench.port.send(99, ByteBuffer.allocate(10));
        bench.port.pauseReading(99);
        bench.port.resumeReading(99);
        bench.port.close(99, CloseReason.SHUTDOWN);
    }

    @Test
    void anAddressIsComparedWithoutItsZone() throws UnknownHostException {
        byte[] linkLocal = new byte[16];
        linkLocal[0] = (byte) 0xfe;
        linkLocal[1] = (byte) 0x80;
        linkLocal[15] = 1;
        InetSocketAddress zoned = new InetSocketAddress(Inet6Address.getByAddress("peer", linkLocal, 3), 7);
        assertThat(zoned.getAddress().getHostAddress()).contains("%");
        ClientConnection connection = new ClientConnection(5, new TestChannel(zoned), null, bench.port, 100);

        assertThat(connection.origin().address()).isEqualTo("fe80:0:0:0:0:0:0:1");
        assertThat(connection.remote()).isEqualTo(zoned);
    }
}
