package io.quorate.simulation.quorum;

import io.quorate.core.port.PeerInputs;
import io.quorate.core.port.PeerLinks;
import io.quorate.core.replica.ReplicaStatus;
import io.quorate.core.wire.peer.QuorumPacket;
import io.quorate.simulation.check.Bounded;
import io.quorate.simulation.check.DigestIsFixed;
import io.quorate.simulation.server.NodeObserver;

/** Watches one member, over all its lives, and tells the properties what it does. */
final class MemberObserver implements NodeObserver, PacketTap.Listener {

    private static final String LEADING = "LEADING";

    private final MemberView member;
    private final QuorumSuite suite;
    private final DigestIsFixed digests;
    private final Bounded bounded;
    private PacketTap tap = new PacketTap(this);
    private boolean leading;

    MemberObserver(MemberView member, QuorumSuite suite, DigestIsFixed digests, Bounded bounded) {
        this.member = member;
        this.suite = suite;
        this.digests = digests;
        this.bounded = bounded;
    }

    // ----------------------------------------------------------------------------------------------- from the outside

    @Override
    public PeerLinks peerLinks(PeerLinks links) {
        tap = new PacketTap(this);
        return tap.links(links);
    }

    @Override
    public PeerInputs peerInputs(PeerInputs inputs) {
        return tap.inputs(inputs);
    }

    @Override
    public void sent(long link, QuorumPacket packet) {
        suite.each(invariant -> invariant.sent(member, link, packet));
    }

    @Override
    public void received(long link, QuorumPacket packet) {
        suite.each(invariant -> invariant.received(member, link, packet));
    }

    @Override
    public void recovered(ReplicaStatus status, long nowNanos) {
        member.status = status;
        member.nowNanos = nowNanos;
        member.lastApplied = status.appliedZxid();
        digests.recovered(status, nowNanos);
        suite.each(invariant -> invariant.recovered(member));
    }

    @Override
    public void died() {
        member.status = null;
        member.leads = MemberView.NO_EPOCH;
        leading = false;
        suite.each(invariant -> invariant.died(member));
    }

    @Override
    public void wiped() {
        suite.each(invariant -> invariant.wiped(member));
    }

    @Override
    public void turnBegins(long nowNanos) {
        member.nowNanos = nowNanos;
    }

    @Override
    public void heard(long link, long nowNanos) {
        suite.sessions().heard(member, link);
    }

    @Override
    public void afterTurn(ReplicaStatus status, int inboxPeak) {
        member.status = status;
        digests.afterTurn(status, inboxPeak);
        bounded.afterTurn(status, inboxPeak);
        suite.each(invariant -> invariant.afterTurn(member));
    }

    // ---------------------------------------------------------------------------------------------- from the replica

    @Override
    public void roleChanged(String role, long leader, String reason) {
        leading = role.equals(LEADING);
        member.leads = MemberView.NO_EPOCH;
        suite.changed(member, role, leader, reason);
    }

    @Override
    public void termEstablished(long epoch, long nanos) {
        suite.noted(member, "serves in epoch", epoch);
        if (leading) {
            member.leads = epoch;
            suite.each(invariant -> invariant.leads(member, epoch));
        }
    }

    @Override
    public void txnProposed(long zxid, int bytes) {
        suite.each(invariant -> invariant.proposed(member, zxid));
    }

    @Override
    public void txnCommitted(long zxid, long latencyNanos) {
        suite.each(invariant -> invariant.committed(member, zxid));
    }

    @Override
    public void txnApplied(long zxid, long latencyNanos) {
        member.lastApplied = zxid;
    }

    @Override
    public void truncationNotPossible(long leader, long zxid) {
        suite.noted(member, "has no history that server " + leader + " could have cut at", zxid);
    }

    @Override
    public void stateReplaced(long zxid, String source) {
        member.lastApplied = zxid;
        suite.noted(member, "gets its state from " + source + ", at", zxid);
    }

    @Override
    public void learnerJoined(long serverId, boolean observer, String how, long nanos) {
        suite.noted(member, "has brought up with " + how + " server", serverId);
    }

    @Override
    public void learnerLeft(long serverId, String reason) {
        suite.noted(member, "loses, because " + reason + ", server", serverId);
    }

    @Override
    public void digestMismatch(long zxid, long expected, long actual) {
        digests.digestMismatch(zxid, expected, actual);
    }

    @Override
    public void sessionExpired(long sessionId, int timeoutMillis) {
        suite.sessions().expired(member, sessionId, timeoutMillis);
    }
}
