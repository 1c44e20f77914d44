package io.quorate.runtime.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.base.Limits;
import io.quorate.core.replica.Recovery;
import io.quorate.core.replica.Replica;
import io.quorate.core.replica.ReplicaOptions;
import io.quorate.core.wire.client.OpCode;
import io.quorate.runtime.kit.wire.Acl;
import io.quorate.runtime.kit.wire.Bodies;
import io.quorate.runtime.kit.wire.Flags;
import io.quorate.runtime.kit.wire.FrameClient;
import io.quorate.runtime.kit.wire.Handshake;
import io.quorate.runtime.kit.wire.JuteWriter;
import io.quorate.runtime.kit.wire.KitSession;
import io.quorate.runtime.kit.wire.Op;
import io.quorate.runtime.metrics.ServerCounters;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;

/** A replica behind its client port, with channels instead of sockets. A turn is taken when the test says so. */
final class PortBench {

    static final ServerFacts FACTS = new ServerFacts(
            "1.2", "a day", 7, Path.of("data"), Path.of("log"), 2000, 60, 4000, 40_000, -1, List.of("*"), null);

    private static final long TURN_NANOS = 1_000_000;
    private static final long START_MILLIS = 1_700_000_000_000L;

    final ServerCounters counters = new ServerCounters();
    final ClientPort port;
    final Replica replica;
    private final PromptDisk disk = new PromptDisk();
    private long nanos;

    /** A server that takes frames. */
    PortBench() {
        this(Limits.DEFAULTS, FACTS);
        getReady();
    }

    /** A server that takes no frames before {@link #getReady}. */
    PortBench(Limits limits, ServerFacts facts) {
        this(limits, facts, Runnable::run);
    }

    /** @param aside carries out what four-letter words must not do in a turn */
    PortBench(Limits limits, ServerFacts facts, Executor aside) {
        port = new ClientPort(limits, new FourLetterWords(facts, counters, aside));
        ReplicaOptions options = ReplicaOptions.defaults().withLimits(limits);
        Recovery recovery = new Recovery(options, disk, line -> {});
        replica =
                recovery.recover(new Recovery.Ports(port, disk, disk, counters, bound -> 0), TURN_NANOS, START_MILLIS);
    }

    /** Turns without the disk: nothing that was written becomes durable. */
    void turn() {
        nanos += TURN_NANOS;
        replica.onTime(nanos, START_MILLIS + nanos / TURN_NANOS);
        port.drain(replica);
        replica.endOfTurn();
        port.flushTouched();
    }

    /** Turns until the disk has nothing left to do. */
    void getReady() {
        do {
            disk.completeAll(replica);
            turn();
        } while (disk.isBusy() || !replica.isQuiet());
        assertThat(replica.takesFrames()).isTrue();
    }

    TestChannel connect() {
        return accept(new TestChannel());
    }

    TestChannel accept(TestChannel channel) {
        port.acceptPlain(channel);
        return channel;
    }

    /** A connection with a session. */
    TestChannel open() {
        TestChannel channel = connect();
        channel.arrive(FrameClient.frame(Handshake.newSession().toBytes()));
        getReady();
        assertThat(channel.takeFrames()).as("answer to the handshake").hasSize(1);
        return channel;
    }

    long answered(OpCode op) {
        return counters.statistics().answered(op);
    }

    static byte[] request(int xid, int opcode, JuteWriter body) {
        return FrameClient.frame(KitSession.request(xid, opcode, body));
    }

    static byte[] ping() {
        return request(-2, Op.PING, Bodies.none());
    }

    static byte[] create(int xid, String path, int dataBytes) {
        return request(xid, Op.CREATE, Bodies.create(path, new byte[dataBytes], Acl.OPEN, Flags.PERSISTENT));
    }

    static byte[] getData(int xid, String path) {
        return request(xid, Op.GET_DATA, Bodies.read(path, false));
    }

    static byte[] together(byte[]... parts) {
        JuteWriter all = new JuteWriter();
        for (byte[] part : parts) {
            all.raw(part);
        }
        return all.toBytes();
    }
}
