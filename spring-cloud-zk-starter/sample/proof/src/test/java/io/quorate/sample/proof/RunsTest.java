package io.quorate.sample.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The judgement of {@link Runs} bites. */
class RunsTest {

    private static Runs.Run run(long token, String instance, long started, @Nullable Long ended) {
        return new Runs.Run(
                started,
                token,
                instance,
                Instant.ofEpochMilli(started),
                ended == null ? null : Instant.ofEpochMilli(ended));
    }

    @Test
    void leadersThatFollowOneAnotherAreInOrder() {
        Runs runs = new Runs(List.of(run(7, "a", 0, 5L), run(7, "a", 10, null), run(9, "b", 30, 35L)));
        assertThat(runs.violations()).isEmpty();
        assertThat(runs.leaderships()).isEqualTo(2);
        assertThat(runs.unfinished()).isEqualTo(1);
        assertThat(runs.lastGap()).isEqualTo(Duration.ofMillis(20));
    }

    @Test
    void aFormerLeaderThatComesBackIsFound() {
        Runs runs = new Runs(List.of(run(7, "a", 0, 5L), run(9, "b", 10, 15L), run(7, "a", 20, 25L)));
        assertThat(runs.violations()).hasSize(1);
    }

    @Test
    void aRunThatBeginsDuringAnotherIsFound() {
        Runs runs = new Runs(List.of(run(7, "a", 0, 15L), run(9, "b", 10, 20L)));
        assertThat(runs.violations()).hasSize(1);
    }

    @Test
    void aTokenOfTwoIsFound() {
        Runs runs = new Runs(List.of(run(7, "a", 0, 5L), run(7, "b", 10, 15L)));
        assertThat(runs.violations()).hasSize(1);
    }
}
