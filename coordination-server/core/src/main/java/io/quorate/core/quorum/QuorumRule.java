package io.quorate.core.quorum;

import java.util.Set;

/**
 * Which sets of members decide (quorum protocol 1.2). Unknown ids in a set are ignored. A set that contains a quorum is
 * one itself, and two quorums of the same rule have a member in common.
 */
public interface QuorumRule {

    /**
     * Whether the first {@code count} of {@code members} decide. Neither allocates nor keeps the array.
     *
     * @param members no id twice among the first {@code count}
     */
    boolean isQuorum(long[] members, int count);

    default boolean isQuorum(Set<Long> members) {
        long[] ids = new long[members.size()];
        int count = 0;
        for (Long member : members) {
            ids[count++] = member;
        }
        return isQuorum(ids, count);
    }

    /** Whether a member counts at all. */
    boolean isVoter(long serverId);

    /** 0 for whom nobody votes, and for who is unknown. */
    long weight(long serverId);
}
