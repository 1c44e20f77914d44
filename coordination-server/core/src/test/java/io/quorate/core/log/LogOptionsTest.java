package io.quorate.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LogOptionsTest {

    @Test
    void theReserveIsWhatWasAskedFor() {
        LogOptions options = LogOptions.forMaxPayload(1 << 20, 64 << 20);

        assertThat(options.reserveAheadBytes()).isEqualTo(64 << 20);
    }

    @Test
    void aSmallReserveStillHoldsTheLongestTransactions() {
        LogOptions options = LogOptions.forMaxPayload(1 << 20, 1);

        assertThat(options.reserveAheadBytes()).isGreaterThanOrEqualTo(3 << 20);
    }

    @Test
    void aSmallServerReservesLittle() {
        LogOptions options = LogOptions.forMaxPayload(3000, 16 << 10);

        assertThat(options.reserveAheadBytes()).isEqualTo(16 << 10);
        assertThat(options.batchBytes()).isEqualTo(4 << 10);
        assertThat(options.reserveStepBytes()).isEqualTo(4 << 10);
    }
}
