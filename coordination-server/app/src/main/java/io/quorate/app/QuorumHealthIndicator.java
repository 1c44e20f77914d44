package io.quorate.app;

import io.quorate.core.replica.ReplicaStatus;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether clients are served: part of readiness, never of liveness, or an orchestrator would kill a minority that waits
 * for its majority. A server whose disk is full is up, because it serves reads; the detail {@code acceptsWrites} tells.
 */
final class QuorumHealthIndicator implements HealthIndicator {

    private static final String LOOKING = "LOOKING";

    private final CoordinationServerLifecycle lifecycle;

    QuorumHealthIndicator(CoordinationServerLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @Override
    public Health health() {
        ReplicaStatus status = lifecycle.status();
        if (status == null) {
            String why = lifecycle.hasStarted() ? "the server has stopped" : "the data is being loaded";
            return Health.outOfService().withDetail("reason", why).build();
        }
        Health.Builder health = status.role().equals(LOOKING)
                ? Health.outOfService().withDetail("reason", "no leader yet, or no quorum")
                : Health.up();
        return health.withDetail("role", status.role())
                .withDetail("zxid", Hex.zxid(status.appliedZxid()))
                .withDetail("acceptsWrites", status.acceptsWrites())
                .build();
    }
}
