package io.quorate.simulation.check;

import io.quorate.core.replica.ReplicaStatus;
import io.quorate.simulation.server.NodeObserver;

/** A property that is checked while the server runs, after every turn. */
interface Invariant extends NodeObserver {

    @Override
    default void recovered(ReplicaStatus status, long nowNanos) {}

    @Override
    default void heard(long link, long nowNanos) {}

    @Override
    default void afterTurn(ReplicaStatus status, int inboxPeak) {}
}
