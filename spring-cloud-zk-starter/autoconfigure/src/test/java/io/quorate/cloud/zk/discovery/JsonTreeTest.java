package io.quorate.cloud.zk.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTreeTest {

    @Test
    void readsNestedValues() {
        assertThat(JsonTree.parse(" {\"a\" : [ 1 , {\"b\":[]} ,true,false, null], \"c\":{} } "))
                .isEqualTo(Map.of("a", Arrays.asList(1L, Map.of("b", List.of()), true, false, null), "c", Map.of()));
    }

    @Test
    void decodesEscapes() {
        assertThat(JsonTree.parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\\ud83d\\ude00{,]\""))
                .isEqualTo("\"\\/\b\f\n\r\t\u00e4\ud83d\ude00{,]");
    }

    @Test
    void readsNumbersOfEverySize() {
        assertThat(JsonTree.parse("[0,-7,1553592092875,999999999999999999,123456789012345678901,1.5,-2e3,0.5E-1]"))
                .isEqualTo(List.of(
                        0L, -7L, 1553592092875L, 999999999999999999L, 1.2345678901234568E20, 1.5, -2000.0, 0.05));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "[1,]",
                "[1 2]",
                "{a:1}",
                "\"a",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"\\u12\"",
                "01",
                "-",
                "1.",
                ".5",
                "1e",
                "+1",
                "nul",
                "truefalse",
                "1 1",
                "\"\n\"",
                "]"
            })
    void refusesWhatIsNoJson(String text) {
        assertThatThrownBy(() -> JsonTree.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesEndlessNesting() {
        assertThatThrownBy(() -> JsonTree.parse("[".repeat(100_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nested deeper");
    }
}
