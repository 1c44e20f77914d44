package io.quorate.core.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Decodes the text of strings. Malformed input becomes U+FFFD, except for one form that the reference writes: a
 * character beyond the basic plane as two surrogates of three bytes each (quorum protocol 0.1).
 */
final class WireText {

    private static final char REPLACEMENT = '\ufffd';
    private static final int PAIR_BYTES = 6;
    private static final int HALF_BYTES = 3;
    private static final byte SURROGATE_LEAD = (byte) 0xed;
    private static final int HIGH_SURROGATES = 0xa0;
    private static final int LOW_SURROGATES = 0xb0;

    private WireText() {}

    static String decode(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? text : new String(withoutPairs(bytes), StandardCharsets.UTF_8);
    }

    /** The same bytes with the standard form in place of every pair of surrogates. */
    private static byte[] withoutPairs(byte[] bytes) {
        byte[] standard = new byte[bytes.length];
        int length = 0;
        int at = 0;
        while (at < bytes.length) {
            if (isPair(bytes, at)) {
                char high = surrogate(bytes, at);
                char low = surrogate(bytes, at + HALF_BYTES);
                byte[] character = String.valueOf(new char[] {high, low}).getBytes(StandardCharsets.UTF_8);
                System.arraycopy(character, 0, standard, length, character.length);
                length += character.length;
                at += PAIR_BYTES;
            } else {
                standard[length++] = bytes[at++];
            }
        }
        return Arrays.copyOf(standard, length);
    }

    private static boolean isPair(byte[] bytes, int at) {
        return bytes.length - at >= PAIR_BYTES
                && isHalf(bytes, at, HIGH_SURROGATES)
                && isHalf(bytes, at + HALF_BYTES, LOW_SURROGATES);
    }

    private static boolean isHalf(byte[] bytes, int at, int kind) {
        return bytes[at] == SURROGATE_LEAD && (bytes[at + 1] & 0xf0) == kind && (bytes[at + 2] & 0xc0) == 0x80;
    }

    private static char surrogate(byte[] bytes, int at) {
        return (char) (0xd000 | (bytes[at + 1] & 0x3f) << 6 | bytes[at + 2] & 0x3f);
    }
}
