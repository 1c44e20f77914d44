package io.quorate.cloud.zk.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is registered while readiness and health say different things. */
final class TrafficProbeTest {

    private final ZkRegistration registration = ZkRegistration.builder()
            .serviceName("orders")
            .instanceId("o-1")
            .address("host-1")
            .port(8040)
            .build();

    @Test
    void isInServiceWhenNothingRefuses() {
        assertThat(registration.setAcceptingTraffic(TrafficProbe.READINESS, false))
                .isTrue();
        assertThat(registration.status()).isEqualTo("OUT_OF_SERVICE");
        assertThat(registration.setAcceptingTraffic(TrafficProbe.HEALTH_GROUP, false))
                .as("nothing else is written")
                .isFalse();
        assertThat(registration.setAcceptingTraffic(TrafficProbe.READINESS, true))
                .isFalse();
        assertThat(registration.status()).isEqualTo("OUT_OF_SERVICE");
        assertThat(registration.setAcceptingTraffic(TrafficProbe.HEALTH_GROUP, true))
                .isTrue();
        assertThat(registration.status()).isEqualTo("UP");
    }

    @Test
    void returnsToTheStatusThatWasSet() {
        registration.setAcceptingTraffic(TrafficProbe.HEALTH_GROUP, false);
        assertThat(registration.setStatus("STARTING")).isFalse();
        registration.setAcceptingTraffic(TrafficProbe.HEALTH_GROUP, true);
        assertThat(registration.status()).isEqualTo("STARTING");
    }

    @Test
    void theManagementPortIsAServiceOfItsOwn() {
        ManagementRegistration management = new ManagementRegistration(registration, "/admin");
        assertThat(management.registration()).isNull();
        management.bind(9090, true);
        ZkRegistration port = management.registration();
        assertThat(port).isNotNull();
        assertThat(port.getServiceId()).isEqualTo("orders:management");
        assertThat(port.getInstanceId()).isEqualTo("o-1");
        assertThat(port.getUri()).hasToString("https://host-1:9090/admin");
        registration.setAcceptingTraffic(TrafficProbe.READINESS, false);
        assertThat(port.status()).isEqualTo("UP");
    }
}
