package io.quorate.cloud.zk.registry;

import static io.quorate.cloud.zk.Patience.await;

import io.quorate.cloud.zk.FakeServer;
import io.quorate.cloud.zk.ManualLane;
import io.quorate.cloud.zk.discovery.InstanceRecord;
import io.quorate.cloud.zk.discovery.ZkDiscoveryProperties;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

final class HealthFollowerTest {

    private final ZkRegistration registration = ZkRegistration.builder()
            .serviceName("orders")
            .instanceId("5b0f-c1")
            .address("host-1")
            .port(8040)
            .build();
    private final ZkServiceRegistry registry = new ZkServiceRegistry(
            Binder.get(new MockEnvironment())
                    .bindOrCreate("spring.cloud.zookeeper.discovery", ZkDiscoveryProperties.class),
            new FakeServer(),
            listener -> () -> {},
            ManualLane::new,
            RegistrationObserver.NONE);

    @Test
    void aCheckThatFailsInWhateverWayIsNotTheLast() {
        AtomicInteger checks = new AtomicInteger();
        HealthFollower follower = new HealthFollower(
                registry,
                registration,
                () -> {
                    if (checks.getAndIncrement() == 0) {
                        throw new NoClassDefFoundError("on purpose");
                    }
                    return false;
                },
                Duration.ofMillis(1));
        follower.start();
        try {
            await().until(() -> registration.status().equals(InstanceRecord.STATUS_OUT_OF_SERVICE));
        } finally {
            follower.stop();
        }
    }
}
