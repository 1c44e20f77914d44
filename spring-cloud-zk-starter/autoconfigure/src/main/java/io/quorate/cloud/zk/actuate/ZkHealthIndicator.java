package io.quorate.cloud.zk.actuate;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Health of the connection, waited for. */
public final class ZkHealthIndicator extends AbstractHealthIndicator {

    private final ZkHealthCheck check;

    public ZkHealthIndicator(ZkHealthCheck check) {
        super("The coordination service was not asked");
        this.check = check;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) throws Exception {
        Health health = check.check().get();
        builder.status(health.getStatus()).withDetails(health.getDetails());
    }
}
