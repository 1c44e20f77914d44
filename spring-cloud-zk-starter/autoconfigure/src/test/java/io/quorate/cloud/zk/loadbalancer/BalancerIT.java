package io.quorate.cloud.zk.loadbalancer;

import static io.quorate.cloud.zk.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.cloud.zk.Patience;
import io.quorate.cloud.zk.application.TestApplication;
import io.quorate.cloud.zk.discovery.InstanceRecord;
import io.quorate.cloud.zk.discovery.PublishedLoad;
import io.quorate.cloud.zk.registry.ZkRegistration;
import io.quorate.cloud.zk.registry.ZkServiceRegistry;
import io.quorate.cloud.zk.test.ZkServer;
import io.quorate.cloud.zk.test.ZkTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.loadbalancer.DefaultRequest;
import org.springframework.cloud.client.loadbalancer.DefaultResponse;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Acceptance checks 12 and 14 to 16, and the balancer by requests. */
@ZkTest
final class BalancerIT {

    private static final int CALLS = 30;

    private final ZkServer server;
    private final List<ConfigurableApplicationContext> open = new ArrayList<>();

    BalancerIT(ZkServer server) {
        this.server = server;
    }

    @AfterEach
    void close() {
        open.forEach(ConfigurableApplicationContext::close);
    }

    private ConfigurableApplicationContext started(TestApplication application) {
        ConfigurableApplicationContext context = application.start();
        open.add(context);
        return context;
    }

    private ConfigurableApplicationContext instance(String service, int port, String... more) {
        return started(TestApplication.named(service)
                .withoutWeb()
                .with("spring.cloud.zookeeper.discovery.instance-port=" + port)
                .with(more));
    }

    /** Ports that the balancer chooses in many calls. */
    private static Set<Integer> chosen(LoadBalancerClient balancer, String service) {
        Set<Integer> ports = new TreeSet<>();
        for (int i = 0; i < CALLS; i++) {
            ServiceInstance instance = balancer.choose(service);
            if (instance != null) {
                ports.add(instance.getPort());
            }
        }
        return ports;
    }

    @Test
    void instancesThatComeGoOrRestTakeEffectAtOnce() {
        ConfigurableApplicationContext first = instance("turn", 7001);
        LoadBalancerClient balancer =
                started(TestApplication.named("caller").consumerOnly()).getBean(LoadBalancerClient.class);
        await().until(() -> chosen(balancer, "turn").equals(Set.of(7001)));
        ConfigurableApplicationContext second = instance("turn", 7002);
        await().until(() -> chosen(balancer, "turn").equals(Set.of(7001, 7002)));
        ZkServiceRegistry registry = first.getBean(ZkServiceRegistry.class);
        registry.setStatus(first.getBean(ZkRegistration.class), InstanceRecord.STATUS_OUT_OF_SERVICE);
        await().until(() -> chosen(balancer, "turn").equals(Set.of(7002)));
        registry.setStatus(first.getBean(ZkRegistration.class), InstanceRecord.STATUS_UP);
        await().until(() -> chosen(balancer, "turn").equals(Set.of(7001, 7002)));
        second.close();
        assertThat(chosen(balancer, "turn"))
                .as("the node went before the context")
                .contains(7001);
        await().until(() -> chosen(balancer, "turn").equals(Set.of(7001)));
    }

    @Test
    void theZoneOfTheCallerIsPreferred() {
        instance("zoned", 7011, "spring.cloud.zookeeper.discovery.metadata.zone=a");
        ConfigurableApplicationContext resting =
                instance("zoned", 7012, "spring.cloud.zookeeper.discovery.metadata.zone=b");
        LoadBalancerClient balancer = started(TestApplication.named("caller")
                        .consumerOnly()
                        .with(
                                "spring.cloud.loadbalancer.configurations=zone-preference",
                                "spring.cloud.loadbalancer.zone=b"))
                .getBean(LoadBalancerClient.class);
        await().until(() -> chosen(balancer, "zoned").equals(Set.of(7012)));
        resting.getBean(ZkServiceRegistry.class)
                .setStatus(resting.getBean(ZkRegistration.class), InstanceRecord.STATUS_OUT_OF_SERVICE);
        await().until(() -> chosen(balancer, "zoned").equals(Set.of(7011)));
    }

    @Test
    void anotherConfigurationOfTheFrameworkIsFilteredAndForgetsToo() {
        ConfigurableApplicationContext first = instance("sticky", 7021);
        instance("sticky", 7022);
        LoadBalancerClient balancer = started(TestApplication.named("caller")
                        .consumerOnly()
                        .with("spring.cloud.loadbalancer.configurations=same-instance-preference"))
                .getBean(LoadBalancerClient.class);
        await().until(() -> chosen(balancer, "sticky").size() == 1);
        first.getBean(ZkServiceRegistry.class)
                .setStatus(first.getBean(ZkRegistration.class), InstanceRecord.STATUS_OUT_OF_SERVICE);
        await().until(() -> chosen(balancer, "sticky").equals(Set.of(7022)));
    }

    @Test
    void theLeastLoadedIsChosenByWhatInstancesPublish() throws Exception {
        String[] publishing = {
            "spring.cloud.zookeeper.discovery.publish-load=true",
            "spring.cloud.zookeeper.discovery.publish-load-interval=100ms"
        };
        ConfigurableApplicationContext busy = started(TestApplication.named("load")
                .source(TestApplication.Serving.class)
                .with(publishing));
        ConfigurableApplicationContext idle = started(TestApplication.named("load")
                .source(TestApplication.Serving.class)
                .with(publishing));
        ConfigurableApplicationContext caller = started(TestApplication.named("caller")
                .consumerOnly()
                .with("spring.cloud.zookeeper.loadbalancer.strategy=least-requests"));
        LoadBalancerClient balancer = caller.getBean(LoadBalancerClient.class);
        DiscoveryClient discovery = caller.getBean(DiscoveryClient.class);
        await().until(() -> discovery.getInstances("load").size() == 2);
        await().until(() -> chosen(balancer, "load").size() == 2);
        CompletableFuture<HttpResponse<String>> held = call(busy, "/slow");
        await().until(() -> loads(discovery).equals(Map.of(port(busy), 1L, port(idle), 0L)));
        assertThat(chosen(balancer, "load")).containsExactly(port(idle));
        busy.getBean(TestApplication.Door.class).open.countDown();
        assertThat(held.get().body()).isEqualTo("done");
        await().until(() -> loads(discovery).equals(Map.of(port(busy), 0L, port(idle), 0L)));
        await().until(() -> chosen(balancer, "load").size() == 2);
    }

    private static Map<Integer, Long> loads(DiscoveryClient discovery) {
        Map<Integer, Long> loads = new HashMap<>();
        discovery
                .getInstances("load")
                .forEach(instance -> PublishedLoad.of(instance).ifPresent(load -> loads.put(instance.getPort(), load)));
        return loads;
    }

    private static int port(ConfigurableApplicationContext context) {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    private static CompletableFuture<HttpResponse<String>> call(ConfigurableApplicationContext context, String path) {
        URI uri = URI.create("http://127.0.0.1:" + port(context) + path);
        return HttpClient.newHttpClient()
                .sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aStopRemovesTheNodeFirstAndLetsRequestsEnd() throws Exception {
        Duration delay = Duration.ofSeconds(1);
        ConfigurableApplicationContext serving = started(TestApplication.named("leaving")
                .source(Leaving.class)
                .with("spring.cloud.zookeeper.discovery.deregister-delay=" + delay.toMillis()));
        ConfigurableApplicationContext caller =
                started(TestApplication.named("caller").consumerOnly());
        DiscoveryClient discovery = caller.getBean(DiscoveryClient.class);
        await().until(() -> discovery.getInstances("leaving").size() == 1);
        CompletableFuture<HttpResponse<String>> held = call(serving, "/slow");
        serving.getBean(TestApplication.Door.class).entered.await();
        Leaving.Exit exit = serving.getBean(Leaving.Exit.class);
        long begun = System.nanoTime();
        CompletableFuture<Void> closed = CompletableFuture.runAsync(serving::close);
        await().until(() -> discovery.getInstances("leaving").isEmpty());
        assertThat(exit.reached.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS) - begun)
                .as("what consumers were given")
                .isGreaterThanOrEqualTo(delay.toNanos());
        assertThat(call(serving, "/quick").get().body()).as("still accepts").isEqualTo("done");
        assertThat(closed).isNotDone();
        exit.open.countDown();
        serving.getBean(TestApplication.Door.class).open.countDown();
        assertThat(held.get().body()).isEqualTo("done");
        closed.get();
        assertThat(server.client().checkExists().forPath("/services/leaving"))
                .satisfiesAnyOf(
                        stat -> assertThat(stat).isNull(),
                        stat -> assertThat(stat.getNumChildren()).isZero());
    }

    /** An application of which a part stands between its registration and its web server when it stops. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Leaving extends TestApplication.Serving {

        @Bean
        Exit exit() {
            return new Exit();
        }

        static final class Exit implements SmartLifecycle {

            final CompletableFuture<Long> reached = new CompletableFuture<>();
            final CountDownLatch open = new CountDownLatch(1);
            private volatile boolean running;

            @Override
            public void start() {
                running = true;
            }

            @Override
            public void stop() {
                reached.complete(System.nanoTime());
                try {
                    if (!open.await(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                        throw new IllegalStateException("the test has not let it go");
                    }
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
                running = false;
            }

            @Override
            public boolean isRunning() {
                return running;
            }

            @Override
            public int getPhase() {
                return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 1;
            }
        }
    }

    @Test
    void aLoadThatCannotBeDrawsNobody() {
        instance("odd", 7031, "spring.cloud.zookeeper.discovery.metadata.requests_in_flight=-7");
        instance("odd", 7032, "spring.cloud.zookeeper.discovery.metadata.requests_in_flight=" + Long.MAX_VALUE);
        instance("odd", 7033, "spring.cloud.zookeeper.discovery.metadata.requests_in_flight=0");
        ConfigurableApplicationContext caller = started(TestApplication.named("caller")
                .consumerOnly()
                .with("spring.cloud.zookeeper.loadbalancer.strategy=least-requests"));
        DiscoveryClient discovery = caller.getBean(DiscoveryClient.class);
        await().until(() -> discovery.getInstances("odd").size() == 3);
        SentRequests sent = caller.getBean(SentRequests.class);
        discovery.getInstances("odd").stream()
                .filter(instance -> instance.getPort() == 7032)
                .forEach(instance -> sent.onStartRequest(new DefaultRequest<>(), new DefaultResponse(instance)));
        assertThat(chosen(caller.getBean(LoadBalancerClient.class), "odd")).containsExactly(7031, 7033);
    }
}
