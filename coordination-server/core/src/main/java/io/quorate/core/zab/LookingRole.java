package io.quorate.core.zab;

import io.quorate.core.election.Ballot;
import io.quorate.core.election.Election;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A server without a leader. First everything that the last role has logged becomes durable and enters the tree, so
 * that the vote names all of it (quorum protocol I2); then it takes part in the election.
 */
public final class LookingRole implements Role {

    private final Member member;
    private final Election election;
    private final BooleanSupplier settled;
    private boolean voting;

    /** @param settled whether nothing is on its way any more that could change what this server has */
    public LookingRole(Member member, Election election, BooleanSupplier settled) {
        this.member = member;
        this.election = election;
        this.settled = settled;
    }

    @Override
    public RoleName name() {
        return RoleName.LOOKING;
    }

    @Override
    public void onLogDurable(long zxid) {
        // nothing to answer: what becomes durable here enters the tree when all of it has
    }

    @Override
    public long lastProposedZxid() {
        return member.database().position();
    }

    private boolean isReadyToVote() {
        return !voting && settled.getAsBoolean() && !member.database().log().isFull();
    }

    /** What keeps it from voting ends with an input; where nothing does, the vote needs none. */
    @Override
    public long nextDeadlineNanos() {
        return isReadyToVote() ? member.time().nanos() : Long.MAX_VALUE;
    }

    @Override
    public void endOfTurn() {
        if (isReadyToVote()) {
            voting = true;
            member.database().catchUp();
            election.look(ballot(), member.membership(), member.time().nanos());
        }
    }

    private Ballot ballot() {
        long self = member.isVoter(member.serverId()) ? member.serverId() : Ballot.NOBODY;
        long zxid = member.database().isDoubted()
                ? Ballot.NO_DATA
                : member.database().position();
        return new Ballot(self, zxid, member.epochs().current());
    }

    /** Whom to follow; null as long as that is open. */
    public @Nullable Ballot decision() {
        return voting ? election.decision() : null;
    }
}
