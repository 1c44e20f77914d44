package io.quorate.runtime.kit;

import io.quorate.core.base.Limits;
import io.quorate.core.base.ThrottleOptions;
import io.quorate.core.replica.ReplicaOptions;
import io.quorate.runtime.server.CoordinationServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * This server, inside the test's JVM. Its {@link #kill} is a stop: what a real one leaves behind is shown by tests that
 * start processes.
 */
final class QuorateServer implements ServerUnderTest {

    private static final int UNSET = -1;

    private @Nullable Path directory;
    private @Nullable ServerOptions options;
    private @Nullable CoordinationServer server;

    @Override
    public void start(ServerOptions wanted) {
        options = wanted;
        try {
            directory = Files.createTempDirectory("quorate-server");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create the server's directory", e);
        }
        launch();
    }

    private void launch() {
        ServerOptions wanted = Objects.requireNonNull(options);
        String words = wanted.fourLetterWords();
        server = CoordinationServer.start(
                io.quorate.runtime.server.ServerOptions.embedded(Objects.requireNonNull(directory))
                        .withReplica(replicaOptions(wanted))
                        .withFourLetterWords(words == null ? List.of() : List.of(words.split("[, ]+"))));
    }

    private static ReplicaOptions replicaOptions(ServerOptions wanted) {
        int tick = wanted.tickTimeMillis();
        Limits defaults = Limits.DEFAULTS;
        Limits limits = new Limits(
                wanted.maxFrameBytes(),
                wanted.maxFrameBytes(),
                defaults.maxOutstanding(),
                defaults.maxLinks(),
                wanted.maxClientConnections(),
                defaults.maxLinkOutputBytes(),
                wanted.sessionlessTimeoutMillis(),
                defaults.largeRequestBytes(),
                defaults.maxLargeRequestBytes(),
                defaults.maxWaitMillis());
        String enforced = wanted.enforcedAuthSchemes();
        ReplicaOptions.Access access = new ReplicaOptions.Access(
                false, wanted.superDigest(), "SHA1", true, enforced == null ? List.of() : List.of(enforced.split(",")));
        ReplicaOptions.Nodes nodes = new ReplicaOptions.Nodes(
                wanted.extendedTypes(),
                false,
                wanted.enforceQuota(),
                wanted.containerCheckIntervalMillis(),
                ReplicaOptions.Nodes.DEFAULTS.containerMaxPerMinute(),
                ReplicaOptions.Nodes.DEFAULTS.containerMaxNeverUsedMillis());
        return new ReplicaOptions(
                1,
                tick,
                wanted.minSessionTimeoutMillis() == UNSET ? 2 * tick : wanted.minSessionTimeoutMillis(),
                wanted.maxSessionTimeoutMillis() == UNSET ? 20 * tick : wanted.maxSessionTimeoutMillis(),
                limits,
                nodes,
                access,
                ReplicaOptions.Storage.DEFAULTS,
                wanted.reconfig(),
                ThrottleOptions.OFF);
    }

    @Override
    public InetSocketAddress address() {
        return Objects.requireNonNull(server, "the server has been started").clientAddress();
    }

    @Override
    public void stop() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    @Override
    public void restart() {
        stop();
        launch();
    }

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
}
