package io.quorate.core.session;

import org.jspecify.annotations.Nullable;

/**
 * The password of a session, a pure function of its id, so that every member can check it without state (client
 * protocol 2.5). A consistency check, not a secret. The function is a linear congruential generator of 48 bits, seeded
 * with the id and read 32 bits at a time, least significant byte first; members of one ensemble must agree on it.
 */
public final class SessionPassword {

    /** Length on the wire: some clients read a buffer of fixed size. */
    public static final int BYTES = 16;

    private static final long SALT = 0xb341_5c00L;
    private static final long MULTIPLIER = 0x5_deec_e66dL;
    private static final long INCREMENT = 0xbL;
    private static final long STATE_MASK = (1L << 48) - 1;
    /** The low bits of the state are hardly random: a draw is its upper 32 bits. */
    private static final int DRAW_SHIFT = 16;

    private SessionPassword() {}

    /** The {@value #BYTES} bytes that belong to the id. */
    public static byte[] of(long id) {
        byte[] password = new byte[BYTES];
        long state = seed(id);
        for (int i = 0; i < BYTES; i++) {
            state = i % Integer.BYTES == 0 ? next(state) : state;
            password[i] = byteOf(state, i);
        }
        return password;
    }

    /**
     * Whether a client that resumes {@code id} has shown the right password. No id but a valid one has any: 0 never
     * does.
     */
    public static boolean matches(long id, byte @Nullable [] shown) {
        if (id == 0 || shown == null || shown.length != BYTES) {
            return false;
        }
        long state = seed(id);
        for (int i = 0; i < BYTES; i++) {
            state = i % Integer.BYTES == 0 ? next(state) : state;
            if (shown[i] != byteOf(state, i)) {
                return false;
            }
        }
        return true;
    }

    private static long seed(long id) {
        return (id ^ SALT ^ MULTIPLIER) & STATE_MASK;
    }

    private static long next(long state) {
        return state * MULTIPLIER + INCREMENT & STATE_MASK;
    }

    private static byte byteOf(long state, int index) {
        return (byte) (state >>> DRAW_SHIFT + Byte.SIZE * (index % Integer.BYTES));
    }
}
