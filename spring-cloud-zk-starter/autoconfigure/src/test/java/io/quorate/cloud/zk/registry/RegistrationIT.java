package io.quorate.cloud.zk.registry;

import static io.quorate.cloud.zk.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.cloud.zk.Patience;
import io.quorate.cloud.zk.ZkConnection;
import io.quorate.cloud.zk.ZkConnectionMonitor;
import io.quorate.cloud.zk.application.TestApplication;
import io.quorate.cloud.zk.discovery.EnableDiscovery;
import io.quorate.cloud.zk.discovery.ServiceCatalog;
import io.quorate.cloud.zk.test.ZkServer;
import io.quorate.cloud.zk.test.ZkTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.cloud.client.serviceregistry.endpoint.ServiceRegistryEndpoint;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Acceptance checks 1 to 4, 9 to 11, 13 to 15, 21 and 22. */
@ZkTest
final class RegistrationIT {

    private final ZkServer server;
    private final List<ConfigurableApplicationContext> open = new ArrayList<>();

    RegistrationIT(ZkServer server) {
        this.server = server;
    }

    @AfterEach
    void close() {
        server.start();
        server.resume();
        open.forEach(ConfigurableApplicationContext::close);
    }

    private ConfigurableApplicationContext started(TestApplication application) {
        ConfigurableApplicationContext context = application.start();
        open.add(context);
        return context;
    }

    private List<String> children(String service) throws Exception {
        try {
            return server.client().getChildren().forPath("/services/" + service);
        } catch (KeeperException.NoNodeException none) {
            return List.of();
        }
    }

    private String onlyChild(String service) {
        return onlyChildBut("", service);
    }

    /** Waits until there is one node, and another than the former one. */
    private String onlyChildBut(String former, String service) {
        String parent = "/services/" + service + "/";
        return parent
                + await().until(
                                () -> children(service),
                                present -> present.size() == 1 && !former.equals(parent + present.get(0)))
                        .get(0);
    }

    private Map<String, Object> json(String path) throws Exception {
        byte[] data = server.client().getData().forPath(path);
        return JsonParserFactory.getJsonParser().parseMap(new String(data, StandardCharsets.UTF_8));
    }

    private String status(String path) throws Exception {
        Map<?, ?> payload = (Map<?, ?>) json(path).get("payload");
        return String.valueOf(((Map<?, ?>) payload.get("metadata")).get("instance_status"));
    }

    @Test
    void aWebApplicationIsRegisteredAsItsPredecessorWouldBe() throws Exception {
        ConfigurableApplicationContext context = started(TestApplication.named("orders")
                .with(
                        "spring.cloud.zookeeper.discovery.instance-id=o-1",
                        "spring.cloud.zookeeper.discovery.metadata.zone=a"));
        String path = onlyChild("orders");
        assertThat(path).matches("/services/orders/o-1-\\d{10}");
        Stat stat = server.client().checkExists().forPath(path);
        assertThat(stat.getEphemeralOwner()).isNotZero();
        Map<String, Object> json = json(path);
        int port = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
        assertThat(json.keySet())
                .containsExactly(
                        "name",
                        "id",
                        "address",
                        "port",
                        "sslPort",
                        "payload",
                        "registrationTimeUTC",
                        "serviceType",
                        "uriSpec");
        assertThat(json).containsEntry("name", "orders").containsEntry("id", "o-1");
        assertThat(json).containsEntry("address", "127.0.0.1").containsEntry("port", port);
        assertThat(json).containsEntry("sslPort", null).containsEntry("serviceType", "DYNAMIC");
        assertThat(json.get("registrationTimeUTC")).isInstanceOf(Number.class);
        assertThat(json.get("payload"))
                .isEqualTo(Map.of(
                        "@class",
                        "org.springframework.cloud.zookeeper.discovery.ZookeeperInstance",
                        "id",
                        String.valueOf(context.getId()),
                        "name",
                        "orders",
                        "metadata",
                        Map.of("instance_status", "UP", "zone", "a")));
        assertThat(json.get("uriSpec"))
                .isEqualTo(Map.of(
                        "parts",
                        List.of(
                                Map.of("value", "scheme", "variable", true),
                                Map.of("value", "://", "variable", false),
                                Map.of("value", "address", "variable", true),
                                Map.of("value", ":", "variable", false),
                                Map.of("value", "port", "variable", true))));
        String raw = new String(server.client().getData().forPath(path), StandardCharsets.UTF_8);
        assertThat(raw)
                .contains("\"payload\":{\"@class\":\"org.springframework.cloud.zookeeper.discovery.Zookeeper"
                        + "Instance\",");
    }

    @Test
    void withoutRegistrationDiscoveryWorks() throws Exception {
        ConfigurableApplicationContext context =
                started(TestApplication.named("shy").source(Unregistered.class));
        assertThat(context.getBean(DiscoveryClient.class).getInstances("shy")).isEmpty();
        assertThat(children("shy")).isEmpty();
    }

    /** Takes part without being found. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableDiscovery(autoRegister = false, watch = "shy")
    static class Unregistered {}

    @Test
    void aPlainNodeHasTheNameOfTheInstance() throws Exception {
        started(TestApplication.named("plain").with("spring.cloud.zookeeper.discovery.node-type=plain"));
        String path = onlyChild("plain");
        assertThat(path).isEqualTo("/services/plain/" + json(path).get("id"));
    }

    @Test
    void aBlipLeavesTheNodeAsItIs() throws Exception {
        ConfigurableApplicationContext context = started(TestApplication.named("blip"));
        String path = onlyChild("blip");
        ConfigurableApplicationContext consumer =
                started(TestApplication.named("looking").consumerOnly());
        List<Object> beats = new CopyOnWriteArrayList<>();
        consumer.addApplicationListener((ApplicationListener<HeartbeatEvent>) event -> beats.add(event.getValue()));
        List<ServiceInstance> seen = consumer.getBean(DiscoveryClient.class).getInstances("blip");
        assertThat(seen).hasSize(1);
        await().until(() -> beats.size() == 1);
        Stat before = server.client().checkExists().forPath(path);
        List<ZkConnectionMonitor> monitors =
                List.of(context.getBean(ZkConnectionMonitor.class), consumer.getBean(ZkConnectionMonitor.class));
        List<ZkConnection> connections =
                monitors.stream().map(ZkConnectionMonitor::current).toList();
        server.cutConnections();
        for (int i = 0; i < monitors.size(); i++) {
            ZkConnectionMonitor monitor = monitors.get(i);
            Instant since = connections.get(i).since();
            await().until(() ->
                    monitor.current().connected() && monitor.current().since().isAfter(since));
        }
        ZkServiceRegistry registry = context.getBean(ZkServiceRegistry.class);
        await().until(() -> registry.statuses().get(0).state() == RegistrationState.REGISTERED);
        assertThat(server.client().checkExists().forPath(path)).isEqualTo(before);
        assertThat(children("blip")).hasSize(1);
        // The consumer's look after the blip comes before what it is told of this, which is the only change.
        registry.setStatus(context.getBean(ZkRegistration.class), "OUT_OF_SERVICE");
        await().until(() -> consumer.getBean(DiscoveryClient.class)
                .getInstances("blip")
                .get(0)
                .getMetadata()
                .containsValue("OUT_OF_SERVICE"));
        await().until(() -> beats.size() >= 2);
        assertThat(beats)
                .as("one for the first list, and one for the only change")
                .hasSize(2);
        assertThat(consumer.getBean(ServiceCatalog.class).status().changes()).isEqualTo(2);
    }

    @Test
    void anExpiredSessionGetsANewNodeWithEverythingInIt() throws Exception {
        ConfigurableApplicationContext context =
                started(TestApplication.named("expiring").with("spring.cloud.zookeeper.discovery.metadata.zone=b"));
        String former = onlyChild("expiring");
        context.getBean(ZkServiceRegistry.class).setStatus(context.getBean(ZkRegistration.class), "OUT_OF_SERVICE");
        await().until(() -> status(former).equals("OUT_OF_SERVICE"));
        server.expireSession(context.getBean(CuratorFramework.class));
        String path = onlyChildBut(former, "expiring");
        assertThat(status(path)).isEqualTo("OUT_OF_SERVICE");
        assertThat(json(path).get("payload")).asString().contains("zone");
    }

    @Test
    void aRestartOfTheServerEndsWithOneNode() throws Exception {
        ConfigurableApplicationContext context = started(TestApplication.named("steady"));
        onlyChild("steady");
        server.restart();
        ZkServiceRegistry registry = context.getBean(ZkServiceRegistry.class);
        await().until(() -> context.getBean(ZkConnectionMonitor.class).current().connected()
                && registry.statuses().get(0).state() == RegistrationState.REGISTERED);
        await().until(() -> children("steady").size() == 1);
    }

    @Test
    void aSuccessorWithTheSameIdReplacesWhatAKilledInstanceHasLeft() throws Exception {
        String[] same = {
            "spring.cloud.zookeeper.discovery.instance-id=k-1", "spring.cloud.zookeeper.discovery.instance-port=7777"
        };
        // Its session lives on, as that of a killed process does until it times out.
        started(TestApplication.named("killed").withoutWeb().with(same));
        String left = onlyChild("killed");
        started(TestApplication.named("killed").withoutWeb().with(same));
        await().until(() -> !children("killed").contains(left.substring(left.lastIndexOf('/') + 1)));
    }

    @Test
    void theEndpointChangesTheStatusOfTheSameNode() throws Exception {
        ConfigurableApplicationContext context = started(TestApplication.named("switched"));
        String path = onlyChild("switched");
        long czxid = server.client().checkExists().forPath(path).getCzxid();
        context.getBean(ServiceRegistryEndpoint.class).setStatus("OUT_OF_SERVICE");
        await().until(() -> status(path).equals("OUT_OF_SERVICE"));
        assertThat(server.client().checkExists().forPath(path).getCzxid()).isEqualTo(czxid);
    }

    @Test
    void readinessIsFollowedThereAndBack() throws Exception {
        ConfigurableApplicationContext context = started(TestApplication.named("resting"));
        String path = onlyChild("resting");
        AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
        await().until(() -> status(path).equals("OUT_OF_SERVICE"));
        AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
        await().until(() -> status(path).equals("UP"));
    }

    @Test
    void anApplicationWithoutWebIsRegisteredWithThePortItNames() throws Exception {
        started(TestApplication.named("worker")
                .withoutWeb()
                .with("spring.cloud.zookeeper.discovery.instance-port=9090"));
        assertThat(json(onlyChild("worker"))).containsEntry("port", 9090);
    }

    @Test
    void tlsIsRegisteredWithThePortThatWasChosen() throws Exception {
        ConfigurableApplicationContext context = started(TestApplication.named("sealed")
                .with(
                        "server.ssl.key-store=classpath:sealed.p12",
                        "server.ssl.key-store-password=secret",
                        "server.ssl.key-store-type=PKCS12"));
        int port = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
        String path = onlyChild("sealed");
        assertThat(json(path)).containsEntry("sslPort", port).containsEntry("port", port);
        var instances = context.getBean(DiscoveryClient.class).getInstances("sealed");
        assertThat(instances).singleElement().satisfies(instance -> {
            assertThat(instance.isSecure()).isTrue();
            assertThat(instance.getUri()).hasToString("https://127.0.0.1:" + port);
        });
    }

    @Test
    void aForbiddenRegistrationStopsAStartThatDependsOnItAndCredentialsMendIt() throws Exception {
        String[] credentials = {
            "spring.cloud.zookeeper.auth[0].scheme=digest",
            "spring.cloud.zookeeper.auth[0].credentials=bob:secret",
            "spring.cloud.zookeeper.acl=creator-all",
            "spring.cloud.zookeeper.discovery.root=/guarded"
        };
        TestApplication owner = TestApplication.named("vault")
                .withoutWeb()
                .with("spring.cloud.zookeeper.discovery.instance-port=1234")
                .with(credentials);
        ConfigurableApplicationContext context = started(owner);
        await().until(() ->
                context.getBean(ZkServiceRegistry.class).statuses().get(0).state() == RegistrationState.REGISTERED);
        CuratorFramework authorized = context.getBean(CuratorFramework.class);
        for (String path : List.of("/guarded", "/guarded/vault")) {
            assertThat(authorized.getACL().forPath(path))
                    .singleElement()
                    .satisfies(acl -> assertThat(acl.getId().getScheme()).isEqualTo("digest"));
        }
        TestApplication stranger = TestApplication.named("vault")
                .withoutWeb()
                .with(
                        "spring.cloud.zookeeper.discovery.instance-port=1235",
                        "spring.cloud.zookeeper.discovery.root=/guarded",
                        "spring.cloud.zookeeper.discovery.fail-fast=true");
        assertThatThrownBy(() -> started(stranger))
                .isInstanceOf(RegistrationFailedException.class)
                .hasCauseInstanceOf(KeeperException.NoAuthException.class);
    }

    @Test
    void theManagementPortIsRegisteredAndAHealthGroupFollowed() throws Exception {
        ConfigurableApplicationContext context = started(TestApplication.named("watched")
                .source(Guarded.class)
                .with(
                        "management.server.port=0",
                        "management.endpoint.health.group.traffic.include=gate",
                        "spring.cloud.zookeeper.discovery.instance-id=w-1",
                        "spring.cloud.zookeeper.discovery.register-management=true",
                        "spring.cloud.zookeeper.discovery.health-group=traffic",
                        "spring.cloud.zookeeper.discovery.health-group-interval=20ms"));
        int port = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.management.port"));
        String management = onlyChild("watched:management");
        assertThat(management).contains("/w-1-");
        assertThat(json(management)).containsEntry("name", "watched:management").containsEntry("port", port);
        String path = onlyChild("watched");
        AtomicBoolean gate = context.getBean(AtomicBoolean.class);
        gate.set(false);
        await().until(() -> status(path).equals("OUT_OF_SERVICE"));
        assertThat(status(management)).isEqualTo("UP");
        gate.set(true);
        await().until(() -> status(path).equals("UP"));
        context.close();
        assertThat(children("watched")).isEmpty();
        assertThat(children("watched:management")).isEmpty();
    }

    /** Healthy as long as the test wants it. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Guarded {

        @Bean
        AtomicBoolean open() {
            return new AtomicBoolean(true);
        }

        @Bean
        HealthIndicator gate(AtomicBoolean open) {
            return () -> (open.get() ? Health.up() : Health.down()).build();
        }
    }

    @Test
    void aPausedContextRegistersAgainWithOneNode() {
        ConfigurableApplicationContext context = started(TestApplication.named("paused"));
        String former = onlyChild("paused");
        ZkAutoRegistration registration = context.getBean(ZkAutoRegistration.class);
        registration.stop();
        registration.start();
        onlyChildBut(former, "paused");
    }

    @Test
    void aStopEndsTheWaitForARegistrationThatMustSucceed() throws Exception {
        server.stop();
        CompletableFuture<ConfigurableApplicationContext> begun = new CompletableFuture<>();
        TestApplication failing = TestApplication.named("waiting")
                .withoutWeb()
                .listener(event -> {
                    if (event instanceof ApplicationStartedEvent ready) {
                        begun.complete(ready.getApplicationContext());
                    }
                })
                .with(
                        "spring.cloud.zookeeper.startup-wait=0",
                        "spring.cloud.zookeeper.connection-timeout=10m",
                        "spring.cloud.zookeeper.discovery.instance-port=1234",
                        "spring.cloud.zookeeper.discovery.fail-fast=true");
        CompletableFuture<?> start = CompletableFuture.supplyAsync(() -> started(failing));
        ConfigurableApplicationContext context = begun.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
        await().until(() -> !context.getBean(ZkServiceRegistry.class).statuses().isEmpty());
        CompletableFuture<Void> closed = CompletableFuture.runAsync(context::close);
        await().until(() -> closed.isDone() && start.isDone());
        assertThat(start).isCompletedExceptionally();
    }

    private int port(ConfigurableApplicationContext context) {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    @Test
    void aWebServerThatIsStartedAgainIsRegisteredWhereItListensThen() throws Exception {
        ConfigurableApplicationContext context = started(TestApplication.named("moving"));
        assertThat(json(onlyChild("moving"))).containsEntry("port", port(context));
        context.stop();
        assertThat(children("moving")).isEmpty();
        context.start();
        assertThat(json(onlyChild("moving"))).containsEntry("port", port(context));
    }

    @Test
    void theWebServerOfAContextBelowIsRegisteredForAsLongAsItIsThere() throws Exception {
        SpringApplicationBuilder family = new SpringApplicationBuilder(TestApplication.Plain.class)
                .web(WebApplicationType.NONE)
                .child(TestApplication.Plain.class)
                .web(WebApplicationType.SERVLET);
        ConfigurableApplicationContext below = family.run(
                "--spring.application.name=family",
                "--spring.docker.compose.enabled=false",
                "--spring.jmx.enabled=false",
                "--server.port=0",
                "--spring.cloud.zookeeper.discovery.instance-host=127.0.0.1",
                "--spring.cloud.zookeeper.discovery.deregister-delay=0");
        try (ConfigurableApplicationContext above = (ConfigurableApplicationContext) below.getParent()) {
            assertThat(json(onlyChild("family"))).containsEntry("port", port(below));
            below.close();
            assertThat(children("family")).isEmpty();
            assertThat(above.isActive()).isTrue();
        } finally {
            below.close();
        }
    }

    @Test
    void serversThatHaveLostTheirDataGetTheChrootAndTheRegistrationBack() throws Exception {
        ConfigurableApplicationContext context = started(TestApplication.named("wiped")
                .withoutWeb()
                .with(
                        "spring.cloud.zookeeper.connect-string=" + server.connectString() + "/own/chroot",
                        "spring.cloud.zookeeper.discovery.instance-port=1234"));
        CuratorFramework client = context.getBean(CuratorFramework.class);
        String service = "/own/chroot/services/wiped";
        await().until(() -> exists(service));
        server.expireSession(client);
        server.client().delete().deletingChildrenIfNeeded().forPath("/own");
        await().until(() -> exists(service)
                && server.client().getChildren().forPath(service).size() == 1);
    }

    private boolean exists(String path) throws Exception {
        return server.client().checkExists().forPath(path) != null;
    }
}
