package io.quorate.app;

import io.quorate.core.replica.EnsembleStatus;
import io.quorate.core.replica.ReplicaStatus;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether clients are served: part of readiness, never of liveness, or an orchestrator would kill a minority that waits
 * for its majority. A server whose disk is full is up, because it serves reads; the detail {@code acceptsWrites} tells.
 */
final class QuorumHealthIndicator implements HealthIndicator {

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
        EnsembleStatus ensemble = status.ensemble();
        boolean serving = ensemble == null || ensemble.serving();
        Health.Builder health = ensemble == null || serving
                ? Health.up()
                : Health.outOfService().withDetail("reason", why(ensemble));
        if (ensemble != null) {
            health.withDetail("leaderId", ensemble.leaderId())
                    .withDetail("elections", ensemble.elections())
                    .withDetail("lastElection", ensemble.lastElectionReason());
        }
        return health.withDetail("role", status.role())
                .withDetail("zxid", Hex.zxid(status.appliedZxid()))
                .withDetail("acceptsWrites", status.acceptsWrites())
                .build();
    }

    private static String why(EnsembleStatus ensemble) {
        return ensemble.doubted()
                ? "its data is lost or incomplete, and it has no leader yet to get it from"
                : "no leader yet, or no quorum, or not caught up with it";
    }
}
