package io.quorate.core.quorum;

import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who belongs to the ensemble, as versioned data (quorum protocol 1.4). Immutable. Two memberships of the same version
 * are taken for the same.
 */
public final class Membership {

    private final long version;
    /** By id, ascending. */
    private final NavigableMap<Long, PeerServer> servers;

    private final QuorumRule rule;
    private final NavigableSet<Long> voters = new TreeSet<>();

    private Membership(long version, NavigableMap<Long, PeerServer> servers, QuorumRule rule) {
        this.version = version;
        this.servers = servers;
        this.rule = rule;
        for (PeerServer server : servers.values()) {
            if (!server.observer()) {
                voters.add(server.id());
            }
        }
    }

    /** Every voter counts the same. */
    public static Membership majority(long version, List<PeerServer> servers) {
        NavigableMap<Long, PeerServer> byId = new TreeMap<>();
        NavigableSet<Long> voting = new TreeSet<>();
        for (PeerServer server : servers) {
            byId.put(server.id(), server);
            if (!server.observer()) {
                voting.add(server.id());
            }
        }
        return new Membership(version, byId, new MajorityRule(voting));
    }

    public long version() {
        return version;
    }

    public QuorumRule rule() {
        return rule;
    }

    /** In the order of their ids. */
    public List<PeerServer> servers() {
        return List.copyOf(servers.values());
    }

    /** In ascending order; observers are no voters. */
    public List<Long> voters() {
        return List.copyOf(voters);
    }

    public @Nullable PeerServer find(long serverId) {
        return servers.get(serverId);
    }

    public boolean isVoter(long serverId) {
        return voters.contains(serverId);
    }
}
