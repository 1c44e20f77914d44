package io.quorate.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Client protocol 2.5, quorum protocol A8. */
class SessionPasswordTest {

    @ParameterizedTest
    @CsvSource({
        "0000000000000001, 054cc74a37327db215e702e20c73f005",
        "1000012345670000, 4be494d27cc739baa123244a251a7415",
        "072d5c9f3a4b0001, 4a3c2adb987d17666225da95d5278b2f",
        "0100000000000000, f22acd4a97e69d6d20a49bb638eadb38",
        "001000abcdef0000, 6392a56db477dd0a797bc8b31d917902"
    })
    void matchesTheVectors(String id, String password) {
        assertThat(SessionPassword.of(HexFormat.fromHexDigitsToLong(id)))
                .isEqualTo(HexFormat.of().parseHex(password));
    }

    @Test
    void isTheReferencesFunctionForAnyId() {
        Random ids = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            long id = ids.nextLong();
            byte[] expected = new byte[16];
            new Random(id ^ 0xb3415c00L).nextBytes(expected);
            assertThat(SessionPassword.of(id)).isEqualTo(expected);
            assertThat(SessionPassword.matches(id, expected)).isTrue();
        }
    }

    @Test
    void everyByteCounts() {
        for (int i = 0; i < SessionPassword.BYTES; i++) {
            byte[] shown = SessionPassword.of(42);
            shown[i] ^= 1;
            assertThat(SessionPassword.matches(42, shown)).isFalse();
        }
    }

    @Test
    void nothingElseMatches() {
        byte[] right = SessionPassword.of(42);
        assertThat(SessionPassword.matches(42, right)).isTrue();
        assertThat(SessionPassword.matches(43, right)).isFalse();
        assertThat(SessionPassword.matches(42, null)).isFalse();
        assertThat(SessionPassword.matches(42, new byte[0])).isFalse();
        assertThat(SessionPassword.matches(42, Arrays.copyOf(right, 15))).isFalse();
        assertThat(SessionPassword.matches(42, Arrays.copyOf(right, 17))).isFalse();
        assertThat(SessionPassword.matches(0, SessionPassword.of(0))).isFalse();
    }
}
