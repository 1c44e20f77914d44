package io.quorate.core.replica;

import io.quorate.core.quorum.Membership;
import io.quorate.core.quorum.PeerServer;
import io.quorate.core.quorum.PeerServer.PeerAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How a server is a member of an ensemble.
 *
 * @param serverId this server; in the membership
 * @param tickMillis the unit of the limits
 * @param initLimitTicks for whatever comes before a learner has its history
 * @param syncLimitTicks for every sign of life afterwards
 * @param connectLimitTicks for reaching the leader; 0 takes the init limit
 * @param connectTimeoutMillis for a single attempt to connect
 * @param finalizeWaitMillis how long a decided election waits for a better vote
 * @param minNotificationMillis first pause between two rounds of messages in an election
 * @param maxNotificationMillis last one, pauses double up to it
 * @param windowTxns how many transactions are kept in memory for learners that have been away
 * @param windowBytes how much memory they may take
 * @param leaderServes whether a leader takes clients
 */
public record EnsembleOptions(
        long serverId,
        Membership membership,
        int tickMillis,
        int initLimitTicks,
        int syncLimitTicks,
        int connectLimitTicks,
        int connectTimeoutMillis,
        long finalizeWaitMillis,
        long minNotificationMillis,
        long maxNotificationMillis,
        int windowTxns,
        long windowBytes,
        boolean leaderServes) {

    /** Ids of all members, voters and observers, in ascending order. */
    public List<Long> memberIds() {
        List<Long> ids = new ArrayList<>();
        membership.servers().forEach(server -> ids.add(server.id()));
        Collections.sort(ids);
        return ids;
    }

    /** As members tell each other who they are. */
    public String membershipText() {
        return membership.text();
    }

    public boolean isObserver() {
        return !membership.isVoter(serverId);
    }

    public int electionPort() {
        return address().electionPort();
    }

    public int quorumPort() {
        return address().quorumPort();
    }

    private PeerAddress address() {
        PeerServer self = membership.find(serverId);
        if (self == null) {
            throw new IllegalStateException("server " + serverId + " is not in its own membership");
        }
        return self.addresses().get(0);
    }
}
