package io.quorate.core.zab;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.txn.Zxid;
import org.junit.jupiter.api.Test;

/** The decision table of quorum protocol 4.5, row by row. */
class SyncPlannerTest {

    private static final SyncPlan SNAP = new SyncPlan.WholeSnapshot();

    private final CommittedWindow first = window(1, 5, 10);

    private static CommittedWindow window(long epoch, int from, int to) {
        CommittedWindow window = new CommittedWindow(100, 1 << 20);
        fill(window, epoch, from, to);
        return window;
    }

    private static void fill(CommittedWindow window, long epoch, int from, int to) {
        for (int counter = from; counter <= to; counter++) {
            window.add(Zxid.of(epoch, counter), new byte[1]);
        }
    }

    private static SyncPlan.Difference difference(long after, long announced) {
        return new SyncPlan.Difference(after, announced);
    }

    @Test
    void whoHasEverythingGetsNothing() {
        assertThat(SyncPlanner.plan(Zxid.of(1, 10), Zxid.of(1, 10), first))
                .isEqualTo(difference(Zxid.of(1, 10), Zxid.of(1, 10)));
        assertThat(SyncPlanner.plan(0, 0, new CommittedWindow(10, 100))).isEqualTo(difference(0, 0));
    }

    @Test
    void whoIsInTheWindowGetsTheRest() {
        assertThat(SyncPlanner.plan(Zxid.of(1, 7), Zxid.of(1, 10), first))
                .isEqualTo(difference(Zxid.of(1, 7), Zxid.of(1, 10)));
        assertThat(SyncPlanner.plan(Zxid.of(1, 10), Zxid.of(2, 0), first))
                .isEqualTo(difference(Zxid.of(1, 10), Zxid.of(1, 10)));
    }

    @Test
    void whoIsAheadIsCutBack() {
        assertThat(SyncPlanner.plan(Zxid.of(1, 12), Zxid.of(1, 10), first))
                .isEqualTo(new SyncPlan.TruncateThenDifference(Zxid.of(1, 10)));
    }

    @Test
    void whoIsAheadWithoutATransactionGetsEverything() {
        assertThat(SyncPlanner.plan(Zxid.of(2, 0), Zxid.of(1, 10), first)).isEqualTo(SNAP);
    }

    @Test
    void whoIsTooFarBehindGetsEverything() {
        assertThat(SyncPlanner.plan(Zxid.of(1, 3), Zxid.of(1, 10), first)).isEqualTo(SNAP);
        assertThat(SyncPlanner.plan(0, Zxid.of(1, 10), first)).isEqualTo(SNAP);
    }

    @Test
    void acrossEpochsNothingIsCut() {
        CommittedWindow window = window(1, 5, 8);
        fill(window, 2, 1, 3);
        assertThat(SyncPlanner.plan(Zxid.of(1, 9), Zxid.of(2, 3), window)).isEqualTo(SNAP);
        assertThat(SyncPlanner.plan(Zxid.of(2, 0), Zxid.of(2, 3), window))
                .isEqualTo(difference(Zxid.of(2, 0), Zxid.of(2, 3)));
    }

    @Test
    void theWindowKeepsItsBounds() {
        CommittedWindow window = new CommittedWindow(3, 1 << 20);
        fill(window, 1, 1, 10);
        assertThat(window.size()).isEqualTo(3);
        assertThat(window.first()).isEqualTo(Zxid.of(1, 8));
        CommittedWindow small = new CommittedWindow(1000, 40);
        fill(small, 1, 1, 10);
        assertThat(small.size()).isEqualTo(3);
        assertThat(small.last()).isEqualTo(Zxid.of(1, 10));
    }
}
