package io.quorate.core.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Client protocol 5.1. */
class NodePathRulesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/a", "/a/b", "/...", "/a.", "/.a", "/a..b", "/a b", "/é/ü", "/\u00a0", "/\ufeff", "/\uffef"
            })
    void acceptsOrdinaryPaths(String path) {
        assertThat(NodePathRules.isValid(NodePath.of(path))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a/b",
                "/a/",
                "//",
                "/a//b",
                "//a",
                "/a/./b",
                "/.",
                "/..",
                "/a/..",
                "/../a",
                "/a\u0000b",
                "/\ud83d\ude00"
            })
    void refusesTheExamplesOfTheSpecification(String path) {
        assertThat(NodePathRules.isValid(NodePath.of(path))).isFalse();
    }

    @Test
    void judgesEveryCharacterByItsUtf16Unit() {
        for (int unit = 0; unit <= 0xffff; unit++) {
            if (unit >= 0xd800 && unit <= 0xdfff || unit == '/' || unit == '.') {
                continue; // lone surrogates have no UTF-8 form; the other two have rules of their own
            }
            boolean forbidden =
                    unit <= 0x1f || unit >= 0x7f && unit <= 0x9f || unit >= 0xd800 && unit <= 0xf8ff || unit >= 0xfff0;
            String character = String.valueOf((char) unit);
            for (String path : new String[] {"/" + character, "/a" + character + "b/c", "/a/b" + character}) {
                assertThat(NodePathRules.isValid(NodePath.of(path)))
                        .as("U+%04X", unit)
                        .isEqualTo(!forbidden);
            }
        }
    }

    @Test
    void refusesWhatIsNoUtf8() {
        byte[][] malformed = {
            {'/', (byte) 0xff},
            {'/', (byte) 0xc3},
            {'/', (byte) 0x80},
            {'/', (byte) 0xe2, (byte) 0x82},
            {'/', (byte) 0xed, (byte) 0xa0, (byte) 0x80},
            {'/', (byte) 0xc0, (byte) 0xaf}
        };
        for (byte[] bytes : malformed) {
            assertThat(NodePathRules.isValid(NodePath.ofUtf8(bytes))).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"/a,true", "/,true", "a/b,true", "a/,true", "a,false", "'',false"})
    void weakTestWantsASlash(String path, boolean passes) {
        assertThat(NodePathRules.hasSlashAndNoNul(NodePath.of(path))).isEqualTo(passes);
    }

    @Test
    void weakTestRefusesNul() {
        assertThat(NodePathRules.hasSlashAndNoNul(NodePath.of("/a\u0000"))).isFalse();
        assertThat(NodePathRules.hasNul(NodePath.of("/a\u0000"))).isTrue();
        assertThat(NodePathRules.hasNul(NodePath.of("/a\u0001"))).isFalse();
    }
}
