package io.quorate.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.port.CloseReason;
import io.quorate.core.port.DiskFile;
import io.quorate.core.port.LimitReached;
import io.quorate.core.wire.client.OpCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerCountersTest {

    private static final long MILLI = 1_000_000;

    private final ServerCounters counters = new ServerCounters();

    @Test
    void requestsAreCountedByOperationAndByWhetherTheyWrite() {
        counters.requestAnswered(OpCode.GET_DATA, 3 * MILLI);
        counters.requestAnswered(OpCode.EXISTS, MILLI);
        counters.requestAnswered(OpCode.CREATE, 8 * MILLI);
        ServerStatistics statistics = counters.statistics();

        assertThat(statistics.answered(OpCode.GET_DATA)).isEqualTo(1);
        assertThat(statistics.answered(OpCode.CREATE)).isEqualTo(1);
        assertThat(statistics.answered(OpCode.DELETE)).isZero();
        assertThat(statistics.readLatency().count()).isEqualTo(2);
        assertThat(statistics.readLatency().totalMicros()).isEqualTo(4000);
        assertThat(statistics.writeLatency().maxMicros()).isEqualTo(8000);
        assertThat(statistics.requests()).isEqualTo(new ServerStatistics.Requests(3, 12 * MILLI, MILLI, 8 * MILLI));
    }

    @Test
    void beforeTheFirstRequestTheShortestLatencyIsZero() {
        assertThat(counters.statistics().requests()).isEqualTo(new ServerStatistics.Requests(0, 0, 0, 0));
    }

    @Test
    void aResetForgetsTheRequestsAndNothingElse() {
        counters.requestAnswered(OpCode.PING, 5 * MILLI);
        counters.linkOpened(1, "127.0.0.1");
        counters.sessionOpened(1, 1000);
        counters.resetRequestStatistics();
        ServerStatistics statistics = counters.statistics();
        assertThat(statistics.requests()).isEqualTo(new ServerStatistics.Requests(0, 0, 0, 0));
        assertThat(statistics.answered(OpCode.PING)).isEqualTo(1);
        assertThat(statistics.sessions()).isEqualTo(new ServerStatistics.Sessions(1, 1, 0, 0, 0, 0));

        counters.requestAnswered(OpCode.PING, MILLI);
        assertThat(counters.statistics().requests()).isEqualTo(new ServerStatistics.Requests(1, MILLI, MILLI, MILLI));
    }

    @Test
    void everyEventHasItsCounter() {
        counters.sessionOpened(1, 1000);
        counters.sessionResumed(1, 1000);
        counters.sessionResumed(1, 1000);
        counters.sessionRefused(2);
        counters.sessionExpired(1, 1000);
        counters.sessionClosed(1);
        counters.sessionClosed(2);
        counters.limitReached(LimitReached.WATCHES);
        counters.forceTimes().record(5 * MILLI, true);
        counters.forceTimes().record(MILLI, false);
        counters.txnProposed(1, 100);
        counters.txnProposed(2, 20);
        counters.txnApplied(1, 2 * MILLI);
        counters.watchesFired(3);
        counters.watchesFired(4);
        counters.digestMismatch(1, 2, 3);
        counters.electionLinkRefused("10.0.0.1:4711", "no election handshake in time");
        counters.writesRefused("full");
        counters.writesAcceptedAgain();
        counters.snapshotStarted(9);
        counters.snapshotFinished(9, 77);
        counters.snapshotFinished(10, 88);
        counters.snapshotFailed(11, "no space");
        counters.filePurged(DiskFile.log("log.1"));
        for (CloseReason reason : CloseReason.values()) {
            for (int i = 0; i <= reason.ordinal(); i++) {
                counters.linkClosed(i, reason);
            }
        }
        ServerStatistics statistics = counters.statistics();

        assertThat(statistics.sessions()).isEqualTo(new ServerStatistics.Sessions(0, 1, 2, 1, 1, 2));
        assertThat(statistics.storage()).isEqualTo(new ServerStatistics.Storage(2, 120, 2, 1, 88, 1, 1, 1));
        assertThat(statistics.electionLinksRefused()).isEqualTo(1);
        assertThat(statistics.commitLatency().count()).isEqualTo(1);
        assertThat(statistics.reached(LimitReached.WATCHES)).isEqualTo(1);
        assertThat(statistics.reached(LimitReached.IDENTITIES)).isZero();
        assertThat(statistics.forceTime().count()).isEqualTo(2);
        assertThat(statistics.watchesFired()).isEqualTo(7);
        assertThat(statistics.digestMismatches()).isEqualTo(1);
        for (CloseReason reason : CloseReason.values()) {
            assertThat(statistics.closed(reason)).isEqualTo(reason.ordinal() + 1);
        }
    }

    @Test
    void onlyTheNewestDigestsAreKept() {
        for (int i = 1; i <= 3000; i++) {
            counters.digestRecorded(i, -i);
        }
        List<Long> zxids = new ArrayList<>();
        counters.forEachDigest((zxid, digest) -> {
            assertThat(digest).isEqualTo(-zxid);
            zxids.add(zxid);
        });
        assertThat(zxids).hasSize(1024).isSorted().endsWith(3000L);
    }

    @Test
    void whatWasPublishedStaysAsItWas() {
        ServerStatistics before = counters.statistics();
        counters.requestAnswered(OpCode.CREATE, MILLI);
        counters.linkClosed(1, CloseReason.SHUTDOWN);
        counters.txnApplied(1, MILLI);

        assertThat(before.answered(OpCode.CREATE)).isZero();
        assertThat(before.closed(CloseReason.SHUTDOWN)).isZero();
        assertThat(before.writeLatency().count()).isZero();
        assertThat(before.commitLatency().count()).isZero();
    }
}
