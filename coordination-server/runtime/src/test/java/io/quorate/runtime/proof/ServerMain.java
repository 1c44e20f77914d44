package io.quorate.runtime.proof;

import io.quorate.core.replica.EnsembleOptions;
import io.quorate.core.replica.ReplicaOptions;
import io.quorate.core.replica.ServerList;
import io.quorate.runtime.server.CoordinationServer;
import io.quorate.runtime.server.PeerAddresses;
import io.quorate.runtime.server.ServerOptions;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A server as a process: {@code ServerMain <zoo.cfg>}, of which it takes what the proofs vary. It serves until it is
 * ended from outside.
 */
final class ServerMain {

    /** Long: sessions must live on while servers are exchanged on a slow machine. */
    static final int MAX_SESSION_TIMEOUT_MILLIS = 600_000;

    private final Properties configuration = new Properties();
    private final Path data;
    private final int serverId;
    private final @Nullable ServerList servers;

    private ServerMain(Path file) throws IOException {
        try (Reader in = Files.newBufferedReader(file)) {
            configuration.load(in);
        }
        data = Path.of(configuration.getProperty("dataDir"));
        Path myid = data.resolve("myid");
        serverId = Files.exists(myid) ? Integer.parseInt(Files.readString(myid)) : 1;
        Map<String, String> lines = linesOf("server.");
        servers = lines.isEmpty()
                ? null
                : new ServerList(new ServerList.Lines(lines, linesOf("group."), linesOf("weight.")));
    }

    /** The values of the keys that begin with this, by the rest of the key. */
    private Map<String, String> linesOf(String prefix) {
        Map<String, String> lines = new HashMap<>();
        for (String key : configuration.stringPropertyNames()) {
            if (key.startsWith(prefix)) {
                lines.put(key.substring(prefix.length()), configuration.getProperty(key));
            }
        }
        return lines;
    }

    public static void main(String[] args) throws IOException {
        CoordinationServer server = CoordinationServer.start(new ServerMain(Path.of(args[0])).options());
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
        server.ended().join();
    }

    private ServerOptions options() {
        ServerOptions options = ServerOptions.embedded(data)
                .withClientPort(number("clientPort", 0))
                .withReplica(replica())
                .withFourLetterWords(List.of("*"));
        return servers == null
                ? options
                : options.withPeers(new PeerAddresses(
                        servers.host(serverId), servers.electionPort(serverId), servers.quorumPort(serverId)));
    }

    private int number(String key, int otherwise) {
        return Integer.parseInt(configuration.getProperty(key, String.valueOf(otherwise)));
    }

    private ReplicaOptions replica() {
        ReplicaOptions defaults = ReplicaOptions.defaults();
        ReplicaOptions.Nodes nodes = defaults.nodes();
        ReplicaOptions.Storage storage = defaults.storage();
        int tickMillis = number("tickTime", defaults.times().tickMillis());
        return new ReplicaOptions(
                serverId,
                new ReplicaOptions.Times(tickMillis, 2 * tickMillis, MAX_SESSION_TIMEOUT_MILLIS),
                defaults.limits(),
                new ReplicaOptions.Nodes(
                        true,
                        nodes.emulate353Ttl(),
                        nodes.enforceQuota(),
                        Long.getLong("znode.container.checkIntervalMs", nodes.containerCheckMillis()),
                        nodes.containerMaxPerMinute(),
                        nodes.containerMaxNeverUsedMillis()),
                defaults.access(),
                new ReplicaOptions.Storage(
                        number("snapCount", storage.snapCount()),
                        storage.snapSizeBytes(),
                        storage.segmentBytes(),
                        storage.reserveBytes(),
                        number("autopurge.snapRetainCount", storage.retainedSnapshots()),
                        storage.trustEmptySnapshot(),
                        "false".equals(configuration.getProperty("db.autocreate"))
                                ? ReplicaOptions.EmptyDisk.LOST
                                : storage.emptyDisk()),
                defaults.reconfigEnabled(),
                defaults.throttle(),
                servers == null ? null : member(servers, tickMillis));
    }

    private EnsembleOptions member(ServerList list, int tickMillis) {
        ServerList.Patience patience = new ServerList.Patience(
                tickMillis, number("initLimit", 10), number("syncLimit", 5), 0, 5000, 50, 200, 2000);
        return list.member(serverId, patience, number("commitLogCount", 500), 64L << 20, true);
    }
}
