package io.quorate.cloud.zk.test;

import io.quorate.core.replica.ReplicaOptions;
import io.quorate.runtime.server.CoordinationServer;
import io.quorate.runtime.server.ServerOptions;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The project's server in this virtual machine, on a free port of loopback. Its data goes when the machine ends. */
final class EmbeddedServer implements ServerUnderTest {

    /** Short, so that sessions may be short too. */
    static final int TICK_MILLIS = 100;

    static final int MIN_SESSION_TIMEOUT_MILLIS = 2 * TICK_MILLIS;
    static final int MAX_SESSION_TIMEOUT_MILLIS =
            ReplicaOptions.defaults().times().maxSessionTimeoutMillis();

    private final Path directory = ServerDirectory.create(this);
    private @Nullable CoordinationServer running;

    @Override
    public synchronized InetSocketAddress start() {
        ReplicaOptions quick = ReplicaOptions.defaults()
                .withTimes(
                        new ReplicaOptions.Times(TICK_MILLIS, MIN_SESSION_TIMEOUT_MILLIS, MAX_SESSION_TIMEOUT_MILLIS));
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
}
