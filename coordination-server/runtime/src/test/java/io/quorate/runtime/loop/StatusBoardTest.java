package io.quorate.runtime.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.replica.Replica;
import io.quorate.core.wire.client.OpCode;
import io.quorate.runtime.loop.StatusBoard.Published;
import io.quorate.runtime.metrics.ServerCounters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusBoardTest {

    private static final long INTERVAL_NANOS = 100_000_000;

    private final Replica replica = IdleReplica.create();
    private final ServerCounters counters = new ServerCounters();

    private static long answered(StatusBoard board) {
        Published published = board.read();
        return published == null ? -1 : published.statistics().answered(OpCode.PING);
    }

    /** The clock may start anywhere, and pass through zero or its end. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 1L << 60, Long.MIN_VALUE, -5_000_000_000L, -50_000_000, Long.MAX_VALUE - 50_000_000})
    void isPublishedTenTimesASecondAtMost(long startNanos) {
        StatusBoard board = new StatusBoard(counters, startNanos);
        assertThat(board.read()).as("before the first turn").isNull();
        board.publish(replica, startNanos);
        assertThat(answered(board)).isZero();

        counters.requestAnswered(OpCode.PING, 1);
        board.publish(replica, startNanos + INTERVAL_NANOS - 1);
        assertThat(answered(board)).as("too early").isZero();
        board.publish(replica, startNanos + INTERVAL_NANOS);
        assertThat(answered(board)).isEqualTo(1);

        counters.requestAnswered(OpCode.PING, 1);
        board.publish(replica, startNanos + 2 * INTERVAL_NANOS - 1);
        assertThat(answered(board)).as("counted from the last publication").isEqualTo(1);
    }

    @Test
    void wantsATurnOnlyWhileSomethingIsUnpublished() {
        StatusBoard board = new StatusBoard(counters, 1000);
        board.publish(replica, 1000);
        assertThat(board.nextDeadlineNanos()).as("an idle server sleeps").isEqualTo(Long.MAX_VALUE);

        board.publish(replica, 2000);
        assertThat(board.nextDeadlineNanos()).isEqualTo(1000 + INTERVAL_NANOS);
        board.publish(replica, 1000 + INTERVAL_NANOS);
        assertThat(board.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatIsReadDoesNotChangeAfterwards() {
        StatusBoard board = new StatusBoard(counters, 0);
        board.publishNow(replica);
        Published before = board.read();
        counters.requestAnswered(OpCode.PING, 1);
        board.publishNow(replica);

        assertThat(before).isNotNull();
        assertThat(before.statistics().answered(OpCode.PING)).isZero();
        assertThat(before.statistics().readLatency().count()).isZero();
        assertThat(answered(board)).isEqualTo(1);
        assertThat(before.status()).isEqualTo(replica.status());
    }
}
