package io.quorate.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.base.Limits;
import io.quorate.core.base.NodePath;
import io.quorate.core.wire.Acl;
import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.client.OpCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Requests that arrive behind a handshake wait for the session, and then, like all others, for room in the log. */
final class HeldFramesTest {

    private static final int REQUESTS = 20;
    private static final int LONG_VALUE = 3_500;

    /** A log that keeps room for three of the longest transactions. */
    static ReplicaOptions littleRoom() {
        Limits usual = Limits.DEFAULTS;
        Limits limits = usual.withFrames(new Limits.Frames(4096, 1024, 1 << 20))
                .withLinks(usual.links().withMaxPerAddress(0));
        return ReplicaOptions.defaults()
                .withLimits(limits)
                .withStorage(new ReplicaOptions.Storage(100_000, 0, 0, 1, 3, false));
    }

    @Test
    @DisplayName("more than the log has room for, behind a handshake: all of it is carried out, in order")
    void moreThanThereIsRoomFor() {
        Bench bench = new Bench(littleRoom());
        bench.open(1);
        bench.handshake(1, 0, 0, new byte[16]);
        List<String> expected = new ArrayList<>();
        expected.add("1: connected 10000");
        for (int i = 1; i <= REQUESTS; i++) {
            WireWriter body =
                    new WireWriter(LONG_VALUE).writePath(NodePath.of("/n" + i)).writeBuffer(new byte[LONG_VALUE]);
            Acl.writeList(body, Acl.OPEN);
            bench.request(1, i, OpCode.CREATE, body.writeInt(0));
            expected.add("1: xid " + i + " zxid " + (i + 1) + " ok");
        }

        bench.settle();

        assertThat(bench.said()).containsExactlyElementsOf(expected);
    }
}
