package io.quorate.cloud.zk.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class ProcessDepartureTest {

    /** Longer than any test takes: who waits for it is not done. */
    private static final Duration LONG = Duration.ofMinutes(5);

    private boolean ending;
    private final ProcessDeparture departure = new ProcessDeparture(() -> ending);

    /** A context with something registered. */
    private static final class Context implements ProcessDeparture.Leaving {

        private final CompletableFuture<Duration> removed = new CompletableFuture<>();
        private int left;

        @Override
        public CompletableFuture<Duration> leave() {
            left++;
            return left == 1 ? removed : CompletableFuture.completedFuture(Duration.ZERO);
        }
    }

    private Context present() {
        Context context = new Context();
        departure.add(context);
        return context;
    }

    @Test
    void aContextThatEndsByItselfLeavesByItself() {
        Context leaving = present();
        Context staying = present();
        CompletableFuture<Void> gone = departure.depart(leaving);
        assertThat(leaving.left).isEqualTo(1);
        assertThat(staying.left).isZero();
        assertThat(gone).isNotDone();
        leaving.removed.complete(Duration.ZERO);
        assertThat(gone).isCompleted();
    }

    @Test
    void consumersAreGivenTime() {
        Context leaving = present();
        CompletableFuture<Void> gone = departure.depart(leaving);
        leaving.removed.complete(LONG);
        assertThat(gone).isNotDone();
    }

    @Test
    void theFirstContextThatEndsWithTheProcessTakesAllAlong() {
        Context first = present();
        Context second = present();
        Context third = present();
        ending = true;
        CompletableFuture<Void> firstGone = departure.depart(first);
        assertThat(second.left).isEqualTo(1);
        assertThat(third.left).isEqualTo(1);
        first.removed.complete(Duration.ZERO);
        second.removed.complete(Duration.ZERO);
        assertThat(firstGone).as("waits for all").isNotDone();
        CompletableFuture<Void> secondGone = departure.depart(second);
        assertThat(secondGone).as("not before the common wait is over").isNotDone();
        third.removed.complete(Duration.ZERO);
        assertThat(firstGone).isCompleted();
        assertThat(secondGone).isCompleted();
        assertThat(departure.depart(third)).as("has waited already").isCompleted();
    }

    @Test
    void theProcessWaitsOnceForAll() {
        Context first = present();
        Context second = present();
        ending = true;
        CompletableFuture<Void> firstGone = departure.depart(first);
        first.removed.complete(LONG);
        second.removed.complete(Duration.ofMillis(1));
        assertThat(firstGone).as("the longest of the delays").isNotDone();
        assertThat(departure.depart(second)).as("the same wait").isNotDone();
    }

    @Test
    void whoHasLeftBeforeIsNotTakenAlong() {
        Context early = present();
        Context late = present();
        departure.depart(early);
        ending = true;
        departure.depart(late);
        assertThat(early.left).isEqualTo(1);
    }

    @Test
    void thisProcessIsNotEnding() {
        assertThat(ProcessDeparture.OF_PROCESS.isEnding()).isFalse();
    }
}
