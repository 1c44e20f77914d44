package io.quorate.simulation.run;

/** What can go wrong in a run. */
public enum Fault {
    /** The process dies between two turns. */
    PROCESS_KILL,
    /** The machine dies between two turns, and with it what was not forced. */
    POWER_FAILURE,
    /** Either, in the middle of a turn. */
    KILL_WITHIN_TURN,
    /** Either, in the middle of a recovery. */
    KILL_WITHIN_RECOVERY,
    FAILED_FORCE,
    FULL_DISK,
    /** The process stands still. */
    PAUSE,
    WALL_CLOCK_JUMP,
    LINK_RESET,
    /** A direction of a connection goes silent. */
    HALF_OPEN,
    /** A snapshot out of turn. */
    SNAPSHOT,
    /** Every machine dies at once. */
    BLACKOUT(true),
    /** A member comes back with an empty disk. */
    WIPE(true),
    /** A clock runs faster or slower than the others. */
    CLOCK_DRIFT(true),
    /** Members that do not reach each other, in any shape, for a while. */
    PARTITION(true),
    /** Nothing arrives on a connection between members for a while. */
    PEER_STALL(true),
    /** A connection between members takes longer from now on. */
    PEER_DELAY(true),
    /** Both sides learn that their connection is broken. */
    PEER_RESET(true),
    /** One side learns that their connection is broken. */
    PEER_HALF_OPEN(true),
    /** A member's system refuses connections for a while. */
    PEER_REFUSAL(true);

    private final boolean betweenMembers;

    Fault() {
        this(false);
    }

    Fault(boolean betweenMembers) {
        this.betweenMembers = betweenMembers;
    }

    /** Whether it takes more than one server. */
    public boolean isBetweenMembers() {
        return betweenMembers;
    }
}
