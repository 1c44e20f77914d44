package io.quorate.core.quorum;

import java.util.Arrays;
import java.util.List;

/** More than half of the voters, each of whom counts the same. */
final class MajorityRule implements QuorumRule {

    /** Ascending. */
    private final long[] voters;

    /** @param voters in ascending order */
    MajorityRule(List<Long> voters) {
        this.voters = arrayOf(voters);
    }

    static long[] arrayOf(List<Long> ids) {
        long[] array = new long[ids.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = ids.get(i);
        }
        return array;
    }

    @Override
    public boolean isQuorum(long[] members, int count) {
        int voting = 0;
        for (int i = 0; i < count; i++) {
            voting += isVoter(members[i]) ? 1 : 0;
        }
        return 2 * voting > voters.length;
    }

    @Override
    public boolean isVoter(long serverId) {
        return Arrays.binarySearch(voters, serverId) >= 0;
    }

    @Override
    public long weight(long serverId) {
        return isVoter(serverId) ? 1 : 0;
    }
}
