package io.quorate.simulation.check;

import io.quorate.core.base.Limits;
import io.quorate.core.replica.ReplicaStatus;
import io.quorate.simulation.Violation;

/**
 * R1: nothing grows beyond its limit. Frames of a connection that had been read before its reading was paused still
 * count, and a request that waits behind the handshake with another server; of connections that have ended meanwhile as
 * well, since the leader's answers are told apart by their order.
 */
public final class Bounded implements Invariant {

    private final Limits limits;
    /** The most that was ever waiting to be fed: read already, and so not to be held back. */
    private int fed;

    private int connections;
    /** Connections that have ended since nothing was waiting. */
    private int ended;

    public Bounded(Limits limits) {
        this.limits = limits;
    }

    @Override
    public void afterTurn(ReplicaStatus status, int inboxPeak) {
        fed = Math.max(fed, inboxPeak);
        ended = status.outstanding() == 0 ? 0 : ended + Math.max(0, connections - status.connections());
        connections = status.connections();
        int most = limits.requests().maxOutstanding() + (fed + 1) * Math.max(1, connections + ended);
        Violation.unless(status.outstanding() <= most, "R1", "%d requests wait, %d may", status.outstanding(), most);
        Violation.unless(
                limits.links().max() == 0 || connections <= limits.links().max() + fed,
                "R1",
                "%d connections, %d may be",
                connections,
                limits.links().max());
    }
}
