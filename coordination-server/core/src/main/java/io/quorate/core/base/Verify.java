package io.quorate.core.base;

import java.util.Arrays;

/**
 * Assertions that are always on. A violation means that our own bookkeeping is wrong, so the replica stops rather than
 * going on with state that nobody can trust.
 */
public final class Verify {

    private Verify() {}

    /**
     * Checks an invariant.
     *
     * @param holds whether it holds
     * @param invariant what should have held, in a few words
     * @param values the values involved, printed in decimal and hexadecimal
     * @throws InvariantViolation when it does not hold
     */
    public static void that(boolean holds, String invariant, long... values) {
        if (!holds) {
            throw new InvariantViolation(describe(invariant, values));
        }
    }

    /** The cheap form for hot paths: no array for the values. */
    public static void that(boolean holds, String invariant) {
        if (!holds) {
            throw new InvariantViolation("invariant violated: " + invariant);
        }
    }

    private static String describe(String invariant, long[] values) {
        String[] hex = new String[values.length];
        for (int i = 0; i < values.length; i++) {
            hex[i] = "0x" + Long.toHexString(values[i]);
        }
        return "invariant violated: " + invariant + " " + Arrays.toString(values) + " = " + Arrays.toString(hex);
    }
}
