package io.quorate.cloud.zk.test;

import io.quorate.core.replica.ReplicaOptions;
import io.quorate.runtime.server.CoordinationServer;
import io.quorate.runtime.server.ServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The project's server in this virtual machine, on a free port of loopback. Its data goes when the machine ends. */
final class EmbeddedServer implements ServerUnderTest {

    /** Short, so that sessions may be short too. */
    private static final int TICK_MILLIS = 100;

    private static final int MIN_SESSION_TIMEOUT_MILLIS = 2 * TICK_MILLIS;

    private final Path directory;
    private @Nullable CoordinationServer running;

    EmbeddedServer() {
        try {
            directory = Files.createTempDirectory("zk-test-server");
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot create a directory for the server", failed);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::remove, "zk-test-server-end"));
    }

    @Override
    public synchronized InetSocketAddress start() {
        ReplicaOptions defaults = ReplicaOptions.defaults();
        ReplicaOptions quick = new ReplicaOptions(
                defaults.serverId(),
                TICK_MILLIS,
                MIN_SESSION_TIMEOUT_MILLIS,
                defaults.maxSessionTimeoutMillis(),
                defaults.limits(),
                defaults.nodes(),
                defaults.access(),
                defaults.storage(),
                defaults.reconfigEnabled(),
                defaults.throttle(),
                defaults.ensemble());
        running = CoordinationServer.start(
                ServerOptions.embedded(directory).withReplica(quick).withFourLetterWords(List.of("wchc")));
        return running.clientAddress();
    }

    @Override
    public synchronized void stop() {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    private void remove() {
        stop();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot remove " + directory, failed);
        }
    }
}
