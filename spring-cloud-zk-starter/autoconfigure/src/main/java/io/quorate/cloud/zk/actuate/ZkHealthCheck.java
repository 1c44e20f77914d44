package io.quorate.cloud.zk.actuate;

import io.quorate.cloud.zk.ZkConnection;
import io.quorate.cloud.zk.ZkRequests;
import io.quorate.cloud.zk.registry.RegistrationStatus;
import io.quorate.cloud.zk.registry.ZkServiceRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;

/**
 * Health from the state of the connection, and with a connection from one request that has to be answered in time. Who
 * asks waits for the answer for 50 ms at most; a request that takes longer is asked after with the next call, and none
 * is sent meanwhile. Never waits by itself. Thread-safe.
 */
public final class ZkHealthCheck {

    /** Leaves the rest of the endpoint half of the tenth of a second in which it is to answer. */
    private static final Duration PATIENCE = Duration.ofMillis(50);

    private final Supplier<ZkConnection> connections;
    private final ZkRequests requests;
    private final @Nullable ZkServiceRegistry registry;
    private final Duration timeout;
    private final Clock clock;
    /** The last request; guarded by this. */
    private @Nullable Question last;

    /**
     * A request under way, or answered.
     *
     * @param connection over which it was sent: another one does not answer it
     */
    private record Question(CompletableFuture<?> answer, long sentNanos, ZkConnection connection) {

        Duration age() {
            return Duration.ofNanos(System.nanoTime() - sentNanos);
        }
    }

    /**
     * @param connections the connection of the moment
     * @param registry null where nothing is registered
     * @param timeout after which a server that does not answer is down
     */
    public ZkHealthCheck(
            Supplier<ZkConnection> connections,
            ZkRequests requests,
            @Nullable ZkServiceRegistry registry,
            Duration timeout,
            Clock clock) {
        this.connections = connections;
        this.requests = requests;
        this.registry = registry;
        this.timeout = timeout;
        this.clock = clock;
    }

    /** Completes within 50 ms, and never with a failure. */
    public CompletableFuture<Health> check() {
        ZkConnection connection = connections.get();
        Health.Builder health = new Health.Builder();
        describe(health, connection);
        if (!connection.connected()) {
            return CompletableFuture.completedFuture(health.down().build());
        }
        Question question = ask(connection);
        Duration left = timeout.minus(question.age());
        return question.answer()
                .copy()
                .orTimeout(left.compareTo(PATIENCE) < 0 ? left.toNanos() : PATIENCE.toNanos(), TimeUnit.NANOSECONDS)
                .handle((stat, failure) ->
                        failure == null ? health.up().build() : judged(health, question, ZkRequests.causeOf(failure)));
    }

    /** The request that is under way over this connection, or a new one. */
    private synchronized Question ask(ZkConnection connection) {
        Question question = last;
        if (question == null
                || question.answer().isDone()
                || !question.connection().equals(connection)) {
            question = new Question(requests.exists("/", null), System.nanoTime(), connection);
            last = question;
        }
        return question;
    }

    /** A server that may still answer in time is as well as it was with the last answer. */
    private Health judged(Health.Builder health, Question question, Throwable failure) {
        if (!(failure instanceof TimeoutException)) {
            return health.down()
                    .withDetail("problem", String.valueOf(failure.getMessage()))
                    .build();
        }
        Duration age = question.age();
        return age.compareTo(timeout) < 0
                ? health.up()
                        .withDetail(
                                "unansweredFor",
                                age.truncatedTo(ChronoUnit.MILLIS).toString())
                        .build()
                : health.down()
                        .withDetail("problem", "no answer within " + timeout.toMillis() + " ms")
                        .build();
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
