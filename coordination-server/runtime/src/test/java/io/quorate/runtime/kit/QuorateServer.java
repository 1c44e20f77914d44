package io.quorate.runtime.kit;

import io.quorate.core.base.Limits;
import io.quorate.core.base.ThrottleOptions;
import io.quorate.core.replica.ReplicaOptions;
import io.quorate.runtime.server.CoordinationServer;
import io.quorate.runtime.server.SecureClientPort;
import io.quorate.runtime.tls.ClientCertificates;
import io.quorate.runtime.tls.TlsMaterial;
import io.quorate.runtime.tls.TlsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** This server, embedded in the JVM of the tests. */
final class QuorateServer implements ServerUnderTest {

    private @Nullable Path directory;
    private @Nullable ServerOptions options;
    private @Nullable CoordinationServer running;

    @Override
    public void start(ServerOptions newOptions) {
        if (newOptions.shape() != ServerOptions.Shape.STANDALONE) {
            throw new IllegalArgumentException("An embedded server cannot take the shape " + newOptions.shape());
        }
        options = newOptions;
        try {
            directory = Files.createTempDirectory("quorate-server");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create the server's directory", e);
        }
        launch();
    }

    @Override
    public InetSocketAddress address() {
        return Objects.requireNonNull(running, "the server runs").clientAddress();
    }

    @Override
    public InetSocketAddress secureAddress() {
        CoordinationServer server = Objects.requireNonNull(running, "the server runs");
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.secureClientPort());
    }

    @Override
    public void stop() {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    @Override
    public void restart() {
        stop();
        launch();
    }

    /** Within one JVM there is no crash: this is {@link #stop}. */
    @Override
    public void kill() {
        stop();
    }

    @Override
    public boolean deliberatelyDiffers(DeliberateDifference difference) {
        return true;
    }

    @Override
    public void close() {
        stop();
        if (directory == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + directory, e);
        }
        directory = null;
    }

    private void launch() {
        running = CoordinationServer.start(serverOptions(Objects.requireNonNull(options)));
    }

    private io.quorate.runtime.server.ServerOptions serverOptions(ServerOptions wanted) {
        io.quorate.runtime.server.ServerOptions embedded =
                io.quorate.runtime.server.ServerOptions.embedded(Objects.requireNonNull(directory));
        String words = wanted.fourLetterWords();
        io.quorate.runtime.server.ServerOptions plain = embedded.withReplica(replicaOptions(wanted, 1))
                .withFourLetterWords(words == null ? List.of() : List.of(words.split(",\\s*")));
        return wanted.encryption() == null ? plain : plain.withSecurePort(securePort(wanted.encryption()));
    }

    private static SecureClientPort securePort(ServerOptions.Encryption wanted) {
        TlsMaterial material = new TlsMaterial(
                wanted.keys().keysOf(TestKeys.SERVER), wanted.keys().trust());
        ClientCertificates clients =
                ClientCertificates.valueOf(wanted.clientAuth().toUpperCase(Locale.ROOT));
        return new SecureClientPort(
                "127.0.0.1",
                0,
                wanted.onPlainPort(),
                TlsOptions.of(() -> material).withClients(clients));
    }

    static ReplicaOptions replicaOptions(ServerOptions wanted, int serverId) {
        ReplicaOptions defaults = ReplicaOptions.defaults();
        int tick = wanted.tickTimeMillis();
        int min = wanted.minSessionTimeoutMillis();
        int max = wanted.maxSessionTimeoutMillis();
        return new ReplicaOptions(
                serverId,
                new ReplicaOptions.Times(tick, min == -1 ? 2 * tick : min, max == -1 ? 20 * tick : max),
                limits(wanted, defaults.limits()),
                nodes(wanted, defaults.nodes()),
                access(wanted, defaults.access()),
                defaults.storage(),
                wanted.reconfig(),
                ThrottleOptions.OFF,
                null);
    }

    private static Limits limits(ServerOptions wanted, Limits defaults) {
        return defaults.withFrames(new Limits.Frames(
                        wanted.maxFrameBytes(),
                        defaults.frames().extraRecordBytes(),
                        defaults.frames().maxReplyBytes()))
                .withLinks(defaults.links()
                        .withMaxPerAddress(wanted.maxClientConnections())
                        .withIdleHandshakeMillis(wanted.sessionlessTimeoutMillis()));
    }

    private static ReplicaOptions.Nodes nodes(ServerOptions wanted, ReplicaOptions.Nodes defaults) {
        return new ReplicaOptions.Nodes(
                wanted.extendedTypes(),
                defaults.emulate353Ttl(),
                wanted.enforceQuota(),
                wanted.containerCheckIntervalMillis(),
                defaults.containerMaxPerMinute(),
                defaults.containerMaxNeverUsedMillis());
    }

    private static ReplicaOptions.Access access(ServerOptions wanted, ReplicaOptions.Access defaults) {
        String schemes = wanted.enforcedAuthSchemes();
        return new ReplicaOptions.Access(
                defaults.skipAcl(),
                wanted.superDigest(),
                defaults.digestAlgorithm(),
                defaults.digestEnabled(),
                defaults.certificates(),
                wanted.encryption() == null ? null : wanted.encryption().superSubject(),
                schemes == null ? List.of() : List.of(schemes.split(",")));
    }
}
