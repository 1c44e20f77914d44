package io.quorate.cloud.zk.actuate;

import io.quorate.cloud.zk.ZkConnection;
import io.quorate.cloud.zk.ZkConnectionMonitor;
import io.quorate.cloud.zk.ZkRequests;
import io.quorate.cloud.zk.registry.RegistrationStatus;
import io.quorate.cloud.zk.registry.ZkServiceRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;

/**
 * Health from the state of the connection, and with a connection from one request that has to be answered in time.
 * Never waits by itself. Thread-safe.
 */
public final class ZkHealthCheck {

    private final ZkConnectionMonitor monitor;
    private final ZkRequests requests;
    private final @Nullable ZkServiceRegistry registry;
    private final Duration timeout;
    private final Clock clock;

    /** @param registry null where nothing is registered */
    public ZkHealthCheck(
            ZkConnectionMonitor monitor,
            ZkRequests requests,
            @Nullable ZkServiceRegistry registry,
            Duration timeout,
            Clock clock) {
        this.monitor = monitor;
        this.requests = requests;
        this.registry = registry;
        this.timeout = timeout;
        this.clock = clock;
    }

    /** Completes within the timeout, and never with a failure. */
    public CompletableFuture<Health> check() {
        ZkConnection connection = monitor.current();
        Health.Builder health = new Health.Builder();
        describe(health, connection);
        if (!connection.connected()) {
            return CompletableFuture.completedFuture(health.down().build());
        }
        return requests.exists("/", null)
                .copy()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .handle((stat, failure) -> failure == null
                        ? health.up().build()
                        : health.down().withDetail("problem", problem(failure)).build());
    }

    private String problem(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof TimeoutException
                ? "no answer within " + timeout.toMillis() + " ms"
                : String.valueOf(cause.getMessage());
    }

    private void describe(Health.Builder health, ZkConnection connection) {
        health.withDetail("state", connection.status());
        if (connection.sessionId() != 0) {
            health.withDetail("sessionId", "0x" + Long.toHexString(connection.sessionId()));
        }
        if (connection.sessionTimeoutMillis() != 0) {
            health.withDetail(
                    "sessionTimeout",
                    Duration.ofMillis(connection.sessionTimeoutMillis()).toString());
        }
        if (!connection.connected()) {
            health.withDetail(
                    "staleFor",
                    Duration.ofSeconds(Duration.between(connection.since(), clock.instant())
                                    .toSeconds())
                            .toString());
        }
        if (registry != null && !registry.statuses().isEmpty()) {
            Map<String, String> registrations = new LinkedHashMap<>();
            for (RegistrationStatus status : registry.statuses()) {
                registrations.put(
                        status.service(),
                        status.problem() == null ? status.state().name() : status.state() + ": " + status.problem());
            }
            health.withDetail("registrations", registrations);
        }
    }
}
