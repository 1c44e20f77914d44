package io.quorate.simulation.server;

/**
 * The moment of a server's death, counted in what it does: commands to its ports, completions taken in. Once shut,
 * nothing gets in or out, which is all that the world sees of a process that was killed in the middle of a turn.
 */
final class KillGate {

    private static final int NEVER = -1;

    private int left = NEVER;
    private boolean shut;

    /** Shuts after so many more passages. */
    void shutAfter(int passages) {
        left = passages;
    }

    /** Whether this passage is still allowed. */
    boolean pass() {
        if (left == 0) {
            shut = true;
        } else if (left > 0) {
            left--;
        }
        return !shut;
    }

    boolean isShut() {
        return shut;
    }
}
