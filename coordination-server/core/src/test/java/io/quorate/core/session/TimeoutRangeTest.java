package io.quorate.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Client protocol 2.6. */
class TimeoutRangeTest {

    @ParameterizedTest
    @CsvSource({
        "30000, 30000",
        "0, 6000",
        "-1, 6000",
        "-2147483648, 6000",
        "5999, 6000",
        "6000, 6000",
        "40000, 40000",
        "40001, 40000",
        "2147483647, 40000"
    })
    void clamps(int requested, int negotiated) {
        assertThat(new TimeoutRange(6000, 40_000).negotiate(requested)).isEqualTo(negotiated);
    }

    @ParameterizedTest
    @CsvSource({
        "3000, -1, -1, 6000, 60000", "2000, -1, -1, 4000, 40000", "3000, 100, -1, 100, 60000",
        "3000, -1, 9000, 6000, 9000", "3000, 1, 2, 1, 2", "2000000000, -1, -1, 2147483647, 2147483647"
    })
    void defaultsAreTwoAndTwentyTicks(int tick, int min, int max, int expectedMin, int expectedMax) {
        assertThat(TimeoutRange.of(tick, min, max)).isEqualTo(new TimeoutRange(expectedMin, expectedMax));
    }

    @Test
    void refusesAnEmptyRange() {
        assertThatThrownBy(() -> new TimeoutRange(2, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("min-session-timeout");
        assertThatThrownBy(() -> TimeoutRange.of(3000, -1, 5999)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TimeoutRange(-5, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new TimeoutRange(5, 5).negotiate(9)).isEqualTo(5);
    }
}
