package io.quorate.simulation.linearizability;

import io.quorate.simulation.linearizability.Operation.Kind;
import io.quorate.simulation.linearizability.Operation.Status;

/**
 * What the search has to know of an operation. Two unknown operations with equal steps can stand in for one another.
 *
 * @param version that it demands
 * @param toldVersion that it was told
 * @param value number of what it writes or was told, as in {@link Register}
 */
record Step(Kind kind, int version, Status status, int toldVersion, int value) {

    /** Whether it changes the register whenever it takes effect. Others leave it alone whenever they do. */
    boolean hasEffect() {
        return !kind.isRead() && (status == Status.OK || status == Status.UNKNOWN);
    }
}
