package io.quorate.core.quorum;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Groups and weights of voters (quorum protocol 1.2). Immutable.
 *
 * @param groups members by group, in ascending order both
 * @param weights by member; who is not named has the weight 1
 */
public record Hierarchy(NavigableMap<Long, List<Long>> groups, NavigableMap<Long, Long> weights) {

    /** So that no sum of weights can overflow. */
    private static final long HIGHEST_WEIGHT = 1_000_000;

    public Hierarchy {
        NavigableMap<Long, List<Long>> sorted = new TreeMap<>();
        for (Map.Entry<Long, List<Long>> group : groups.entrySet()) {
            List<Long> members = new ArrayList<>(group.getValue());
            members.sort(Comparator.naturalOrder());
            sorted.put(group.getKey(), Collections.unmodifiableList(members));
        }
        groups = Collections.unmodifiableNavigableMap(sorted);
        weights = Collections.unmodifiableNavigableMap(new TreeMap<>(weights));
    }

    public long weight(long serverId) {
        return weights.getOrDefault(serverId, 1L);
    }

    /** The same with a weight for each of {@code voters}, and for nobody else. */
    Hierarchy withWeightsOf(List<Long> voters) {
        NavigableMap<Long, Long> all = new TreeMap<>();
        voters.forEach(voter -> all.put(voter, weight(voter)));
        return new Hierarchy(groups, all);
    }

    /**
     * Reads the value of {@code group.G}: ids joined by colons.
     *
     * @throws InvalidMembership when it is something else
     */
    public static List<Long> parseGroup(long group, String value) {
        List<Long> members = new ArrayList<>();
        for (String part : value.split(":", -1)) {
            Long id = ServerListParser.number(part.trim());
            if (id == null) {
                throw new InvalidMembership(
                        "group " + group + " is '" + value + "', where '" + part + "' is no server id",
                        "Write the ids of its voters with colons between them, for example 1:2:3.");
            }
            members.add(id);
        }
        return members;
    }

    /**
     * Reads the value of {@code weight.N}.
     *
     * @throws InvalidMembership when it is no number, negative, or beyond a million
     */
    public static long parseWeight(long serverId, String value) {
        Long weight = ServerListParser.number(value.trim());
        if (weight == null || weight < 0 || weight > HIGHEST_WEIGHT) {
            throw new InvalidMembership(
                    "the weight of server " + serverId + " is '" + value + "'",
                    "Write a whole number up to " + HIGHEST_WEIGHT
                            + ": 0 for a voter that decides nothing, 1 for an ordinary one.");
        }
        return weight;
    }
}
