package io.quorate.app;

import io.quorate.core.quorum.InvalidMembership;
import io.quorate.core.quorum.Membership;
import io.quorate.core.quorum.PeerServer;
import io.quorate.core.quorum.PeerServer.PeerAddress;
import io.quorate.core.quorum.ServerListParser;
import io.quorate.core.replica.EnsembleOptions;
import io.quorate.runtime.server.PeerAddresses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** From the server list to what makes a server a member of an ensemble; to nothing where it stands alone. */
final class EnsembleFactory {

    private static final String PROPERTY = "coordination.servers";
    private static final String ALL_ADDRESSES = "0.0.0.0";
    private static final int LEAST_VOTERS = 2;
    private static final int CONNECT_TIMEOUT_MILLIS = 5000;
    /** The survivors of a leader wait this long for a better candidate that has not been heard. */
    private static final long FINALIZE_WAIT_MILLIS = 50;

    private static final long MIN_NOTIFICATION_MILLIS = 200;
    private static final long MAX_NOTIFICATION_MILLIS = 2000;
    private static final long WINDOW_BYTES = 64L << 20;

    private final CoordinationProperties properties;

    EnsembleFactory(CoordinationProperties properties) {
        this.properties = properties;
    }

    /**
     * How this server is a member; null where fewer than two vote, as in ZooKeeper.
     *
     * @throws InvalidConfigurationPropertyValueException when the list is none, or does not hold this server
     */
    @Nullable
    EnsembleOptions options(long serverId, int tickMillis) {
        Membership membership = membership(serverId);
        return membership == null
                ? null
                : new EnsembleOptions(
                        serverId,
                        membership,
                        tickMillis,
                        properties.initLimit(),
                        properties.syncLimit(),
                        properties.connectToLearnerMasterLimit(),
                        CONNECT_TIMEOUT_MILLIS,
                        FINALIZE_WAIT_MILLIS,
                        MIN_NOTIFICATION_MILLIS,
                        MAX_NOTIFICATION_MILLIS,
                        properties.commitLogCount(),
                        WINDOW_BYTES,
                        true);
    }

    /** Where the others reach this server; null where it stands alone. */
    @Nullable
    PeerAddresses peers(long serverId) {
        Membership membership = membership(serverId);
        PeerServer self = membership == null ? null : membership.find(serverId);
        if (self == null) {
            return null;
        }
        PeerAddress address = self.addresses().get(0);
        return new PeerAddresses(
                properties.quorumListenOnAllIps() ? ALL_ADDRESSES : address.host(),
                address.electionPort(),
                address.quorumPort());
    }

    private @Nullable Membership membership(long serverId) {
        if (properties.servers().isEmpty()) {
            return null;
        }
        List<PeerServer> servers = new ArrayList<>();
        for (Map.Entry<Integer, String> entry : new TreeMap<>(properties.servers()).entrySet()) {
            servers.add(parsed(entry.getKey(), entry.getValue()));
        }
        if (servers.stream().noneMatch(server -> server.id() == serverId)) {
            throw new InvalidConfigurationPropertyValueException(
                    "coordination.server-id",
                    serverId,
                    "it is not in coordination.servers, which names "
                            + properties.servers().keySet()
                            + ". Start this server under one of those ids, or add coordination.servers[" + serverId
                            + "] on every member");
        }
        if (servers.stream().filter(server -> !server.observer()).count() < LEAST_VOTERS) {
            return null;
        }
        try {
            return Membership.majority(0, servers);
        } catch (InvalidMembership invalid) {
            throw refused(PROPERTY, properties.servers(), invalid);
        }
    }

    private static PeerServer parsed(int id, String value) {
        try {
            return ServerListParser.parse(id, value, false);
        } catch (InvalidMembership invalid) {
            throw refused(PROPERTY + "[" + id + "]", value, invalid);
        }
    }

    private static InvalidConfigurationPropertyValueException refused(
            String property, Object value, InvalidMembership invalid) {
        return new InvalidConfigurationPropertyValueException(property, value, invalid.getMessage());
    }
}
