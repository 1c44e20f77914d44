package io.quorate.cloud.zk.actuate;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/** Health of the connection, without waiting. */
public final class ZkReactiveHealthIndicator implements ReactiveHealthIndicator {

    private final ZkHealthCheck check;

    public ZkReactiveHealthIndicator(ZkHealthCheck check) {
        this.check = check;
    }

    @Override
    public Mono<Health> health() {
        return Mono.fromFuture(check::check, true);
    }
}
