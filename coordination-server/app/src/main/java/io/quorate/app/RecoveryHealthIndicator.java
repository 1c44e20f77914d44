package io.quorate.app;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether the data has been loaded from disk once: what a startup probe waits for, however long an election takes. */
final class RecoveryHealthIndicator implements HealthIndicator {

    private final CoordinationServerLifecycle lifecycle;

    RecoveryHealthIndicator(CoordinationServerLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @Override
    public Health health() {
        return lifecycle.hasStarted()
                ? Health.up().build()
                : Health.outOfService()
                        .withDetail("reason", "the data is being loaded")
                        .build();
    }
}
