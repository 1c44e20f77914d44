package io.quorate.core.tree;

/**
 * Reads a node's kind from its 64-bit stored owner (client protocol 5.5).
 *
 * @param extendedTypes whether owners whose high byte is 0xff are TTL nodes; without it they are ordinary sessions
 * @param emulate353 whether every negative owner but the container's is a TTL node; needs {@code extendedTypes}
 */
public record NodeKinds(boolean extendedTypes, boolean emulate353) {

    /** Neither ephemeral nor container nor TTL. */
    public static final long NO_OWNER = 0;
    /** The owner of every container. */
    public static final long CONTAINER_OWNER = Long.MIN_VALUE;
    /** The longest time to live in milliseconds: 2^40 - 1. */
    public static final long MAX_TTL = (1L << 40) - 1;

    private static final long EXTENDED_MASK = 0xff00_0000_0000_0000L;
    private static final long FEATURE_MASK = 0x00ff_ff00_0000_0000L;

    /** Whether the node belongs to a session and goes with it. */
    public boolean isEphemeral(long owner) {
        return owner != NO_OWNER && owner != CONTAINER_OWNER && !isExtended(owner);
    }

    public boolean isContainer(long owner) {
        return owner == CONTAINER_OWNER;
    }

    public boolean isTtl(long owner) {
        return isExtended(owner) && (isEmulated(owner) || (owner & FEATURE_MASK) == 0);
    }

    /** The time to live of a TTL node in milliseconds; zero for any other owner. */
    public long ttlMillis(long owner) {
        return isTtl(owner) ? owner & MAX_TTL : 0;
    }

    /**
     * The stored owner of a TTL node.
     *
     * @param millis 1 to {@link #MAX_TTL}
     */
    public static long ttlOwner(long millis) {
        return EXTENDED_MASK | millis & MAX_TTL;
    }

    /** An unknown feature number counts here as well: such a node is neither a session's nor reclaimed. */
    private boolean isExtended(long owner) {
        return extendedTypes && (isEmulated(owner) || (owner & EXTENDED_MASK) == EXTENDED_MASK);
    }

    private boolean isEmulated(long owner) {
        return emulate353 && owner < 0 && owner != CONTAINER_OWNER;
    }
}
