package io.quorate.runtime.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FourLetterWordTest {

    private static int code(String fourBytes) {
        return ByteBuffer.wrap(fourBytes.getBytes(StandardCharsets.US_ASCII)).getInt();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TELNET_CLOSE")
    void isRecognisedByItsFourBytesInLowerCase(FourLetterWord word) {
        assertThat(word.text()).hasSize(4).isLowerCase();
        assertThat(FourLetterWord.of(code(word.text()))).isEqualTo(word);
        assertThat(FourLetterWord.of(code(word.name()))).as("in upper case").isNull();
    }

    @Test
    void theEndOfATelnetClientIsAWord() {
        assertThat(FourLetterWord.of(0xfff4fffd)).isEqualTo(FourLetterWord.TELNET_CLOSE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 44, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x72756f6a, 0x726d6f6b})
    void anythingElseIsALength(int bytes) {
        assertThat(FourLetterWord.of(bytes)).isNull();
    }

    @Test
    void onlyTheTraceMaskHasAnArgument() {
        for (FourLetterWord word : FourLetterWord.values()) {
            assertThat(word.argumentBytes()).as(word.text()).isEqualTo(word == FourLetterWord.STMK ? 8 : 0);
        }
    }
}
