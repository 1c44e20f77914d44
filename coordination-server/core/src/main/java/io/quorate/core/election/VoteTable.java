package io.quorate.core.election;

import io.quorate.core.wire.peer.PeerState;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The last vote of each voter. Bounded by the membership: only voters are entered. */
final class VoteTable {

    private final TreeMap<Long, Vote> votes = new TreeMap<>();

    void put(long serverId, Vote vote) {
        votes.put(serverId, vote);
    }

    void clear() {
        votes.clear();
    }

    /** Who says the same as this vote. */
    TreeSet<Long> agreeing(Vote vote) {
        TreeSet<Long> members = new TreeSet<>();
        for (Map.Entry<Long, Vote> entry : votes.entrySet()) {
            if (vote.agrees(entry.getValue())) {
                members.add(entry.getKey());
            }
        }
        return members;
    }

    boolean saysItLeads(long serverId) {
        Vote vote = votes.get(serverId);
        return vote != null && vote.state() == PeerState.LEADING;
    }

    /** Whether this member has decided for that leader, or is it. */
    boolean hasSettledOn(long serverId, long leader) {
        Vote vote = votes.get(serverId);
        return vote != null
                && vote.state() != PeerState.LOOKING
                && vote.ballot().leader() == leader;
    }
}
