package io.quorate.core.replica;

import io.quorate.core.quorum.InvalidMembership;
import io.quorate.core.quorum.Membership;
import io.quorate.core.quorum.PeerServer;
import io.quorate.core.quorum.PeerServer.PeerAddress;
import io.quorate.core.quorum.ServerListParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The members of an ensemble as an operator writes them down (quorum protocol 1.1). */
public final class ServerList {

    private static final int LEAST_VOTERS = 2;

    private final List<PeerServer> servers = new ArrayList<>();

    /** A list that cannot be used. */
    public static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final @Nullable Integer entry;

        private Refused(@Nullable Integer entry, InvalidMembership cause) {
            super(cause.getMessage(), cause);
            this.entry = entry;
        }

        /** The id of the entry that is wrong; null where the whole is. */
        public @Nullable Integer entry() {
            return entry;
        }
    }

    /**
     * Reads the values of {@code server.N} by N.
     *
     * @throws Refused when one of them names no server
     */
    public ServerList(Map<Integer, String> values) {
        for (Map.Entry<Integer, String> value : new TreeMap<>(values).entrySet()) {
            try {
                servers.add(ServerListParser.parse(value.getKey(), value.getValue(), false));
            } catch (InvalidMembership invalid) {
                throw new Refused(value.getKey(), invalid);
            }
        }
    }

    /** Whether enough of them vote to form an ensemble; otherwise a server stands alone, as in ZooKeeper. */
    public boolean isEnsemble() {
        int voters = 0;
        for (PeerServer server : servers) {
            voters += server.observer() ? 0 : 1;
        }
        return voters >= LEAST_VOTERS;
    }

    public boolean holds(long serverId) {
        return find(serverId) != null;
    }

    private @Nullable PeerServer find(long serverId) {
        for (PeerServer server : servers) {
            if (server.id() == serverId) {
                return server;
            }
        }
        return null;
    }

    private PeerAddress address(long serverId) {
        PeerServer server = find(serverId);
        if (server == null) {
            throw new IllegalArgumentException("no server " + serverId + " in the list");
        }
        return server.addresses().get(0);
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

    /**
     * A member of this list.
     *
     * @param patience how long members wait for each other
     * @throws Refused when the list contradicts itself
     */
    public EnsembleOptions member(long serverId, Patience patience, int windowTxns, long windowBytes) {
        Membership membership;
        try {
            membership = Membership.majority(0, servers);
        } catch (InvalidMembership invalid) {
            throw new Refused(null, invalid);
        }
        return new EnsembleOptions(
                serverId,
                membership,
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
                true);
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
