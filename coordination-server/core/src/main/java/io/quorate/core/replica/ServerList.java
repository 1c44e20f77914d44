package io.quorate.core.replica;

import io.quorate.core.quorum.Hierarchy;
import io.quorate.core.quorum.HostPort;
import io.quorate.core.quorum.InvalidMembership;
import io.quorate.core.quorum.Membership;
import io.quorate.core.quorum.PeerServer;
import io.quorate.core.quorum.PeerServer.PeerAddress;
import io.quorate.core.quorum.ServerListParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The members of an ensemble as an operator writes them down (quorum protocol 1.1, 1.2). Immutable. */
public final class ServerList {

    private static final int LEAST_VOTERS = 2;

    private final List<PeerServer> servers = new ArrayList<>();
    /** Null where this is no ensemble: one server alone. */
    private final @Nullable Membership membership;

    /**
     * What the configuration holds, as it is written there.
     *
     * @param servers the values of {@code server.N} by N
     * @param groups the values of {@code group.G} by G
     * @param weights the values of {@code weight.N} by N
     */
    public record Lines(Map<String, String> servers, Map<String, String> groups, Map<String, String> weights) {}

    /** Which of the {@link Lines} something is about. */
    public enum Part {
        SERVERS,
        GROUPS,
        WEIGHTS
    }

    /** A list that cannot be used. */
    public static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final Part part;
        private final @Nullable String entry;
        private final String problem;
        private final String remedy;

        private Refused(Part part, @Nullable String entry, InvalidMembership cause) {
            super(cause.getMessage(), cause);
            this.part = part;
            this.entry = entry;
            problem = cause.problem();
            remedy = cause.remedy();
        }

        public Part part() {
            return part;
        }

        /** The key of the line that is wrong; null where it is all of them together. */
        public @Nullable String entry() {
            return entry;
        }

        /** What is wrong, without a full stop. */
        public String problem() {
            return problem;
        }

        /** A sentence that says how to mend it. */
        public String remedy() {
            return remedy;
        }
    }

    /** @throws Refused when the lines describe no ensemble, nor one server alone */
    public ServerList(Lines lines) {
        lines.servers().forEach((key, value) -> {
            try {
                servers.add(ServerListParser.parse(id(key), value, false));
            } catch (InvalidMembership invalid) {
                throw new Refused(Part.SERVERS, key, invalid);
            }
        });
        Membership all = members();
        Membership weighted = weighted(all, hierarchy(lines));
        membership = isAlone(all) ? null : weighted;
    }

    private Membership members() {
        try {
            return Membership.majority(0, servers);
        } catch (InvalidMembership invalid) {
            throw new Refused(Part.SERVERS, null, invalid);
        }
    }

    /** Fewer than two that vote are no ensemble in ZooKeeper either; whoever is to observe them observes nothing. */
    private static boolean isAlone(Membership all) {
        if (all.voters().size() >= LEAST_VOTERS) {
            return false;
        }
        int observers = all.servers().size() - all.voters().size();
        if (observers > 0) {
            throw new Refused(
                    Part.SERVERS,
                    null,
                    new InvalidMembership(
                            "the list has one participant, server "
                                    + all.voters().get(0) + ", and " + observers
                                    + (observers == 1 ? " observer" : " observers"),
                            "Name at least two participants, and better three: one alone is no ensemble that anybody"
                                    + " could observe. Or leave that one server in the list only, to run it alone."));
        }
        return true;
    }

    private static Membership weighted(Membership all, @Nullable Hierarchy hierarchy) {
        try {
            return Membership.of(0, all.servers(), hierarchy);
        } catch (InvalidMembership invalid) {
            throw new Refused(Part.GROUPS, null, invalid);
        }
    }

    private static @Nullable Hierarchy hierarchy(Lines lines) {
        if (lines.groups().isEmpty() && lines.weights().isEmpty()) {
            return null;
        }
        NavigableMap<Long, List<Long>> groups = new TreeMap<>();
        lines.groups().forEach((key, value) -> {
            try {
                once(groups.put(id(key), Hierarchy.parseGroup(id(key), value)), key);
            } catch (InvalidMembership invalid) {
                throw new Refused(Part.GROUPS, key, invalid);
            }
        });
        NavigableMap<Long, Long> weights = new TreeMap<>();
        lines.weights().forEach((key, value) -> {
            try {
                once(weights.put(id(key), Hierarchy.parseWeight(id(key), value)), key);
            } catch (InvalidMembership invalid) {
                throw new Refused(Part.WEIGHTS, key, invalid);
            }
        });
        return new Hierarchy(groups, weights);
    }

    private static long id(String key) {
        String digits = key.trim();
        if (!digits.matches("[0-9]{1,18}")) {
            throw new InvalidMembership(
                    "'" + key + "' is no id", "Write a whole number there, for a server one from 1 to 254.");
        }
        return Long.parseLong(digits);
    }

    private static void once(@Nullable Object earlier, String key) {
        if (earlier != null) {
            throw new InvalidMembership(
                    "the number " + id(key) + " is there twice, in two spellings", "Leave one of the two.");
        }
    }

    /** Whether enough of them vote to form an ensemble; otherwise the server stands alone, as in ZooKeeper. */
    public boolean isEnsemble() {
        return membership != null;
    }

    public boolean holds(long serverId) {
        return find(serverId) != null;
    }

    /** Ascending. */
    public List<Long> ids() {
        List<Long> ids = new ArrayList<>();
        servers.forEach(server -> ids.add(server.id()));
        ids.sort(null);
        return ids;
    }

    private @Nullable PeerServer find(long serverId) {
        for (PeerServer server : servers) {
            if (server.id() == serverId) {
                return server;
            }
        }
        return null;
    }

    private PeerServer get(long serverId) {
        PeerServer server = find(serverId);
        if (server == null) {
            throw new IllegalArgumentException("no server " + serverId + " in the list");
        }
        return server;
    }

    private PeerAddress address(long serverId) {
        return get(serverId).addresses().get(0);
    }

    /** Where a member listens. */
    public String host(long serverId) {
        return address(serverId).host();
    }

    public int electionPort(long serverId) {
        return address(serverId).electionPort();
    }

    public int quorumPort(long serverId) {
        return address(serverId).quorumPort();
    }

    public boolean isObserver(long serverId) {
        return get(serverId).observer();
    }

    /** Where a member accepts clients; null where its entry does not say so. */
    public @Nullable String clientHost(long serverId) {
        HostPort client = get(serverId).client();
        return client == null ? null : client.host();
    }

    /** The port that belongs to {@link #clientHost}; 0 where the entry does not say one. */
    public int clientPort(long serverId) {
        HostPort client = get(serverId).client();
        return client == null ? 0 : client.port();
    }

    /**
     * A member of this list.
     *
     * @param patience how long members wait for each other
     * @param leaderServes whether this member takes clients while it leads
     * @throws IllegalStateException when the list is no ensemble
     */
    public EnsembleOptions member(
            long serverId, Patience patience, int windowTxns, long windowBytes, boolean leaderServes) {
        Membership members = membership;
        if (members == null) {
            throw new IllegalStateException("one server alone is a member of nothing");
        }
        return new EnsembleOptions(
                serverId,
                members,
                patience.tickMillis,
                patience.initLimitTicks,
                patience.syncLimitTicks,
                patience.connectLimitTicks,
                patience.connectTimeoutMillis,
                patience.finalizeWaitMillis,
                patience.minNotificationMillis,
                patience.maxNotificationMillis,
                windowTxns,
                windowBytes,
                leaderServes);
    }

    /** As {@link EnsembleOptions} has them. */
    public record Patience(
            int tickMillis,
            int initLimitTicks,
            int syncLimitTicks,
            int connectLimitTicks,
            int connectTimeoutMillis,
            long finalizeWaitMillis,
            long minNotificationMillis,
            long maxNotificationMillis) {}
}
