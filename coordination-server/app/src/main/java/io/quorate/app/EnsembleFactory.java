package io.quorate.app;

import io.quorate.app.CoordinationProperties.PeerType;
import io.quorate.app.failure.EnsembleRefused;
import io.quorate.core.replica.EnsembleOptions;
import io.quorate.core.replica.ServerList;
import io.quorate.runtime.server.PeerAddresses;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** From the server list to what makes a server a member of an ensemble; to nothing where it stands alone. */
final class EnsembleFactory {

    private static final String SERVERS = "coordination.servers";
    private static final String GROUP = "coordination.group";
    private static final String WEIGHT = "coordination.weight";
    private static final String SERVER_ID = "coordination.server-id";
    private static final String CLIENT_PORT = "coordination.client-port";
    private static final String CLIENT_ADDRESS = "coordination.client-port-address";
    private static final String ALL_ADDRESSES = "0.0.0.0";
    private static final int DEFAULT_CLIENT_PORT = 2181;
    /** The survivors of a leader wait this long for a better candidate that has not been heard. */
    private static final long FINALIZE_WAIT_MILLIS = 50;

    private static final long MIN_WINDOW_BYTES = 1L << 20;

    private final CoordinationProperties properties;
    /** Null where no server is listed. */
    private final @Nullable ServerList list;

    /** @throws EnsembleRefused when the list describes no ensemble, nor one server alone */
    EnsembleFactory(CoordinationProperties properties) {
        this.properties = properties;
        list = list(properties);
    }

    private static @Nullable ServerList list(CoordinationProperties properties) {
        if (properties.servers().isEmpty()) {
            if (!properties.group().isEmpty() || !properties.weight().isEmpty()) {
                throw new EnsembleRefused(
                        List.of(GROUP, WEIGHT),
                        "there are groups or weights of servers, and no servers",
                        "Name the members with coordination.servers[N], or remove these properties.");
            }
            return null;
        }
        try {
            return new ServerList(new ServerList.Lines(properties.servers(), properties.group(), properties.weight()));
        } catch (ServerList.Refused refused) {
            throw refused(refused);
        }
    }

    private static EnsembleRefused refused(ServerList.Refused refused) {
        String property = switch (refused.part()) {
            case SERVERS -> SERVERS;
            case GROUPS -> GROUP;
            case WEIGHTS -> WEIGHT;
        };
        List<String> together = property.equals(GROUP) ? List.of(SERVERS, GROUP, WEIGHT) : List.of(property);
        return new EnsembleRefused(
                refused.entry() == null ? together : List.of(property + "[" + refused.entry() + "]"),
                refused.problem(),
                refused.remedy());
    }

    /** Whether a server needs an id of its own, because there are others. */
    boolean needsId() {
        return list != null && list.isEnsemble();
    }

    /**
     * How this server is a member; null where it stands alone.
     *
     * @throws EnsembleRefused when the list does not hold this server, or holds it as something else
     * @throws InvalidConfigurationPropertyValueException when a value does not fit the others
     */
    @Nullable
    EnsembleOptions options(long serverId, int tickMillis) {
        ServerList servers = list;
        if (servers == null) {
            return null;
        }
        checkPlace(servers, serverId);
        if (!servers.isEnsemble()) {
            return null;
        }
        Duration min = properties.fastleader().minNotificationInterval();
        Duration max = properties.fastleader().maxNotificationInterval();
        if (min.compareTo(max) > 0) {
            throw new InvalidConfigurationPropertyValueException(
                    "coordination.fastleader.min-notification-interval",
                    min.toMillis() + "ms",
                    "it must not exceed coordination.fastleader.max-notification-interval, which is " + max.toMillis()
                            + "ms. Lower the one or raise the other");
        }
        long windowBytes = properties.commitLogSize().toBytes();
        if (windowBytes < MIN_WINDOW_BYTES) {
            throw new InvalidConfigurationPropertyValueException(
                    "coordination.commit-log-size", windowBytes + "B", "it must be at least 1MB; usual is 64MB");
        }
        ServerList.Patience patience = new ServerList.Patience(
                tickMillis,
                properties.initLimit(),
                properties.syncLimit(),
                properties.connectToLearnerMasterLimit(),
                Math.toIntExact(properties.cnxTimeout().toMillis()),
                FINALIZE_WAIT_MILLIS,
                min.toMillis(),
                max.toMillis());
        return servers.member(serverId, patience, properties.commitLogCount(), windowBytes, properties.leaderServes());
    }

    private void checkPlace(ServerList servers, long serverId) {
        if (!servers.holds(serverId)) {
            boolean configured = properties.serverId() != null;
            throw new EnsembleRefused(
                    configured ? List.of(SERVER_ID, SERVERS) : List.of(SERVERS),
                    "this is server " + serverId
                            + (configured ? "" : " (as the file " + myId() + " says, or by default)")
                            + ", and the list of servers names " + servers.ids(),
                    "Start this server under one of those ids, or add coordination.servers[" + serverId
                            + "] on every member.");
        }
        PeerType wanted = properties.peerType();
        PeerType listed = servers.isObserver(serverId) ? PeerType.OBSERVER : PeerType.PARTICIPANT;
        if (wanted != null && wanted != listed) {
            String name = listed.name().toLowerCase(Locale.ROOT);
            throw new EnsembleRefused(
                    List.of("coordination.peer-type", entry(serverId)),
                    "the list of servers has this one, server " + serverId + ", as " + name,
                    "Remove coordination.peer-type, or correct the list on every member: write :"
                            + wanted.name().toLowerCase(Locale.ROOT) + " behind the two ports.");
        }
    }

    private static String entry(long serverId) {
        return SERVERS + "[" + serverId + "]";
    }

    private String myId() {
        return properties.dataDir().resolve("myid").toAbsolutePath().toString();
    }

    /** That several servers are listed, and nothing says which of them this is. */
    EnsembleRefused withoutId() {
        return new EnsembleRefused(
                List.of(SERVERS),
                "several servers are listed, and nothing says which of them this one is",
                "Set coordination.server-id, or write the id into the file " + myId() + ".");
    }

    /** Where the others reach this server; null where it stands alone. */
    @Nullable
    PeerAddresses peers(long serverId) {
        ServerList servers = list;
        if (servers == null || !servers.isEnsemble()) {
            return null;
        }
        return new PeerAddresses(
                properties.quorumListenOnAllIps() ? ALL_ADDRESSES : servers.host(serverId),
                servers.electionPort(serverId),
                servers.quorumPort(serverId));
    }

    /**
     * Where clients are accepted: as the server's own entry says, otherwise as the properties for clients do. Where
     * both say something they must agree, as in ZooKeeper.
     *
     * @return unresolved; null where they are accepted on the secure port alone
     * @throws EnsembleRefused when they do not
     */
    @Nullable
    InetSocketAddress clients(long serverId) {
        Integer port = properties.clientPort();
        String address = properties.clientPortAddress();
        InetSocketAddress listed = listedForClients(serverId);
        if (listed == null && port == null && properties.secureClientPort() != null) {
            return null;
        }
        if (listed == null) {
            return InetSocketAddress.createUnresolved(
                    address == null ? ALL_ADDRESSES : address, port == null ? DEFAULT_CLIENT_PORT : port);
        }
        boolean samePort = port == null || port == listed.getPort();
        if (!samePort || !(isAnywhere(address) || listed.getHostString().equalsIgnoreCase(address))) {
            throw clientsDisagree(serverId, listed);
        }
        return listed;
    }

    /** What the server's own entry says behind its semicolon; null where it has none. */
    private @Nullable InetSocketAddress listedForClients(long serverId) {
        String host = list == null || !list.holds(serverId) ? null : list.clientHost(serverId);
        return host == null ? null : InetSocketAddress.createUnresolved(host, list.clientPort(serverId));
    }

    private static boolean isAnywhere(@Nullable String address) {
        return address == null || address.equals(ALL_ADDRESSES) || address.equals("::");
    }

    private EnsembleRefused clientsDisagree(long serverId, InetSocketAddress listed) {
        Integer port = properties.clientPort();
        String address = properties.clientPortAddress();
        return new EnsembleRefused(
                List.of(CLIENT_PORT, CLIENT_ADDRESS, entry(serverId)),
                "the properties for clients say " + (isAnywhere(address) ? "" : address + ":")
                        + (port == null ? listed.getPort() : port) + ", and the server's own entry says "
                        + listed.getHostString() + ":" + listed.getPort() + " behind its semicolon",
                "Remove " + CLIENT_PORT + " and " + CLIENT_ADDRESS + ", or correct the entry on every member.");
    }
}
