package io.quorate.cloud.zk.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.cloud.zk.Backoff;
import io.quorate.cloud.zk.FakeServer;
import io.quorate.cloud.zk.ManualLane;
import io.quorate.cloud.zk.ZkConnection;
import io.quorate.cloud.zk.ZkConnection.Status;
import io.quorate.cloud.zk.discovery.InstanceCodec;
import io.quorate.cloud.zk.discovery.InstanceRecord;
import io.quorate.cloud.zk.discovery.ZkDiscoveryProperties.NodeType;
import io.quorate.cloud.zk.discovery.ZkDiscoveryProperties.StaleInstancePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The node of a registration on a server in memory, in virtual time. */
abstract class RegistrationNodeFixture {

    static final String SERVICE = "/services/orders";
    static final long FIRST = 0x11;
    static final long SECOND = 0x22;

    final FakeServer server = new FakeServer();
    final ManualLane lane = new ManualLane();
    final List<String> observed = new ArrayList<>();
    final ZkRegistration registration = ZkRegistration.builder()
            .serviceName("orders")
            .instanceId("5b0f-c1")
            .address("host-1")
            .port(8040)
            .build();
    RegistrationNode node = node(NodeType.SEQUENTIAL, StaleInstancePolicy.SAME_ADDRESS);

    RegistrationNode node(NodeType type, StaleInstancePolicy policy) {
        return node(type, policy, this::observe);
    }

    RegistrationNode node(NodeType type, StaleInstancePolicy policy, RegistrationObserver observer) {
        NodePlan plan = new NodePlan(SERVICE, registration.getInstanceId(), type, policy);
        return new RegistrationNode(
                plan,
                server,
                lane,
                registration::toRecord,
                new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30)),
                observer);
    }

    private RegistrationObserver.Observed observe(RegistrationObserver.Operation operation, String service) {
        return failure -> observed.add(operation + " " + service + (failure == null ? "" : " failed"));
    }

    void connect(long session) {
        server.session(session);
        tell(Status.CONNECTED, session);
    }

    void tell(Status status, long session) {
        node.connection(new ZkConnection(status, session, 6000, Instant.EPOCH));
        lane.run();
    }

    void registered() {
        node.start();
        connect(FIRST);
        assertThat(node.status().state()).isEqualTo(RegistrationState.REGISTERED);
        server.requests.clear();
    }

    List<String> children() {
        return server.childrenOf(SERVICE);
    }

    long requests(String operation) {
        return server.requests.stream()
                .filter(request -> request.startsWith(operation + " "))
                .count();
    }

    InstanceRecord stored() throws Exception {
        return InstanceCodec.decode(server.data(children().get(0)));
    }

    void put(String name, String id, String address, int port) {
        InstanceRecord other = ZkRegistration.builder()
                .serviceName("orders")
                .instanceId(id)
                .address(address)
                .port(port)
                .build()
                .toRecord();
        server.put(SERVICE + "/" + name, InstanceCodec.encode(other), SECOND);
    }
}
