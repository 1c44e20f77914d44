package io.quorate.simulation.run;

/** What can go wrong in a run of one standalone server. */
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
    SNAPSHOT
}
