package io.quorate.app;

import io.quorate.core.replica.EnsembleOptions;
import io.quorate.core.replica.ReplicaStatus;
import io.quorate.runtime.rehearsal.Rehearsal;
import io.quorate.runtime.server.BuildInfo;
import io.quorate.runtime.server.CoordinationServer;
import io.quorate.runtime.server.SecureClientPort;
import io.quorate.runtime.server.ServerOptions;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;

/**
 * Begins the server before everything else, so that clients do not wait for HTTP, nor HTTP for a long recovery; waits
 * for it after everything else, so that what prevents it prevents the start; and stops it before anything else, while
 * HTTP still answers that it is not ready. Begun, started and stopped by the context; read by any thread.
 */
final class CoordinationServerLifecycle implements SmartLifecycle, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger("io.quorate.server");
    private static final double MILLIS_PER_SECOND = 1000;

    private final CoordinationProperties properties;
    private final Environment environment;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    /** What {@link #begin} has begun; null before. Used by the context's thread. */
    private @Nullable CompletableFuture<CoordinationServer> beginning;
    /** Seconds after the JVM at which clients were served. */
    private volatile double servedSeconds;

    private @Nullable ServerOptions options;
    private volatile @Nullable CoordinationServer server;

    CoordinationServerLifecycle(CoordinationProperties properties, Environment environment) {
        this.properties = properties;
        this.environment = environment;
    }

    /** The server, from the moment it serves until it has stopped. */
    @Nullable
    CoordinationServer server() {
        CoordinationServer current = server;
        return current == null || current.ended().isDone() ? null : current;
    }

    /** What the server shows of itself; null while there is none. */
    @Nullable
    ReplicaStatus status() {
        CoordinationServer current = server();
        return current == null ? null : current.status();
    }

    /** Whether the data has been loaded once; stays true. */
    boolean hasStarted() {
        return server != null;
    }

    /** Completes when the server has stopped; exceptionally when something fatal stopped it. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /** Locks the data directory, and goes on in the background. */
    void begin() {
        ServerIdentity identity = new ServerIdentity(properties.dataDir(), properties.serverId());
        ServerOptionsFactory factory = new ServerOptionsFactory(properties);
        if (!identity.isKnown()) {
            factory.checkWithoutId();
        }
        int serverId = identity.resolve();
        SecureClientPort secure = new SecurePortFactory(properties, environment).securePort();
        ServerOptions plain = factory.options(serverId);
        ServerOptions wanted = secure == null ? plain : plain.withSecurePort(secure);
        InitializeMarker.in(properties.dataDir()).consume();
        CompletableFuture<CoordinationServer> begun = CoordinationServer.begin(wanted);
        options = wanted;
        beginning = begun.thenApply(serving -> {
            servedSeconds = uptimeSeconds();
            return serving;
        });
        identity.claim(serverId);
    }

    @Override
    public void start() {
        CompletableFuture<CoordinationServer> begun = beginning;
        ServerOptions wanted = options;
        if (begun == null || wanted == null) {
            throw new IllegalStateException("started before it was begun");
        }
        CoordinationServer started = CoordinationServer.awaited(begun);
        server = started;
        started.ended().whenComplete((nothing, failure) -> {
            if (failure == null) {
                ended.complete(null);
            } else {
                ended.completeExceptionally(failure);
            }
        });
        logStart(started, wanted);
        if (wanted.replica().ensemble() != null) {
            // Behind everything else of the start, so that it delays nothing.
            Rehearsal.beginOnce();
        }
    }

    /** Ids of the ensemble's members; empty for a server that stands alone. */
    List<Long> memberIds() {
        ServerOptions started = options;
        EnsembleOptions ensemble = started == null ? null : started.replica().ensemble();
        return ensemble == null ? List.of() : ensemble.memberIds();
    }

    private void logStart(CoordinationServer started, ServerOptions options) {
        LOG.info(
                "Started Quorate {} as {}, server id {}: clients on {}, HTTP on {}, data in {} (clients after {} s,"
                        + " all of it {} s after the JVM)",
                BuildInfo.version(),
                started.status().role(),
                started.status().serverId(),
                clientAddresses(started, options),
                httpAddress(),
                directories(options),
                servedSeconds,
                uptimeSeconds());
    }

    private static String clientAddresses(CoordinationServer started, ServerOptions options) {
        SecureClientPort secure = options.clients().secure();
        String plain = started.clientPort() < 0 ? "" : options.clients().address() + ":" + started.clientPort();
        if (secure == null || started.secureClientPort() < 0) {
            return plain + (secure == null ? "" : ", encrypted or not");
        }
        String both =
                plain.isEmpty() ? "" : plain + (secure.onPlainPort() ? ", encrypted or not, and on " : " and on ");
        return both + secure.address() + ":" + started.secureClientPort() + ", encrypted";
    }

    private static double uptimeSeconds() {
        return ManagementFactory.getRuntimeMXBean().getUptime() / MILLIS_PER_SECOND;
    }

    private String httpAddress() {
        String port = environment.getProperty("local.server.port");
        return port == null ? "no port" : environment.getProperty("server.address", "0.0.0.0") + ":" + port;
    }

    private static String directories(ServerOptions options) {
        String data = options.data().directory().toAbsolutePath().normalize().toString();
        return options.data().logDirectory().equals(options.data().directory())
                ? data
                : data + " and "
                        + options.data().logDirectory().toAbsolutePath().normalize();
    }

    @Override
    public void stop() {
        CoordinationServer current = server;
        if (current == null || current.ended().isDone()) {
            return;
        }
        LOG.info("Stopping: no new clients, connections are closed, the log is written out");
        long begun = System.nanoTime();
        current.close();
        LOG.info("Stopped after {} ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
    }

    /** A start that something else prevents, such as an HTTP port that is taken, leaves no server behind. */
    @Override
    public void destroy() {
        CompletableFuture<CoordinationServer> begun = beginning;
        CoordinationServer serving =
                begun == null ? null : begun.handle((value, failure) -> value).join();
        if (serving != null) {
            serving.close();
        }
    }

    @Override
    public boolean isRunning() {
        return server() != null;
    }
}
