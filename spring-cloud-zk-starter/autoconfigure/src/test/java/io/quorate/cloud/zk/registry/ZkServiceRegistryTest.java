package io.quorate.cloud.zk.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.cloud.zk.FakeServer;
import io.quorate.cloud.zk.ManualLane;
import io.quorate.cloud.zk.ZkConnection;
import io.quorate.cloud.zk.ZkConnectionListener;
import io.quorate.cloud.zk.discovery.InstanceCodec;
import io.quorate.cloud.zk.discovery.InstanceRecord;
import io.quorate.cloud.zk.discovery.ZkDiscoveryProperties;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

/** Who is quicker than whom, on a server in memory. */
final class ZkServiceRegistryTest {

    private static final String SERVICE = "/services/orders";
    private static final long SESSION = 0x11;

    private final FakeServer server = new FakeServer();
    private final ManualLane lane = new ManualLane();
    private final ZkRegistration registration = ZkRegistration.builder()
            .serviceName("orders")
            .instanceId("5b0f-c1")
            .address("host-1")
            .port(8040)
            .build();
    private final ZkServiceRegistry registry = new ZkServiceRegistry(
            Binder.get(new MockEnvironment())
                    .bindOrCreate("spring.cloud.zookeeper.discovery", ZkDiscoveryProperties.class),
            server,
            this::connected,
            () -> lane,
            RegistrationObserver.NONE);
    /** What somebody else does as soon as a node hears of the connection. */
    private Runnable meanwhile = () -> {};

    private Runnable connected(ZkConnectionListener listener) {
        server.session(SESSION);
        listener.changed(
                new ZkConnection(ZkConnection.Status.NEVER, 0, 0, Instant.EPOCH),
                new ZkConnection(ZkConnection.Status.CONNECTED, SESSION, 6_000, Instant.EPOCH));
        lane.run();
        meanwhile.run();
        return () -> {};
    }

    private void register() {
        registry.register(registration);
        lane.run();
    }

    @Test
    void aStatusThatIsSetWhileTheInstanceIsBeingRegisteredIsWritten() throws Exception {
        meanwhile = () -> registry.setStatus(registration, InstanceRecord.STATUS_OUT_OF_SERVICE);
        register();
        assertThat(InstanceCodec.decode(server.data(server.childrenOf(SERVICE).get(0)))
                        .status())
                .isEqualTo(InstanceRecord.STATUS_OUT_OF_SERVICE);
    }

    @Test
    void whatIsRegisteredAgainWaitsForEveryNodeThatHasNotGone() {
        register();
        server.hold();
        registry.deregisterLater(registration);
        // Never begins, so that it is gone before the first is.
        register();
        registry.deregisterLater(registration);
        lane.run();
        register();
        assertThat(server.requests.stream().filter(request -> request.startsWith("createContainers ")))
                .hasSize(1);
        server.release();
        lane.run();
        assertThat(server.childrenOf(SERVICE)).hasSize(1);
        assertThat(registry.statuses())
                .singleElement()
                .extracting(RegistrationStatus::state)
                .isEqualTo(RegistrationState.REGISTERED);
    }
}
