package io.quorate.cloud.zk.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quorate.cloud.zk.ZkConnectionMonitor;
import io.quorate.cloud.zk.application.TestApplication;
import io.quorate.cloud.zk.discovery.CatalogUnavailableException;
import io.quorate.cloud.zk.discovery.ServiceCatalog;
import io.quorate.cloud.zk.registry.ZkRegistration;
import io.quorate.cloud.zk.registry.ZkServiceRegistry;
import io.quorate.cloud.zk.test.ZkServer;
import io.quorate.cloud.zk.test.ZkTest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Properties whose effect shows with a server. */
@ZkTest
final class PropertiesIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String DISCOVERY = "spring.cloud.zookeeper.discovery.";

    private final ZkServer server;

    PropertiesIT(ZkServer server) {
        this.server = server;
    }

    private int children(String path) throws Exception {
        return server.client().checkExists().forPath(path) == null
                ? 0
                : server.client().getChildren().forPath(path).size();
    }

    @Test
    void anApplicationMayRegisterItselfAndLeavesLikeAnyOther() throws Exception {
        TestApplication application = TestApplication.named("own")
                .withoutWeb()
                .source(Late.class)
                .with(
                        "spring.cloud.zookeeper.namespace=team",
                        DISCOVERY + "root=svc",
                        DISCOVERY + "register-on=manual",
                        DISCOVERY + "follow-readiness=false",
                        DISCOVERY + "instance-port=7001");
        ConfigurableApplicationContext context = application.start();
        ZkRegistration registration = context.getBean(ZkRegistration.class);
        ZkServiceRegistry registry = context.getBean(ZkServiceRegistry.class);
        assertThat(registry.statuses()).isEmpty();
        registry.register(registration);
        await().atMost(SOON).until(() -> children("/team/svc/own") == 1);
        AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
        assertThat(registration.status()).isEqualTo("UP");
        Late.Part late = context.getBean(Late.Part.class);
        context.close();
        assertThat(late.sawRegistrations).as("removed before other parts stop").hasValue(0);
        assertThat(children("/team/svc/own")).isZero();
    }

    /** With a part that stops after web servers do. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Late {

        @Bean
        Part part(ZkServiceRegistry registry) {
            return new Part(registry);
        }

        static final class Part implements SmartLifecycle {

            final AtomicInteger sawRegistrations = new AtomicInteger(-1);
            private final ZkServiceRegistry registry;
            private volatile boolean running;

            Part(ZkServiceRegistry registry) {
                this.registry = registry;
            }

            @Override
            public void start() {
                running = true;
            }

            @Override
            public void stop() {
                running = false;
                sawRegistrations.set(registry.statuses().size());
            }

            @Override
            public boolean isRunning() {
                return running;
            }

            @Override
            public int getPhase() {
                return 0;
            }
        }
    }

    @Test
    void theCatalogForgetsAndServesAsItIsTold() throws Exception {
        server.client().create().creatingParentsIfNeeded().forPath("/services/known/k-1", instance("UP"));
        server.client().create().forPath("/services/known/k-2", instance("OUT_OF_SERVICE"));
        try (ConfigurableApplicationContext context = TestApplication.named("reader")
                .consumerOnly()
                .with(
                        DISCOVERY + "only-up=true",
                        DISCOVERY + "catalog.serve-stale=false",
                        DISCOVERY + "catalog.idle-eviction=3s",
                        DISCOVERY + "catalog.max-subscriptions=2")
                .start()) {
            DiscoveryClient discovery = context.getBean(DiscoveryClient.class);
            ServiceCatalog catalog = context.getBean(ServiceCatalog.class);
            assertThat(discovery.getInstances("known")).hasSize(1);
            assertThat(discovery.getInstances("second")).isEmpty();
            assertThat(discovery.getInstances("third")).isEmpty();
            assertThat(catalog.status().instances()).hasSizeLessThanOrEqualTo(2);
            await().atMost(SOON).until(() -> catalog.status().instances().isEmpty());
            assertThat(discovery.getInstances("known")).hasSize(1);
            server.stop();
            ZkConnectionMonitor monitor = context.getBean(ZkConnectionMonitor.class);
            await().atMost(SOON).until(() -> !monitor.current().connected());
            assertThatThrownBy(() -> discovery.getInstances("known")).isInstanceOf(CatalogUnavailableException.class);
            server.start();
        }
    }

    private static byte[] instance(String status) {
        return """
                {"name":"known","id":"%s","address":"h","port":1,"payload":{"metadata":{"instance_status":"%s"}}}
                """.formatted(status, status).getBytes();
    }
}
