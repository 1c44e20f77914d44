package io.quorate.core.tree;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The text of both quota nodes (client protocol 10.2): limits in one, usage in the other. Any number is -1 when unset.
 *
 * @param count the soft limit of nodes, or the nodes counted
 * @param bytes the soft limit of data bytes, or the bytes counted
 */
public record QuotaLimits(long count, long bytes, long countHardLimit, long byteHardLimit) {

    private static final int UNSET = -1;

    /** Null when the text is missing or makes no sense: then it is no quota, and nothing fails. */
    static @Nullable QuotaLimits parse(byte @Nullable [] text) {
        if (text == null) {
            return null;
        }
        QuotaLimits limits = new QuotaLimits(UNSET, UNSET, UNSET, UNSET);
        try {
            for (String piece : new String(text, StandardCharsets.UTF_8).split("[,;]+", 0)) {
                limits = limits.with(piece.split("=", 0));
            }
        } catch (NumberFormatException notANumber) {
            return null;
        }
        return limits;
    }

    /** The odd '=' behind the bytes of the extended form disappears in the split. */
    private QuotaLimits with(String[] keyAndValue) {
        if (keyAndValue.length == 0) {
            return this;
        }
        String text = keyAndValue.length < 2 ? "" : keyAndValue[1];
        long value = text.isEmpty() ? UNSET : Long.parseLong(text);
        return switch (keyAndValue[0]) {
            case "count" -> new QuotaLimits(value, bytes, countHardLimit, byteHardLimit);
            case "bytes" -> new QuotaLimits(count, value, countHardLimit, byteHardLimit);
            case "countHardLimit" -> new QuotaLimits(count, bytes, value, byteHardLimit);
            case "byteHardLimit" -> new QuotaLimits(count, bytes, countHardLimit, value);
            default -> this;
        };
    }

    /** Usage as the statistics node holds it. */
    static byte[] formatUsage(long count, long bytes) {
        return ("count=" + count + ",bytes=" + bytes).getBytes(StandardCharsets.US_ASCII);
    }
}
