package io.quorate.runtime.proof;

import io.quorate.core.replica.ReplicaOptions;
import io.quorate.runtime.server.CoordinationServer;
import io.quorate.runtime.server.ServerOptions;
import java.nio.file.Path;
import java.util.List;

/**
 * A server as a process: {@code ServerMain <data directory> <client port> <snapshot count>}. It serves until it is
 * ended from outside.
 */
final class ServerMain {

    /** Long: sessions must live on while servers are exchanged on a slow machine. */
    static final int MAX_SESSION_TIMEOUT_MILLIS = 600_000;

    private ServerMain() {}

    public static void main(String[] args) {
        ServerOptions options = ServerOptions.embedded(Path.of(args[0]))
                .withClientPort(Integer.parseInt(args[1]))
                .withReplica(replica(Integer.parseInt(args[2])))
                .withFourLetterWords(List.of("*"));
        CoordinationServer server = CoordinationServer.start(options);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
        server.ended().join();
    }

    private static ReplicaOptions replica(int snapCount) {
        ReplicaOptions defaults = ReplicaOptions.defaults();
        ReplicaOptions.Nodes nodes = defaults.nodes();
        ReplicaOptions.Storage storage = defaults.storage();
        return new ReplicaOptions(
                defaults.serverId(),
                defaults.tickMillis(),
                defaults.minSessionTimeoutMillis(),
                MAX_SESSION_TIMEOUT_MILLIS,
                defaults.limits(),
                new ReplicaOptions.Nodes(
                        true,
                        nodes.emulate353Ttl(),
                        nodes.enforceQuota(),
                        nodes.containerCheckMillis(),
                        nodes.containerMaxPerMinute(),
                        nodes.containerMaxNeverUsedMillis()),
                defaults.access(),
                new ReplicaOptions.Storage(
                        snapCount,
                        storage.snapSizeBytes(),
                        storage.segmentBytes(),
                        storage.reserveBytes(),
                        storage.retainedSnapshots(),
                        storage.trustEmptySnapshot()),
                defaults.reconfigEnabled(),
                defaults.throttle(),
                null);
    }
}
