package io.quorate.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Client protocol 2.5. */
class SessionIdsTest {

    @ParameterizedTest
    @CsvSource({
        "1, 0000000000000000, 0100000000000000",
        "1, 0000018bcfe56800, 018bcfe568000000",
        "1, ffffffffffffffff, 01ffffffffff0000",
        "255, 0000000000000001, ff00000000010000",
        "256, 0000000000000001, 0000000000010000",
        "258, 0000000000000001, 0200000000010000",
        "128, 0000000000000000, 8000000000000001",
        "128, 0000010000000000, 8000000000000001"
    })
    void startsWithServerAndClock(long serverId, String millis, String first) {
        long epochMillis = HexFormat.fromHexDigitsToLong(millis);
        assertThat(HexFormat.of().toHexDigits(SessionIds.first(serverId, epochMillis)))
                .isEqualTo(first);
        assertThat(new SessionIds(serverId, epochMillis, false).next(id -> false))
                .isEqualTo(HexFormat.fromHexDigitsToLong(first));
    }

    @Test
    void countsOnAndCarriesIntoTheClock() {
        SessionIds ids = new SessionIds(1, 1, false);
        long first = ids.next(id -> false);
        for (int i = 1; i <= 0x10000; i++) {
            assertThat(ids.next(id -> false)).isEqualTo(first + i);
        }
    }

    @Test
    void passesOverKnownSessions() {
        SessionIds ids = new SessionIds(1, 0, false);
        long first = 0x0100_0000_0000_0000L;
        Set<Long> known = Set.of(first, first + 1, first + 3);
        assertThat(ids.next(known::contains)).isEqualTo(first + 2);
        assertThat(ids.next(known::contains)).isEqualTo(first + 4);
    }

    @Test
    void neverHandsOutZeroOrTheMarkOfContainers() {
        assertThat(new SessionIds(0, 0, false).next(id -> false)).isEqualTo(1);
        SessionIds ids = new SessionIds(0x7f, (1L << 40) - 1, false);
        long last = 0x7fff_ffff_ffff_ffffL;
        assertThat(ids.next(id -> Long.compareUnsigned(id, last) < 0)).isEqualTo(last);
        assertThat(ids.next(id -> false)).isEqualTo(SessionIds.CONTAINER_OWNER + 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {255, 256, 511, -1, Long.MAX_VALUE})
    void extendedTypesLimitTheServerId(long serverId) {
        assertThatCode(() -> new SessionIds(serverId, 0, false)).doesNotThrowAnyException();
        assertThatThrownBy(() -> new SessionIds(serverId, 0, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("server id " + serverId);
    }

    @Test
    void extendedTypesAllowTheOthers() {
        assertThatCode(() -> new SessionIds(254, 0, true)).doesNotThrowAnyException();
        assertThatCode(() -> new SessionIds(0, 0, true)).doesNotThrowAnyException();
    }
}
