package io.quorate.core.quorum;

/**
 * A quorum of the committed membership and a quorum of the one that is to follow it: what decides while a change of the
 * ensemble is on its way (quorum protocol 5.1, 7.4).
 */
public final class JointRule implements QuorumRule {

    private final QuorumRule committed;
    private final QuorumRule next;

    private JointRule(QuorumRule committed, QuorumRule next) {
        this.committed = committed;
        this.next = next;
    }

    public static QuorumRule of(Membership committed, Membership next) {
        return new JointRule(committed.rule(), next.rule());
    }

    @Override
    public boolean isQuorum(long[] members, int count) {
        return committed.isQuorum(members, count) && next.isQuorum(members, count);
    }

    @Override
    public boolean isVoter(long serverId) {
        return committed.isVoter(serverId) || next.isVoter(serverId);
    }

    /** What the committed membership says; the other one is asked about who is no voter there. */
    @Override
    public long weight(long serverId) {
        return committed.isVoter(serverId) ? committed.weight(serverId) : next.weight(serverId);
    }
}
