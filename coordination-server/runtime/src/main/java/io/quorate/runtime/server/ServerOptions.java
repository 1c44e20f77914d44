package io.quorate.runtime.server;

import io.quorate.core.replica.ReplicaOptions;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a server is run.
 *
 * @param replica how it decides
 * @param clientAddress address the client port is bound to; {@code 0.0.0.0} for all
 * @param clientPort 0 for any free port, -1 for none
 * @param backlog connections the system may queue for accept; -1 for its default
 * @param dataDir snapshots, and logs unless they have their own; created if absent
 * @param dataLogDir logs; may equal {@code dataDir}
 * @param createDataDirs whether missing directories are created
 * @param slowForceMillis a force of the log that takes longer is logged as a warning and counted
 * @param fourLetterWords commands that are answered; {@code srvr} always is; {@code *} means all
 * @param peers where the other members reach this one; null for a server without peers
 * @param secure where connections are encrypted; null for nowhere
 */
public record ServerOptions(
        ReplicaOptions replica,
        String clientAddress,
        int clientPort,
        int backlog,
        Path dataDir,
        Path dataLogDir,
        boolean createDataDirs,
        int slowForceMillis,
        List<String> fourLetterWords,
        @Nullable PeerAddresses peers,
        @Nullable SecureClientPort secure) {

    /** The reference's {@code fsync.warningthresholdms}. */
    private static final int DEFAULT_SLOW_FORCE_MILLIS = 1000;

    /** A server on any free loopback port with the reference's defaults, for tests and embedding. */
    public static ServerOptions embedded(Path dataDir) {
        return new ServerOptions(
                ReplicaOptions.defaults(),
                "127.0.0.1",
                0,
                -1,
                dataDir,
                dataDir,
                true,
                DEFAULT_SLOW_FORCE_MILLIS,
                List.of(),
                null,
                null);
    }

    public ServerOptions withReplica(ReplicaOptions newReplica) {
        return new ServerOptions(
                newReplica,
                clientAddress,
                clientPort,
                backlog,
                dataDir,
                dataLogDir,
                createDataDirs,
                slowForceMillis,
                fourLetterWords,
                peers,
                secure);
    }

    public ServerOptions withClientPort(int newClientPort) {
        return new ServerOptions(
                replica,
                clientAddress,
                newClientPort,
                backlog,
                dataDir,
                dataLogDir,
                createDataDirs,
                slowForceMillis,
                fourLetterWords,
                peers,
                secure);
    }

    public ServerOptions withFourLetterWords(List<String> words) {
        return new ServerOptions(
                replica,
                clientAddress,
                clientPort,
                backlog,
                dataDir,
                dataLogDir,
                createDataDirs,
                slowForceMillis,
                List.copyOf(words),
                peers,
                secure);
    }

    /** The same server as a member of an ensemble, which its {@code replica} says too. */
    public ServerOptions withPeers(PeerAddresses addresses) {
        return new ServerOptions(
                replica,
                clientAddress,
                clientPort,
                backlog,
                dataDir,
                dataLogDir,
                createDataDirs,
                slowForceMillis,
                fourLetterWords,
                addresses,
                secure);
    }

    /** The same server, which also takes encrypted connections. */
    public ServerOptions withSecurePort(SecureClientPort securePort) {
        return new ServerOptions(
                replica,
                clientAddress,
                clientPort,
                backlog,
                dataDir,
                dataLogDir,
                createDataDirs,
                slowForceMillis,
                fourLetterWords,
                peers,
                securePort);
    }
}
