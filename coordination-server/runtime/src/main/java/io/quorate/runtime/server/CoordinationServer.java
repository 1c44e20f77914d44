package io.quorate.runtime.server;

import io.quorate.core.replica.Replica;
import io.quorate.core.replica.ReplicaOptions;
import io.quorate.core.replica.ReplicaStatus;
import io.quorate.runtime.disk.DataDirectories;
import io.quorate.runtime.loop.ClientPorts;
import io.quorate.runtime.loop.LoopSettings;
import io.quorate.runtime.loop.PeerSettings;
import io.quorate.runtime.loop.ServerLoop;
import io.quorate.runtime.metrics.ServerStatistics;
import io.quorate.runtime.netty.ServerFacts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server in this JVM. {@link #start} returns when it serves; {@link #close} returns when it has stopped and has given
 * back its port and its directory. Thread-safe.
 */
public final class CoordinationServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CoordinationServer.class);

    /** What stands for a port that is not there. */
    private static final int NO_PORT = -1;

    private final ServerLoop loop;
    private final ClientPorts.Bound ports;

    private CoordinationServer(ServerLoop loop, ClientPorts.Bound ports) {
        this.loop = loop;
        this.ports = ports;
    }

    /**
     * Opens the data directory, takes the port, recovers, and serves.
     *
     * @throws IllegalArgumentException when the port is no port
     * @throws io.quorate.runtime.disk.DataDirectoryException when the directory cannot be used or another process has
     *     it
     * @throws io.quorate.runtime.loop.PortUnavailable when the port is taken
     * @throws io.quorate.runtime.tls.TlsKeysUnusable when the keys for encrypted connections cannot be used
     * @throws io.quorate.core.replica.UnusableData when the data must not be started from
     */
    public static CoordinationServer start(ServerOptions options) {
        return awaited(begin(options));
    }

    /**
     * The same, without waiting for what takes long. When this returns, the data directory is locked and the rest goes
     * on in the server's own thread.
     *
     * @return completes with the server once it serves, or with what prevented it; then nothing of it is left
     * @throws IllegalArgumentException when the port is no port
     * @throws io.quorate.runtime.disk.DataDirectoryException when the directory cannot be used or another process has
     *     it
     */
    public static CompletableFuture<CoordinationServer> begin(ServerOptions options) {
        ClientPorts clients = clients(options);
        DataDirectories directories = DataDirectories.open(
                options.data().directory(),
                options.data().logDirectory(),
                options.data().createMissing());
        ServerLoop loop;
        try {
            loop = new ServerLoop(new LoopSettings(
                    replica(options),
                    facts(options),
                    directories,
                    clients,
                    options.data().slowForceMillis(),
                    peers(options.peers())));
        } catch (RuntimeException failed) {
            close(directories);
            throw failed;
        }
        return loop.start().thenApply(ports -> new CoordinationServer(loop, ports));
    }

    /** Waits for what {@link #begin} has begun. Throws what {@link #start} throws. */
    public static CoordinationServer awaited(CompletableFuture<CoordinationServer> beginning) {
        try {
            return beginning.join();
        } catch (CompletionException failed) {
            // The loop gives everything back before it reports what prevented it from serving.
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    private static ClientPorts clients(ServerOptions options) {
        InetSocketAddress plain =
                portOf(options.clients().address(), options.clients().port());
        SecureClientPort secure = options.clients().secure();
        return new ClientPorts(
                plain,
                secure == null
                        ? null
                        : new ClientPorts.Secure(
                                portOf(secure.address(), secure.port()), secure.onPlainPort(), secure.tls()),
                options.clients().backlog());
    }

    private static @Nullable InetSocketAddress portOf(String address, int port) {
        return port == NO_PORT ? null : new InetSocketAddress(address, port);
    }

    /** Where connections are encrypted, certificates are names of clients. */
    private static ReplicaOptions replica(ServerOptions options) {
        ReplicaOptions replica = options.replica();
        return options.clients().secure() == null
                ? replica
                : replica.withAccess(replica.access().withCertificates(true));
    }

    private static void close(DataDirectories directories) {
        try {
            directories.close();
        } catch (IOException unreleased) {
            LOG.warn("Cannot release the lock of the data directory: {}", unreleased.toString());
        }
    }

    private static @Nullable PeerSettings peers(@Nullable PeerAddresses addresses) {
        return addresses == null
                ? null
                : new PeerSettings(
                        new InetSocketAddress(addresses.host(), addresses.electionPort()),
                        new InetSocketAddress(addresses.host(), addresses.quorumPort()),
                        Replica::peers);
    }

    private static ServerFacts facts(ServerOptions options) {
        ReplicaOptions replica = options.replica();
        return new ServerFacts(
                BuildInfo.version(),
                BuildInfo.builtOn(),
                replica.serverId(),
                options.data().directory(),
                options.data().logDirectory(),
                replica.times().tickMillis(),
                replica.limits().links().maxPerAddress(),
                replica.times().minSessionTimeoutMillis(),
                replica.times().maxSessionTimeoutMillis(),
                options.clients().backlog(),
                options.clients().fourLetterWords(),
                replica.ensemble());
    }

    /** Where clients connect: the plain port, or the one where everything is encrypted where that is the only one. */
    public InetSocketAddress clientAddress() {
        InetSocketAddress plain = ports.plain();
        InetSocketAddress any = plain == null ? ports.secure() : plain;
        if (any == null) {
            throw new IllegalStateException("a server has a port for clients");
        }
        return any;
    }

    /** The port where connections are plain; -1 when there is none. */
    public int clientPort() {
        return portOf(ports.plain());
    }

    /** The port where every connection is encrypted; -1 when there is none. */
    public int secureClientPort() {
        return portOf(ports.secure());
    }

    private static int portOf(@Nullable InetSocketAddress bound) {
        return bound == null ? NO_PORT : bound.getPort();
    }

    /** The same for client libraries: {@code host:port}. */
    public String connectString() {
        return text(clientAddress());
    }

    /**
     * The same, of the port where every connection is encrypted.
     *
     * @throws IllegalStateException when there is none
     */
    public String secureConnectString() {
        InetSocketAddress secure = ports.secure();
        if (secure == null) {
            throw new IllegalStateException("the server has no port where everything is encrypted");
        }
        return text(secure);
    }

    private static String text(InetSocketAddress bound) {
        return bound.getAddress().getHostAddress() + ":" + bound.getPort();
    }

    /** As of at most a tenth of a second ago. */
    public ReplicaStatus status() {
        return published(loop.status());
    }

    /** As of at most a tenth of a second ago. */
    public ServerStatistics statistics() {
        return published(loop.statistics());
    }

    private static <T> T published(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("a started server has published its status");
        }
        return value;
    }

    /** Asks the replica something in its own thread. The function must be quick and must not keep the replica. */
    public <T> CompletableFuture<T> ask(Function<Replica, T> question) {
        return loop.ask(question);
    }

    /** Completes when the server has stopped; exceptionally when something fatal stopped it. */
    public CompletableFuture<Void> ended() {
        return loop.ended();
    }

    /** Stops: no new clients, connections closed, log written out. Sessions stay for the next start. */
    @Override
    public void close() {
        try {
            loop.stop().join();
        } catch (CompletionException failed) {
            LOG.debug("The server had stopped already: {}", String.valueOf(failed.getCause()));
        }
    }
}
