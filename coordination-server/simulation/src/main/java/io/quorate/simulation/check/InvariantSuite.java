package io.quorate.simulation.check;

import io.quorate.core.base.Limits;
import io.quorate.core.replica.ReplicaStatus;
import io.quorate.simulation.history.History;
import io.quorate.simulation.server.NodeObserver;
import java.util.List;
import java.util.function.Consumer;

/** All properties of a server without peers that are checked while it runs. */
public final class InvariantSuite implements NodeObserver {

    private final DigestIsFixed digests = new DigestIsFixed();
    private final List<Invariant> all;

    public InvariantSuite(History history, Limits limits) {
        all = List.of(digests, new AppliedIsKept(), new HeardSessionsLive(history), new Bounded(limits));
    }

    /** Whether a digest that was seen contradicts one that was logged. */
    public void compareDigests(CanonicalHistory canonical) {
        digests.compare(canonical);
    }

    private void each(Consumer<Invariant> told) {
        all.forEach(told);
    }

    @Override
    public void recovered(ReplicaStatus status, long nowNanos) {
        each(invariant -> invariant.recovered(status, nowNanos));
    }

    @Override
    public void turnBegins(long nowNanos) {
        each(invariant -> invariant.turnBegins(nowNanos));
    }

    @Override
    public void heard(long link, long nowNanos) {
        each(invariant -> invariant.heard(link, nowNanos));
    }

    @Override
    public void afterTurn(ReplicaStatus status, int inboxPeak) {
        each(invariant -> invariant.afterTurn(status, inboxPeak));
    }

    @Override
    public void digestMismatch(long zxid, long expected, long actual) {
        each(invariant -> invariant.digestMismatch(zxid, expected, actual));
    }

    @Override
    public void sessionExpired(long sessionId, int timeoutMillis) {
        each(invariant -> invariant.sessionExpired(sessionId, timeoutMillis));
    }
}
