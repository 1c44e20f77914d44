package io.quorate.cloud.zk.autoconfigure;

import static io.quorate.cloud.zk.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quorate.cloud.zk.actuate.ZookeeperEndpoint;
import io.quorate.cloud.zk.application.TestApplication;
import io.quorate.cloud.zk.integration.ZkLockRegistry;
import io.quorate.cloud.zk.leader.LeaderElections;
import io.quorate.cloud.zk.leader.LeaderOnly;
import io.quorate.cloud.zk.lock.DistributedLocks;
import io.quorate.cloud.zk.lock.LockHandle;
import io.quorate.cloud.zk.lock.shedlock.ZkShedLockProvider;
import io.quorate.cloud.zk.test.ZkServer;
import io.quorate.cloud.zk.test.ZkTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Lock;
import net.javacrumbs.shedlock.core.LockProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.json.BasicJsonTester;
import org.springframework.boot.test.json.JsonContent;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.integration.leader.event.AbstractLeaderEvent;
import org.springframework.integration.leader.event.OnGrantedEvent;
import org.springframework.integration.leader.event.OnRevokedEvent;
import org.springframework.integration.support.locks.LockRegistry;
import org.springframework.test.annotation.DirtiesContext;

/** A whole application, and what operators and other libraries see of its leaderships and locks. */
@ZkTest
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.application.name=orders",
            "spring.config.import=zookeeper:",
            "spring.cloud.zookeeper.leader.roles=billing",
            "spring.cloud.zookeeper.leader.candidate-id=orders-1",
            "spring.cloud.zookeeper.discovery.deregister-delay=0",
            "management.endpoints.web.exposure.include=zookeeper,info",
            "management.endpoint.zookeeper.access=read-only"
        })
// Nobody else takes this context, and its nodes go with this class.
@DirtiesContext
class ZookeeperEndpointIT {

    private static final Duration LONG = Duration.ofSeconds(20);

    @LocalServerPort
    private int port;

    @Autowired
    private LeaderElections elections;

    @Autowired
    private DistributedLocks locks;

    @Autowired
    private DiscoveryClient discovery;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private LockRegistry<Lock> lockRegistry;

    @Autowired
    private LockProvider lockProvider;

    @Autowired
    private Application application;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        /** Of the role that the tests lead; the other one's come whenever that is granted. */
        private final List<AbstractLeaderEvent> integrationEvents = new CopyOnWriteArrayList<>();

        @EventListener
        void changed(AbstractLeaderEvent event) {
            if (event.getRole().equals("billing")) {
                integrationEvents.add(event);
            }
        }

        @Bean
        Job job() {
            return new Job();
        }
    }

    static class Job {

        @LeaderOnly("cleaning")
        void clean() {}
    }

    @BeforeEach
    void lead() {
        await().until(() -> elections.role("billing").isLeader()
                && elections.role("billing").leader().isPresent());
    }

    private JsonContent<Object> get(String endpoint) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + "/actuator/" + endpoint);
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return new BasicJsonTester(getClass()).from(answer.body());
    }

    @Test
    void showsWhichContextsAreImported() throws Exception {
        assertThat(get("zookeeper"))
                .extractingJsonPathArrayValue("configuration[*].path")
                .contains("/config/application", "/config/orders");
    }

    @Test
    void showsThatNothingIsImported(ZkServer server) {
        try (ConfigurableApplicationContext plain = TestApplication.named("plain")
                .with("spring.cloud.zookeeper.connect-string=" + server.connectString())
                .start()) {
            assertThat(plain.getBean(ZookeeperEndpoint.class).show()).containsEntry("configuration", List.of());
        }
    }

    @Test
    void showsConnectionRolesAndLocks() throws Exception {
        LockHandle held = locks.acquire("stock");
        try {
            JsonContent<Object> shown = get("zookeeper");

            assertThat(shown).extractingJsonPathStringValue("connection.state").isEqualTo("CONNECTED");
            assertThat(shown)
                    .extractingJsonPathStringValue("connection.sessionId")
                    .startsWith("0x1");
            assertThat(shown).extractingJsonPathArrayValue("leader[*].role").containsExactly("billing", "cleaning");
            assertThat(shown)
                    .extractingJsonPathBooleanValue("leader[0].leading")
                    .isTrue();
            assertThat(shown)
                    .extractingJsonPathArrayValue("leader[0].candidates")
                    .containsExactly("orders-1");
            assertThat(shown).extractingJsonPathArrayValue("locks[*].name").containsExactly("stock");
            assertThat(shown)
                    .extractingJsonPathNumberValue("locks[0].fencingToken")
                    .satisfies(token -> assertThat(token.longValue()).isEqualTo(held.fencingToken()));
        } finally {
            held.close();
        }
    }

    @Test
    void showsWhatIsRegisteredAndFollowed() throws Exception {
        discovery.getInstances("orders");

        await().untilAsserted(() -> {
            JsonContent<Object> shown = get("zookeeper");
            assertThat(shown)
                    .extractingJsonPathStringValue("registrations[0].service")
                    .isEqualTo("orders");
            assertThat(shown)
                    .extractingJsonPathStringValue("registrations[0].state")
                    .isEqualTo("REGISTERED");
            assertThat(shown)
                    .extractingJsonPathNumberValue("catalog.instances.orders")
                    .isEqualTo(1);
        });
    }

    @Test
    void infoNamesTheLeaders() throws Exception {
        assertThat(get("info")).extractingJsonPathStringValue("leader.billing").isEqualTo("orders-1");
    }

    @Test
    void metricsCountRolesAndLocks() throws Exception {
        LockHandle held = locks.acquire("metered");
        assertThat(meters.get("zk.leader.state").tag("role", "billing").gauge().value())
                .isEqualTo(1);
        assertThat(meters.get("zk.leader.skipped").tag("role", "cleaning").functionCounter())
                .isNotNull();
        assertThat(meters.get("zk.lock.held").gauge().value()).isEqualTo(1);
        assertThat(locks.tryAcquire("metered", Duration.ZERO)).isEmpty();
        held.close();

        assertThat(meters.get("zk.lock.held").gauge().value()).isZero();
        assertThat(meters.get("zk.lock.acquire")
                        .tag("outcome", "acquired")
                        .timer()
                        .count())
                .isPositive();
        assertThat(meters.get("zk.lock.acquire")
                        .tag("outcome", "timeout")
                        .timer()
                        .count())
                .isPositive();
    }

    @Test
    void springIntegrationHearsOfLeadershipAndGetsLocks() throws Exception {
        // Events come behind what they tell of.
        await().until(() -> !application.integrationEvents.isEmpty());
        application.integrationEvents.clear();

        elections.role("billing").resign();

        await().untilAsserted(() -> assertThat(application.integrationEvents)
                .hasExactlyElementsOfTypes(OnRevokedEvent.class, OnGrantedEvent.class));
        assertThat(application.integrationEvents.get(1).getRole()).isEqualTo("billing");
        assertThat(application.integrationEvents.get(1).getContext().isLeader()).isTrue();
        assertThat(lockRegistry).isInstanceOf(ZkLockRegistry.class);
        lockRegistry.executeLocked("key", LONG, () -> {
            assertThat(locks.tryAcquire("key", Duration.ZERO)).isEmpty();
        });
    }

    @Test
    void shedLockHasItsProvider() {
        assertThat(lockProvider).isInstanceOf(ZkShedLockProvider.class);
    }
}
