package io.quorate.core.quorum;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Small ensembles, all of them: voters 1 to n, sets of them as bits (voter 1 is bit 0). */
final class Voters {

    private Voters() {}

    static List<PeerServer> servers(int voters) {
        List<PeerServer> servers = new ArrayList<>();
        for (long id = 1; id <= voters; id++) {
            PeerServer.PeerAddress address = new PeerServer.PeerAddress("s" + id, 2888, 3888);
            servers.add(new PeerServer(id, List.of(address), false, null));
        }
        return servers;
    }

    static QuorumRule majority(int voters) {
        return Membership.majority(0, servers(voters)).rule();
    }

    /** @param groupOf the group of each voter. @param weights the weight of each voter */
    static QuorumRule hierarchy(int[] groupOf, int[] weights) {
        NavigableMap<Long, List<Long>> groups = new TreeMap<>();
        NavigableMap<Long, Long> weightOf = new TreeMap<>();
        for (int i = 0; i < groupOf.length; i++) {
            groups.computeIfAbsent((long) groupOf[i], group -> new ArrayList<>())
                    .add(i + 1L);
            weightOf.put(i + 1L, (long) weights[i]);
        }
        return Membership.of(0, servers(groupOf.length), new Hierarchy(groups, weightOf))
                .rule();
    }

    /** Every way to put {@code voters} into groups, each as the group of each voter. */
    static List<int[]> partitions(int voters) {
        List<int[]> all = new ArrayList<>();
        partition(new int[voters], 0, 0, all);
        return all;
    }

    private static void partition(int[] groupOf, int next, int groups, List<int[]> all) {
        if (next == groupOf.length) {
            all.add(groupOf.clone());
            return;
        }
        for (int group = 0; group <= groups; group++) {
            groupOf[next] = group;
            partition(groupOf, next + 1, Math.max(groups, group + 1), all);
        }
    }

    static long[] members(int set, int voters) {
        long[] members = new long[Integer.bitCount(set)];
        int count = 0;
        // Highest first: the order must not matter.
        for (int voter = voters - 1; voter >= 0; voter--) {
            if ((set >> voter & 1) == 1) {
                members[count++] = voter + 1L;
            }
        }
        return members;
    }

    /** By set: whether it is a quorum. */
    static boolean[] quorums(QuorumRule rule, int voters) {
        boolean[] quorums = new boolean[1 << voters];
        for (int set = 0; set < quorums.length; set++) {
            long[] members = members(set, voters);
            quorums[set] = rule.isQuorum(members, members.length);
        }
        return quorums;
    }
}
