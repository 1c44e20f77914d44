package io.quorate.core.quorum;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who belongs to the ensemble, as versioned data (quorum protocol 1.4). Immutable. Two memberships of the same version
 * are taken for the same.
 */
public final class Membership {

    private final long version;
    /** By id, ascending. At least one of them votes. */
    private final NavigableMap<Long, PeerServer> servers;
    /** Null when every voter counts the same. */
    private final @Nullable Hierarchy hierarchy;
    /** Ascending. */
    private final List<Long> voters;

    private final QuorumRule rule;

    private Membership(long version, NavigableMap<Long, PeerServer> servers, @Nullable Hierarchy hierarchy) {
        this.version = version;
        this.servers = servers;
        this.hierarchy = hierarchy;
        this.voters = new ArrayList<>();
        for (PeerServer server : servers.values()) {
            if (!server.observer()) {
                voters.add(server.id());
            }
        }
        if (hierarchy == null) {
            this.rule = new MajorityRule(voters);
        } else {
            MembershipCheck.hierarchy(voters, hierarchy);
            this.rule = new HierarchicalRule(voters, hierarchy);
        }
    }

    /**
     * Every voter counts the same.
     *
     * @throws InvalidMembership when the servers cannot be one ensemble
     */
    public static Membership majority(long version, Collection<PeerServer> servers) {
        return of(version, servers, null);
    }

    /**
     * Voters count by group and weight.
     *
     * @param hierarchy null where every voter counts the same
     * @throws InvalidMembership when the servers cannot be one ensemble, or a voter is not in exactly one group
     */
    public static Membership of(long version, Collection<PeerServer> servers, @Nullable Hierarchy hierarchy) {
        return new Membership(version, MembershipCheck.byId(servers), hierarchy);
    }

    /**
     * Reads what {@link #text} writes, and what other members write.
     *
     * @throws InvalidMembership when the text is anything else
     */
    public static Membership parse(String text) {
        return new MembershipText().parse(text);
    }

    /** The form in which members tell each other of it (quorum protocol 1.4), in ascending order of ids. */
    public String text() {
        return MembershipText.render(this);
    }

    /** The same members under another version. */
    public Membership withVersion(long newVersion) {
        return new Membership(newVersion, servers, hierarchy);
    }

    /** Whether both describe the same servers, groups and weights; versions do not matter. */
    public boolean sameMembers(Membership other) {
        return servers.equals(other.servers) && Objects.equals(effective(), other.effective());
    }

    /** With the weight of every voter, so that what is left to the default equals what says it. */
    private @Nullable Hierarchy effective() {
        return hierarchy == null ? null : hierarchy.withWeightsOf(voters);
    }

    public long version() {
        return version;
    }

    public QuorumRule rule() {
        return rule;
    }

    /** Groups and weights; null when every voter counts the same. */
    public @Nullable Hierarchy hierarchy() {
        return hierarchy;
    }

    /** In the order of their ids. */
    public List<PeerServer> servers() {
        return List.copyOf(servers.values());
    }

    /** In ascending order; observers are no voters. */
    public List<Long> voters() {
        return Collections.unmodifiableList(voters);
    }

    public @Nullable PeerServer find(long serverId) {
        return servers.get(serverId);
    }

    public boolean isVoter(long serverId) {
        return rule.isVoter(serverId);
    }
}
