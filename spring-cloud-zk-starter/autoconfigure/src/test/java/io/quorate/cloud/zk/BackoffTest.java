package io.quorate.cloud.zk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BackoffTest {

    private static final Duration SHORTEST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofMillis(700);

    @Test
    void pausesDoubleUpToTheLongestAndBeginAnew() {
        Backoff backoff = new Backoff(SHORTEST, LONGEST);
        assertThat(backoff.next()).hasMillis(200);
        assertThat(backoff.next()).hasMillis(400);
        assertThat(backoff.next()).hasMillis(700);
        assertThat(backoff.next()).hasMillis(700);
        backoff.reset();
        assertThat(backoff.next()).hasMillis(200);
    }

    @Test
    void chanceShortensThemByUpToHalf() {
        assertThat(new Backoff(SHORTEST, LONGEST, () -> 0.5).next()).hasMillis(150);
        Backoff shortened = new Backoff(SHORTEST, LONGEST, () -> 1);
        assertThat(shortened.next()).hasMillis(100);
        assertThat(shortened.next()).as("doubled all the same").hasMillis(200);
    }
}
