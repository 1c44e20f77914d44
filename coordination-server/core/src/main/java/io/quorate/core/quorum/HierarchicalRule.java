package io.quorate.core.quorum;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * More than half of the groups, each won by more than half of its weight (quorum protocol 1.2). A group without any
 * weight does not count; a voter without weight belongs to the ensemble and decides nothing.
 */
final class HierarchicalRule implements QuorumRule {

    /** Ascending. */
    private final long[] voters;
    /** By the position of the voter in {@link #voters}. */
    private final long[] weights;
    /** By the position of the voter: an index into {@link #groupWeights}. */
    private final int[] groups;
    /** The weight of all members of a group. */
    private final long[] groupWeights;

    private final int countedGroups;

    /** @param hierarchy has every voter in exactly one group */
    HierarchicalRule(List<Long> voters, Hierarchy hierarchy) {
        this.voters = MajorityRule.arrayOf(voters);
        this.weights = new long[this.voters.length];
        this.groups = new int[this.voters.length];
        this.groupWeights = new long[hierarchy.groups().size()];
        int group = 0;
        for (Map.Entry<Long, List<Long>> entry : hierarchy.groups().entrySet()) {
            for (Long member : entry.getValue()) {
                int voter = Arrays.binarySearch(this.voters, member);
                weights[voter] = hierarchy.weight(member);
                groups[voter] = group;
                groupWeights[group] = Math.addExact(groupWeights[group], weights[voter]);
            }
            group++;
        }
        int counted = 0;
        for (long weight : groupWeights) {
            counted += weight > 0 ? 1 : 0;
        }
        countedGroups = counted;
    }

    @Override
    public boolean isQuorum(long[] members, int count) {
        int won = 0;
        for (int group = 0; group < groupWeights.length; group++) {
            won += wonWeight(group, members, count) > groupWeights[group] / 2 ? 1 : 0;
        }
        return won > countedGroups / 2;
    }

    private long wonWeight(int group, long[] members, int count) {
        long weight = 0;
        for (int i = 0; i < count; i++) {
            int voter = Arrays.binarySearch(voters, members[i]);
            weight += voter >= 0 && groups[voter] == group ? weights[voter] : 0;
        }
        return weight;
    }

    @Override
    public boolean isVoter(long serverId) {
        return Arrays.binarySearch(voters, serverId) >= 0;
    }

    @Override
    public long weight(long serverId) {
        int voter = Arrays.binarySearch(voters, serverId);
        return voter < 0 ? 0 : weights[voter];
    }
}
