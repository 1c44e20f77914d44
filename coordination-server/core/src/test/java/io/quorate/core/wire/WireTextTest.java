package io.quorate.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quorum protocol 0.1. */
class WireTextTest {

    @ParameterizedTest
    @CsvSource({
        "61c3bc, a\u00fc",
        "f09f9880, \ud83d\ude00",
        "eda0bdedb880, \ud83d\ude00",
        "61eda0bdedb88062, a\ud83d\ude00b",
        "eda0bdedb880eda0bdedb881, \ud83d\ude00\ud83d\ude01",
        "edafbfedbfbf, \udbff\udfff",
        "eda0bdedb880ff, \ud83d\ude00\ufffd",
        "61ff62, a\ufffdb",
        "efbfbd, \ufffd",
        "ed9fbf, \ud7ff",
        "ed9fbfff, \ud7ff\ufffd"
    })
    void acceptsBothFormsOfACharacterBeyondTheBasicPlane(String hex, String text) {
        assertThat(WireText.decode(HexFormat.of().parseHex(hex))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"eda0bd", "edb880", "eda0bdedb8", "edb880eda0bd", "eda0bdeda0bd", "eda0bd61edb880"})
    void halvesAreMalformed(String hex) {
        assertThat(WireText.decode(HexFormat.of().parseHex(hex)).replace("a", ""))
                .matches("\ufffd+");
    }
}
