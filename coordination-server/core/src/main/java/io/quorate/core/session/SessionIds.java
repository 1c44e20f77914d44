package io.quorate.core.session;

import java.util.function.LongPredicate;

/**
 * Hands out session ids: the server's number in the top byte, then 40 bits of the wall clock at start, then a counter
 * that carries into them (client protocol 2.5).
 */
public final class SessionIds {

    /** The owner value that marks container nodes: never a session. */
    public static final long CONTAINER_OWNER = 0x8000_0000_0000_0000L;

    private static final int SERVER_ID_SHIFT = 56;
    private static final int CLOCK_SHIFT_UP = 24;
    private static final int CLOCK_SHIFT_DOWN = 8;
    private static final long LARGEST_SERVER_ID_WITH_EXTENDED_TYPES = 254;

    private long next;

    /**
     * @param serverId this member's number; 1 when standalone
     * @param epochMillis wall clock, milliseconds since 1970. Not a clock that starts with the machine: ids would
     *     repeat
     * @param extendedTypes whether TTL nodes are enabled, whose owner values have the top byte 0xff
     * @throws IllegalArgumentException when TTL nodes would be mistaken for this server's sessions
     */
    public SessionIds(long serverId, long epochMillis, boolean extendedTypes) {
        if (extendedTypes && (serverId < 0 || serverId > LARGEST_SERVER_ID_WITH_EXTENDED_TYPES)) {
            throw new IllegalArgumentException("server id " + serverId + " is not within 0 to "
                    + LARGEST_SERVER_ID_WITH_EXTENDED_TYPES
                    + ", though extended node types are enabled: owners could not"
                    + " be told from TTL nodes. Give this server another id or disable extended node types");
        }
        next = first(serverId, epochMillis);
    }

    /** Where the counter of a server starts. */
    static long first(long serverId, long epochMillis) {
        long first = epochMillis << CLOCK_SHIFT_UP >>> CLOCK_SHIFT_DOWN | serverId << SERVER_ID_SHIFT;
        return first == CONTAINER_OWNER ? first + 1 : first;
    }

    /**
     * The next id.
     *
     * @param isTaken whether a session with that id is known; the wall clock may have been set back since it was opened
     */
    public long next(LongPredicate isTaken) {
        while (next == 0 || next == CONTAINER_OWNER || isTaken.test(next)) {
            next++;
        }
        return next++;
    }
}
