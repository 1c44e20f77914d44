package io.quorate.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.client.OpCode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A session may own more nodes than the transaction that closes it can name. */
final class LargeSessionTest {

    private static final int EPHEMERALS = 400;
    private static final int EPHEMERAL = 1;

    @Test
    @DisplayName("closing a session with more ephemerals than a record can list removes all of them")
    void closeBeyondTheRecordLimit() {
        Bench bench = new Bench(HeldFramesTest.littleRoom());
        bench.connect(1);
        for (int i = 1; i <= EPHEMERALS; i++) {
            bench.create(1, i, "/ephemeral-node-number-" + i, EPHEMERAL);
            bench.settle();
        }
        bench.said();

        bench.request(1, EPHEMERALS + 1, OpCode.CLOSE_SESSION, new WireWriter(1));
        bench.settle();

        assertThat(bench.said()).containsExactly("1: xid 401 zxid 402 ok", "1: closed SESSION_CLOSED");
        assertThat(bench.replica.status().ephemerals()).isZero();
        assertThat(bench.restarted().replica.status().ephemerals()).isZero();
        assertThat(bench.restarted().replica.status().sessions()).isZero();
    }
}
