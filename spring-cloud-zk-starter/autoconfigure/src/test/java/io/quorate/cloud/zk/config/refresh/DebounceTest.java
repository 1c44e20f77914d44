package io.quorate.cloud.zk.config.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class DebounceTest {

    /** Near the overflow of the clock, so that every comparison that is no difference fails. */
    private static final long START = Long.MAX_VALUE - 1_000_000;

    private static long ms(long millis) {
        return START + millis * 1_000_000;
    }

    private static OptionalLong of(long millis) {
        return OptionalLong.of(millis * 1_000_000);
    }

    private final Debounce debounce =
            new Debounce(Duration.ofMillis(250), Duration.ofMillis(2000), Duration.ofMillis(100), bound -> bound / 2);

    @Test
    void withoutAnEventThereIsNothingToWaitFor() {
        assertThat(debounce.remainingNanos(ms(0))).isEmpty();
    }

    @Test
    void aBurstEndsAQuietPeriodAndTheJitterAfterItsLastEvent() {
        debounce.event(ms(0));
        assertThat(debounce.remainingNanos(ms(0))).isEqualTo(of(300));
        debounce.event(ms(200));
        assertThat(debounce.remainingNanos(ms(200))).isEqualTo(of(300));
        assertThat(debounce.remainingNanos(ms(500))).isEqualTo(of(0));
        assertThat(debounce.remainingNanos(ms(900))).isEqualTo(of(0));
    }

    @Test
    void aBurstThatDoesNotEndIsCutAtTheLongestDelay() {
        for (long at = 0; at <= 1900; at += 100) {
            debounce.event(ms(at));
        }
        assertThat(debounce.remainingNanos(ms(1900))).isEqualTo(of(150));
    }

    @Test
    void theNextBurstBeginsAnew() {
        debounce.event(ms(0));
        debounce.clear();
        assertThat(debounce.remainingNanos(ms(5000))).isEmpty();
        debounce.event(ms(5000));
        assertThat(debounce.remainingNanos(ms(5000))).isEqualTo(of(300));
    }
}
