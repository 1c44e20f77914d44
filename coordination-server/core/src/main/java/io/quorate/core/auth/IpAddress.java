package io.quorate.core.auth;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An IPv4 or IPv6 address as a number. Reads the plain literals that the reference reads: no names, no brackets, no
 * zone, no IPv4 tail inside IPv6.
 *
 * @param isV6 the family; addresses of different families have nothing to do with each other
 * @param high the first 64 bits of an IPv6 address; 0 for IPv4
 * @param low the last 64 bits of an IPv6 address, or the 32 bits of an IPv4 address
 */
record IpAddress(boolean isV6, long high, long low) {

    private static final int V4_BITS = 32;
    private static final int V6_BITS = 128;
    private static final int V4_PARTS = 4;
    private static final int V6_GROUPS = 8;
    private static final int GROUP_BITS = 16;
    private static final int GROUP_DIGITS = 4;

    /** The address that {@code text} writes, or null when it writes none. */
    static @Nullable IpAddress parse(String text) {
        return text.indexOf(':') < 0 ? parseV4(text) : parseV6(text);
    }

    private static @Nullable IpAddress parseV4(String text) {
        long address = 0;
        int from = 0;
        for (int part = 1; part <= V4_PARTS; part++) {
            int dot = text.indexOf('.', from);
            int to = dot < 0 ? text.length() : dot;
            int value = number(text, from, to, 10, 0xff);
            // The last part, and only the last, ends with the text.
            if (value < 0 || dot < 0 != (part == V4_PARTS)) {
                return null;
            }
            address = address << Byte.SIZE | value;
            from = to + 1;
        }
        return new IpAddress(false, 0, address);
    }

    /** Eight groups, or fewer around one "::" that stands for at least one group of zeros. */
    private static @Nullable IpAddress parseV6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            int[] all = groups(text, 0, text.length());
            return all == null || all.length != V6_GROUPS ? null : ofGroups(all, new int[0]);
        }
        int[] before = groups(text, 0, gap);
        int[] after = groups(text, gap + 2, text.length());
        if (before == null || after == null || before.length + after.length >= V6_GROUPS) {
            return null;
        }
        return ofGroups(before, after);
    }

    /** The groups between colons, none in an empty stretch; null when one is malformed or there are too many. */
    private static int @Nullable [] groups(String text, int from, int to) {
        if (from == to) {
            return new int[0];
        }
        int[] groups = new int[V6_GROUPS];
        int count = 0;
        int start = from;
        while (start <= to) {
            int colon = text.indexOf(':', start);
            int end = colon < 0 || colon > to ? to : colon;
            int value = end - start > GROUP_DIGITS ? -1 : number(text, start, end, 16, 0xffff);
            if (value < 0 || count == V6_GROUPS) {
                return null;
            }
            groups[count++] = value;
            start = end + 1;
        }
        return Arrays.copyOf(groups, count);
    }

    private static IpAddress ofGroups(int[] before, int[] after) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < V6_GROUPS; i++) {
            int fromEnd = V6_GROUPS - i;
            int group = i < before.length ? before[i] : fromEnd <= after.length ? after[after.length - fromEnd] : 0;
            high = high << GROUP_BITS | low >>> Long.SIZE - GROUP_BITS;
            low = low << GROUP_BITS | group;
        }
        return new IpAddress(true, high, low);
    }

    /** The number that digits from {@code from} to {@code to} write, or -1 when they write none up to {@code max}. */
    static int number(String text, int from, int to, int radix, int max) {
        int value = from < to ? 0 : -1;
        for (int i = from; i < to && value >= 0; i++) {
            char unit = text.charAt(i);
            int digit = unit < 0x80 ? Character.digit(unit, radix) : -1;
            value = digit < 0 || value * radix + digit > max ? -1 : value * radix + digit;
        }
        return value;
    }

    int bits() {
        return isV6 ? V6_BITS : V4_BITS;
    }

    /** Whether the first {@code prefixBits} bits of both are equal; never for different families. */
    boolean sharesPrefix(IpAddress other, int prefixBits) {
        if (isV6 != other.isV6) {
            return false;
        }
        if (!isV6) {
            return firstBitsEqual(low << V4_BITS, other.low << V4_BITS, prefixBits);
        }
        return firstBitsEqual(high, other.high, Math.min(prefixBits, Long.SIZE))
                && firstBitsEqual(low, other.low, Math.max(0, prefixBits - Long.SIZE));
    }

    private static boolean firstBitsEqual(long one, long other, int count) {
        // Java shifts by the count modulo 64, so a shift by 64 would do nothing.
        return count == 0 || (one ^ other) >>> Long.SIZE - count == 0;
    }

    /** As Java prints addresses: dotted decimals, or eight hexadecimal groups without leading zeros or "::". */
    String text() {
        StringBuilder text = new StringBuilder();
        int width = isV6 ? GROUP_BITS : Byte.SIZE;
        for (int shift = bits() - width; shift >= 0; shift -= width) {
            long word = shift >= Long.SIZE ? high >>> shift - Long.SIZE : low >>> shift;
            int part = (int) word & (1 << width) - 1;
            text.append(Integer.toString(part, isV6 ? 16 : 10));
            if (shift > 0) {
                text.append(isV6 ? ':' : '.');
            }
        }
        return text.toString();
    }
}
