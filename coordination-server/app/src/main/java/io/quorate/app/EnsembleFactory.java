package io.quorate.app;

import io.quorate.core.replica.EnsembleOptions;
import io.quorate.core.replica.ServerList;
import io.quorate.runtime.server.PeerAddresses;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** From the server list to what makes a server a member of an ensemble; to nothing where it stands alone. */
final class EnsembleFactory {

    private static final String PROPERTY = "coordination.servers";
    private static final String ALL_ADDRESSES = "0.0.0.0";
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
        ServerList list = list(serverId);
        ServerList.Patience patience = new ServerList.Patience(
                tickMillis,
                properties.initLimit(),
                properties.syncLimit(),
                properties.connectToLearnerMasterLimit(),
                CONNECT_TIMEOUT_MILLIS,
                FINALIZE_WAIT_MILLIS,
                MIN_NOTIFICATION_MILLIS,
                MAX_NOTIFICATION_MILLIS);
        try {
            return list == null ? null : list.member(serverId, patience, properties.commitLogCount(), WINDOW_BYTES);
        } catch (ServerList.Refused refused) {
            throw invalid(refused);
        }
    }

    /** Where the others reach this server; null where it stands alone. */
    @Nullable
    PeerAddresses peers(long serverId) {
        ServerList list = list(serverId);
        return list == null
                ? null
                : new PeerAddresses(
                        properties.quorumListenOnAllIps() ? ALL_ADDRESSES : list.host(serverId),
                        list.electionPort(serverId),
                        list.quorumPort(serverId));
    }

    private @Nullable ServerList list(long serverId) {
        if (properties.servers().isEmpty()) {
            return null;
        }
        ServerList list;
        try {
            list = new ServerList(properties.servers());
        } catch (ServerList.Refused refused) {
            throw invalid(refused);
        }
        if (!list.holds(serverId)) {
            throw new InvalidConfigurationPropertyValueException(
                    "coordination.server-id",
                    serverId,
                    "it is not in coordination.servers, which names "
                            + properties.servers().keySet()
                            + ". Start this server under one of those ids, or add coordination.servers[" + serverId
                            + "] on every member");
        }
        return list.isEnsemble() ? list : null;
    }

    private InvalidConfigurationPropertyValueException invalid(ServerList.Refused refused) {
        Integer entry = refused.entry();
        return new InvalidConfigurationPropertyValueException(
                entry == null ? PROPERTY : PROPERTY + "[" + entry + "]",
                entry == null ? properties.servers() : properties.servers().get(entry),
                String.valueOf(refused.getMessage()));
    }
}
