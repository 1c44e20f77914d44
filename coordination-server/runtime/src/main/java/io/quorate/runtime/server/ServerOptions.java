package io.quorate.runtime.server;

import io.quorate.core.replica.ReplicaOptions;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a server is run.
 *
 * @param replica how it decides
 * @param clients where it serves them
 * @param data where it keeps what it must not lose
 * @param peers where the other members reach this one; null for a server without peers
 */
public record ServerOptions(
        ReplicaOptions replica,
        Clients clients,
        Data data,
        @Nullable PeerAddresses peers) {

    /** The reference's {@code fsync.warningthresholdms}. */
    private static final int DEFAULT_SLOW_FORCE_MILLIS = 1000;

    /** A server on any free loopback port with the reference's defaults, for tests and embedding. */
    public static ServerOptions embedded(Path dataDir) {
        return new ServerOptions(
                ReplicaOptions.defaults(),
                new Clients("127.0.0.1", 0, -1, List.of(), null),
                new Data(dataDir, dataDir, true, DEFAULT_SLOW_FORCE_MILLIS),
                null);
    }

    public ServerOptions withReplica(ReplicaOptions newReplica) {
        return new ServerOptions(newReplica, clients, data, peers);
    }

    public ServerOptions withClients(Clients newClients) {
        return new ServerOptions(replica, newClients, data, peers);
    }

    public ServerOptions withClientPort(int port) {
        return withClients(clients.at(clients.address, port));
    }

    public ServerOptions withFourLetterWords(List<String> words) {
        return withClients(
                new Clients(clients.address, clients.port, clients.backlog, List.copyOf(words), clients.secure));
    }

    /** The same server, which also takes encrypted connections. */
    public ServerOptions withSecurePort(SecureClientPort secure) {
        return withClients(
                new Clients(clients.address, clients.port, clients.backlog, clients.fourLetterWords, secure));
    }

    public ServerOptions withData(Data newData) {
        return new ServerOptions(replica, clients, newData, peers);
    }

    /** The same server as a member of an ensemble, which its {@code replica} says too. */
    public ServerOptions withPeers(PeerAddresses addresses) {
        return new ServerOptions(replica, clients, data, addresses);
    }

    /**
     * Where clients are served.
     *
     * @param address the port is bound to; {@code 0.0.0.0} for all
     * @param port 0 for any free port, -1 for none
     * @param backlog connections the system may queue for accept; -1 for its default
     * @param fourLetterWords commands that are answered; {@code srvr} always is; {@code *} means all
     * @param secure where connections are encrypted; null for nowhere
     */
    public record Clients(
            String address,
            int port,
            int backlog,
            List<String> fourLetterWords,
            @Nullable SecureClientPort secure) {

        /** The same, elsewhere. */
        public Clients at(String newAddress, int newPort) {
            return new Clients(newAddress, newPort, backlog, fourLetterWords, secure);
        }
    }

    /**
     * Where data is kept.
     *
     * @param directory snapshots, and logs unless they have their own; created if absent
     * @param logDirectory logs; may equal {@code directory}
     * @param createMissing whether missing directories are created
     * @param slowForceMillis a force of the log that takes longer is logged as a warning and counted
     */
    public record Data(Path directory, Path logDirectory, boolean createMissing, int slowForceMillis) {}
}
