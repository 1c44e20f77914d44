package io.quorate.cloud.zk.discovery;

import static io.quorate.cloud.zk.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.cloud.zk.Patience;
import io.quorate.cloud.zk.ZkConnectionMonitor;
import io.quorate.cloud.zk.actuate.ZkHealthCheck;
import io.quorate.cloud.zk.actuate.ZkHealthIndicator;
import io.quorate.cloud.zk.actuate.ZkReactiveHealthIndicator;
import io.quorate.cloud.zk.application.TestApplication;
import io.quorate.cloud.zk.leader.LeaderElections;
import io.quorate.cloud.zk.registry.ZkRegistration;
import io.quorate.cloud.zk.registry.ZkServiceRegistry;
import io.quorate.cloud.zk.test.ZkRoute;
import io.quorate.cloud.zk.test.ZkServer;
import io.quorate.cloud.zk.test.ZkTest;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.CreateMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Flux;

/** Acceptance checks 7, 8 and 17 to 20. */
@ZkTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
final class DiscoveryIT {

    private final ZkServer server;
    private final List<ConfigurableApplicationContext> open = new ArrayList<>();
    /** For tests that ask for services of their own only: a start takes longer than most of them. */
    private final ConfigurableApplicationContext consumer;

    DiscoveryIT(ZkServer server) {
        this.server = server;
        this.consumer = TestApplication.named("consumer").consumerOnly().start();
    }

    @AfterEach
    void mend() {
        server.resume();
        server.start();
        open.forEach(ConfigurableApplicationContext::close);
        open.clear();
        ZkConnectionMonitor monitor = consumer.getBean(ZkConnectionMonitor.class);
        await().until(() -> monitor.current().connected());
    }

    @AfterAll
    void close() {
        consumer.close();
    }

    /** Another one, closed after the test. */
    private ConfigurableApplicationContext consumer(String... properties) {
        ConfigurableApplicationContext context = TestApplication.named("consumer")
                .consumerOnly()
                .with(properties)
                .start();
        open.add(context);
        return context;
    }

    private String register(String service, String id, String json) throws Exception {
        return server.client()
                .create()
                .creatingParentContainersIfNeeded()
                .withMode(CreateMode.EPHEMERAL)
                .forPath("/services/" + service + "/" + id, json.getBytes(StandardCharsets.UTF_8));
    }

    private String register(String service, String id) throws Exception {
        return register(service, id, """
                {"name":"%s","id":"%s","address":"127.0.0.1","port":8080,"sslPort":null,"payload":null,
                "registrationTimeUTC":1553592092875,"serviceType":"DYNAMIC","uriSpec":null}
                """.formatted(service, id));
    }

    @Test
    void anInstanceWithoutPayloadIsListed() throws Exception {
        register("bare", "b-1");
        register("bare", "b-2", """
                {"serviceType":"STATIC","payload":{"@class":"java.lang.Runtime","metadata":{"a":"1","b":2}},
                "port":81,"address":"h","id":"b-2","name":"bare","uriSpec":{"parts":[
                {"value":"scheme","variable":true},{"value":"://gate/","variable":false},
                {"value":"id","variable":true}]},"sslPort":null,"extra":[1,{"x":null}]}
                """);
        List<ServiceInstance> instances =
                consumer.getBean(DiscoveryClient.class).getInstances("bare");
        assertThat(instances).extracting(ServiceInstance::getInstanceId).containsExactly("b-1", "b-2");
        assertThat(instances.get(0).getMetadata()).isEmpty();
        assertThat(instances.get(0).getUri()).hasToString("http://127.0.0.1:8080");
        assertThat(instances.get(1).getMetadata()).containsOnlyKeys("a");
        assertThat(instances.get(1).getUri()).hasToString("http://gate/b-2");
        Flux<ServiceInstance> reactive =
                consumer.getBean(ZkReactiveDiscoveryClient.class).getInstances("bare");
        assertThat(reactive.collectList().block(Patience.LIMIT)).isEqualTo(instances);
        // A change of the names that are followed already is heard of on its own.
        await().until(() ->
                consumer.getBean(DiscoveryClient.class).getServices().contains("bare"));
    }

    @Test
    void garbageIsLeftOutAndCountedOnce(CapturedOutput output) throws Exception {
        register("mixed", "m-1");
        register("mixed", "m-2", "{\"name\":");
        DiscoveryClient discovery = consumer.getBean(DiscoveryClient.class);
        assertThat(discovery.getInstances("mixed")).hasSize(1);
        register("mixed", "m-3");
        await().until(() -> discovery.getInstances("mixed").size() == 2);
        server.cutConnections();
        register("mixed", "m-4");
        await().until(() -> discovery.getInstances("mixed").size() == 3);
        assertThat(consumer.getBean(ServiceCatalog.class).status().malformed()).isEqualTo(1);
        assertThat(output).containsOnlyOnce("/services/mixed/m-2 in version 0 is no instance");
    }

    @Test
    void lookUpsCostNoRequest() throws Exception {
        register("busy", "b-1");
        // One of its own: what a test before has left to be read again by the other one is none of these requests.
        ZkRoute route = server.route();
        ConfigurableApplicationContext context =
                consumer("spring.cloud.zookeeper.connect-string=" + route.connectString());
        DiscoveryClient discovery = context.getBean(DiscoveryClient.class);
        CuratorFramework client = context.getBean(CuratorFramework.class);
        assertThat(discovery.getInstances("busy")).hasSize(1);
        client.checkExists().forPath("/");
        long before = route.requestCount();
        for (int i = 0; i < 10_000; i++) {
            assertThat(discovery.getInstances("busy")).hasSize(1);
        }
        // Behind everything that look-ups may have sent.
        client.checkExists().forPath("/");
        assertThat(route.requestCount() - before).isEqualTo(1);
    }

    @Test
    void changesAreSeenWithoutAsking() throws Exception {
        String path = register("moving", "m-1");
        DiscoveryClient discovery = consumer.getBean(DiscoveryClient.class);
        assertThat(discovery.getInstances("moving")).hasSize(1);
        register("moving", "m-2");
        await().until(() -> discovery.getInstances("moving").size() == 2);
        server.client().delete().forPath(path);
        await().until(() -> discovery.getInstances("moving").size() == 1);
        server.client().delete().forPath("/services/moving/m-2");
        server.client().delete().forPath("/services/moving");
        await().until(() -> discovery.getInstances("moving").isEmpty());
        register("moving", "m-3");
        await().until(() -> discovery.getInstances("moving").size() == 1);
    }

    @Test
    void whatChangedWhileTheSessionWasLostIsSeen() throws Exception {
        register("lost", "l-1");
        DiscoveryClient discovery = consumer.getBean(DiscoveryClient.class);
        assertThat(discovery.getInstances("lost")).hasSize(1);
        server.expireSession(consumer.getBean(CuratorFramework.class));
        register("lost", "l-2");
        await().until(() -> discovery.getInstances("lost").size() == 2);
        register("lost", "l-3");
        await().until(() -> discovery.getInstances("lost").size() == 3);
    }

    @Test
    void classicWatchesFollowToo() throws Exception {
        String path = register("classic", "c-1");
        DiscoveryClient discovery =
                consumer("spring.cloud.zookeeper.watch-mode=classic").getBean(DiscoveryClient.class);
        assertThat(discovery.getInstances("classic")).hasSize(1);
        assertThat(discovery.getInstances("classic-later")).isEmpty();
        register("classic", "c-2");
        await().until(() -> discovery.getInstances("classic").size() == 2);
        server.client()
                .setData()
                .forPath(
                        path,
                        "{\"name\":\"c\",\"id\":\"c-1\",\"address\":\"x\",\"port\":1}"
                                .getBytes(StandardCharsets.UTF_8));
        await().until(() -> discovery.getInstances("classic").get(0).getHost().equals("x"));
        register("classic-later", "c-1");
        await().until(() -> discovery.getInstances("classic-later").size() == 1);
    }

    @Test
    void threeServicesOfManyTakeFewWatches() throws Exception {
        for (int i = 0; i < 200; i++) {
            register("many-" + i, "x");
        }
        ConfigurableApplicationContext context = consumer();
        DiscoveryClient discovery = context.getBean(DiscoveryClient.class);
        for (int i = 0; i < 3; i++) {
            assertThat(discovery.getInstances("many-" + i)).hasSize(1);
        }
        assertThat(discovery.getServices()).hasSizeGreaterThanOrEqualTo(200);
        long session = context.getBean(ZkConnectionMonitor.class).current().sessionId();
        assertThat(server.watchCount(session)).isBetween(1, 5);
    }

    @Test
    void withoutServerTheLastListIsServed() throws Exception {
        register("stale", "s-1");
        DiscoveryClient discovery = consumer.getBean(DiscoveryClient.class);
        ZkReactiveDiscoveryClient reactive = consumer.getBean(ZkReactiveDiscoveryClient.class);
        ZkReactiveHealthIndicator reactiveHealth = new ZkReactiveHealthIndicator(consumer.getBean(ZkHealthCheck.class));
        assertThat(discovery.getInstances("stale")).hasSize(1);
        await().until(() ->
                reactive.getServices().collectList().block(Patience.LIMIT).contains("stale"));
        await().until(() ->
                reactiveHealth.health().block(Patience.LIMIT).getStatus().equals(Status.UP));
        reactive.reactiveProbe().block(Patience.LIMIT);
        server.stop();
        ZkHealthIndicator health = consumer.getBean(ZkHealthIndicator.class);
        await().until(() -> health.health().getStatus().equals(Status.DOWN));
        assertThat(discovery.getInstances("stale")).hasSize(1);
        assertThatThrownBy(() -> discovery.getInstances("never-asked-for"))
                .isInstanceOf(CatalogUnavailableException.class);
        assertThat(reactive.getInstances("stale").collectList().block(Patience.LIMIT))
                .hasSize(1);
        assertThat(reactive.getServices().collectList().block(Patience.LIMIT)).contains("stale");
        Flux<ServiceInstance> unknown = reactive.getInstances("never-asked-for");
        assertThatThrownBy(() -> unknown.collectList().block(Patience.LIMIT))
                .isInstanceOf(CatalogUnavailableException.class);
        assertThat(reactiveHealth.health().block(Patience.LIMIT).getStatus()).isEqualTo(Status.DOWN);
        assertThat(consumer.getBean(ServiceCatalog.class).status().staleSince()).isNotNull();
        server.start();
        await().until(() -> health.health().getStatus().equals(Status.UP));
    }

    @Test
    void noCallWaitsWhileTheServerIsSilentOrGone() throws Exception {
        register("silent", "s-1");
        ConfigurableApplicationContext context = TestApplication.named("caller")
                .withoutWeb()
                .with(
                        "spring.cloud.zookeeper.session-timeout=3s",
                        "spring.cloud.zookeeper.discovery.instance-port=7001",
                        "spring.cloud.zookeeper.leader.roles=billing")
                .start();
        open.add(context);
        DiscoveryClient discovery = context.getBean(DiscoveryClient.class);
        ZkConnectionMonitor monitor = context.getBean(ZkConnectionMonitor.class);
        ZkServiceRegistry registry = context.getBean(ZkServiceRegistry.class);
        ZkRegistration registration = context.getBean(ZkRegistration.class);
        assertThat(discovery.getInstances("silent")).hasSize(1);
        assertThat(discovery.getServices()).contains("silent");
        CallingThread caller = new CallingThread();
        Runnable calls = () -> {
            assertThat(discovery.getInstances("silent")).hasSize(1);
            assertThat(discovery.getServices()).contains("silent");
            registry.setStatus(registration, "OUT_OF_SERVICE");
            registry.setStatus(registration, "UP");
            assertThat(registry.<String>getStatus(registration)).isEqualTo("UP");
            context.getBean(LeaderElections.class).role("billing").isLeader();
            context.getBean(ServiceCatalog.class).status();
        };
        // Once with a connection, so that nothing is loaded or computed for the first time below.
        caller.run(calls);
        server.pause();
        assertThat(caller.waitsDuring(calls)).as("the loss is not known yet").isZero();
        await().until(() -> !monitor.current().connected());
        assertThat(caller.waitsDuring(calls))
                .as("the connection is known to be lost")
                .isZero();
        assertThat(caller.waitsDuring(() -> assertThatThrownBy(() -> discovery.getInstances("never-asked-for"))
                        .isInstanceOf(CatalogUnavailableException.class)))
                .as("not even for what is not known")
                .isZero();
        server.resume();
        await().until(() -> monitor.current().connected());
        caller.run(calls);
        server.stop();
        assertThat(caller.waitsDuring(calls)).as("the server has just gone").isZero();
        await().until(() -> !monitor.current().connected());
        assertThat(caller.waitsDuring(calls)).as("the server is gone").isZero();
    }

    /** Runs calls on a thread that does nothing else, and sees how often it was made to wait for anything. */
    private static final class CallingThread {

        private static final int TIMES = 20;
        private static final int ROUNDS = 5;

        private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
            Thread daemon = new Thread(task, "caller");
            daemon.setDaemon(true);
            return daemon;
        });

        void run(Runnable calls) throws Exception {
            thread.submit(calls).get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
        }

        /**
         * The fewest of some rounds. Whoever waits for a server waits in each; a lock that another thread has at this
         * very moment, such as that of a queue of tasks, is met now and then.
         */
        long waitsDuring(Runnable calls) throws Exception {
            long fewest = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS && fewest > 0; round++) {
                fewest = Math.min(
                        fewest,
                        thread.submit(() -> waitsInARound(calls)).get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS));
            }
            return fewest;
        }

        private static long waitsInARound(Runnable calls) {
            long before = waits();
            for (int i = 0; i < TIMES; i++) {
                calls.run();
            }
            return waits() - before;
        }

        /** Waits for monitors that are notified, locks, futures and times; not those to enter a monitor. */
        private static long waits() {
            return ManagementFactory.getThreadMXBean()
                    .getThreadInfo(Thread.currentThread().getId())
                    .getWaitedCount();
        }
    }

    @Test
    void nothingBeatsWhileNothingChanges() throws Exception {
        String path = register("resting", "r-1");
        ConfigurableApplicationContext context = consumer("spring.cloud.zookeeper.reconcile-interval=20ms");
        List<Object> beats = new CopyOnWriteArrayList<>();
        context.addApplicationListener((ApplicationListener<HeartbeatEvent>) event -> beats.add(event.getValue()));
        DiscoveryClient discovery = context.getBean(DiscoveryClient.class);
        ZkConnectionMonitor monitor = context.getBean(ZkConnectionMonitor.class);
        assertThat(discovery.getInstances("resting")).hasSize(1);
        await().until(() -> beats.size() == 1);
        byte[] same = server.client().getData().forPath(path);
        for (int i = 0; i < 100; i++) {
            server.client().setData().forPath(path, same);
        }
        for (int i = 0; i < 2; i++) {
            Instant since = monitor.current().since();
            server.cutConnections();
            await().until(() ->
                    monitor.current().connected() && monitor.current().since().isAfter(since));
        }
        long asked = server.requestCount();
        await().until(() -> server.requestCount() > asked + 50);
        register("resting", "r-2");
        await().until(() -> discovery.getInstances("resting").size() == 2);
        await().until(() -> beats.size() >= 2);
        assertThat(beats)
                .as("one for the first list, and one for the only change")
                .hasSize(2);
    }

    @Test
    void heartbeatsDifferWhenTheCatalogDoes() throws Exception {
        String path = register("beating", "b-1");
        ConfigurableApplicationContext context = consumer();
        List<Object> beats = new CopyOnWriteArrayList<>();
        context.addApplicationListener((ApplicationListener<HeartbeatEvent>) event -> beats.add(event.getValue()));
        DiscoveryClient discovery = context.getBean(DiscoveryClient.class);
        assertThat(discovery.getInstances("beating")).hasSize(1);
        await().until(() -> beats.size() == 1);
        byte[] same = server.client().getData().forPath(path);
        server.client().setData().forPath(path, same);
        register("beating", "b-2");
        await().until(() -> beats.size() == 2);
        server.client().delete().forPath("/services/beating/b-2");
        await().until(() -> beats.size() == 3);
        assertThat(beats.get(2)).as("the catalog is as it was").isEqualTo(beats.get(0));
        assertThat(beats.get(1)).isNotEqualTo(beats.get(0));
    }

    @Test
    void whoHearsOfAChangeLooksServicesUp() throws Exception {
        register("heard", "h-1");
        register("asked", "a-1");
        ConfigurableApplicationContext context = consumer();
        DiscoveryClient discovery = context.getBean(DiscoveryClient.class);
        CompletableFuture<List<ServiceInstance>> found = new CompletableFuture<>();
        context.addApplicationListener((ApplicationListener<HeartbeatEvent>)
                event -> found.completeAsync(() -> discovery.getInstances("asked"), Runnable::run));
        assertThat(discovery.getInstances("heard")).hasSize(1);
        assertThat(found.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)).hasSize(1);
    }

    @Test
    void whatIsNoLongerFollowedIsNotWatched() {
        ConfigurableApplicationContext context =
                consumer("spring.cloud.zookeeper.discovery.catalog.max-subscriptions=2");
        for (int i = 0; i < 20; i++) {
            assertThat(context.getBean(DiscoveryClient.class).getInstances("passing-" + i))
                    .isEmpty();
        }
        long session = context.getBean(ZkConnectionMonitor.class).current().sessionId();
        await().until(() -> server.watchCount(session) <= 2);
    }
}
