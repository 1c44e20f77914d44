package io.quorate.core.quorum;

import java.util.NavigableSet;
import java.util.Set;

/** More than half of the voters, each of whom counts the same. */
final class MajorityRule implements QuorumRule {

    private final NavigableSet<Long> voters;

    MajorityRule(NavigableSet<Long> voters) {
        this.voters = voters;
    }

    @Override
    public boolean isQuorum(Set<Long> members) {
        int count = 0;
        for (Long member : members) {
            count += voters.contains(member) ? 1 : 0;
        }
        return 2 * count > voters.size();
    }

    @Override
    public boolean isVoter(long serverId) {
        return voters.contains(serverId);
    }

    @Override
    public long weight(long serverId) {
        return voters.contains(serverId) ? 1 : 0;
    }
}
