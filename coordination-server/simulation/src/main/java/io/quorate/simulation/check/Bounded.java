package io.quorate.simulation.check;

import io.quorate.core.base.Limits;
import io.quorate.core.replica.ReplicaStatus;
import io.quorate.simulation.Violation;

/**
 * R1: nothing grows beyond its limit. Frames that had been read before reading was paused still count, and a request
 * per connection that waits behind the handshake with another server.
 */
public final class Bounded implements Invariant {

    private final Limits limits;
    /** The most that was ever waiting to be fed: read already, and so not to be held back. */
    private int fed;

    public Bounded(Limits limits) {
        this.limits = limits;
    }

    @Override
    public void afterTurn(ReplicaStatus status, int inboxPeak) {
        fed = Math.max(fed, inboxPeak);
        int most = limits.maxOutstanding() + fed + Math.max(1, status.connections());
        Violation.unless(status.outstanding() <= most, "R1", "%d requests wait, %d may", status.outstanding(), most);
        Violation.unless(
                limits.maxLinks() == 0 || status.connections() <= limits.maxLinks() + fed,
                "R1",
                "%d connections, %d may be",
                status.connections(),
                limits.maxLinks());
    }
}
