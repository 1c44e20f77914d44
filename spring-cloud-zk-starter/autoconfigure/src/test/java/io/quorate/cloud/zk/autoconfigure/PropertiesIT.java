package io.quorate.cloud.zk.autoconfigure;

import static io.quorate.cloud.zk.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.cloud.zk.ZkConnectionMonitor;
import io.quorate.cloud.zk.actuate.ZkHealthIndicator;
import io.quorate.cloud.zk.application.TestApplication;
import io.quorate.cloud.zk.discovery.CatalogUnavailableException;
import io.quorate.cloud.zk.discovery.ServiceCatalog;
import io.quorate.cloud.zk.registry.RegistrationState;
import io.quorate.cloud.zk.registry.ZkRegistration;
import io.quorate.cloud.zk.registry.ZkServiceRegistry;
import io.quorate.cloud.zk.test.ZkServer;
import io.quorate.cloud.zk.test.ZkTest;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.contributor.Status;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Properties whose effect shows with a server. */
@ZkTest
final class PropertiesIT {

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
        await().until(() -> children("/team/svc/own") == 1);
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
    void withTheWebServerAnApplicationIsRegisteredBeforeItsRunnersRun() throws Exception {
        try (ConfigurableApplicationContext context = TestApplication.named("early")
                .source(Running.class)
                .with(DISCOVERY + "register-on=web-server")
                .start()) {
            int port = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
            assertThat(context.getBean(ZkRegistration.class).getPort()).isEqualTo(port);
            assertThat(children("/services/early")).isEqualTo(1);
        }
    }

    /** Its runner fails unless the application is registered. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Running {

        @Bean
        ApplicationRunner runner(ZkServiceRegistry registry) {
            return arguments -> {
                // What is to be registered is known by now, or not before the runners have run.
                assertThat(registry.statuses()).hasSize(1);
                await().until(() -> registry.statuses().get(0).state() == RegistrationState.REGISTERED);
            };
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMissingChrootIsCreatedOrLeftAsItIs(boolean ensured) throws Exception {
        String chroot = "/deep/" + ensured;
        try (ConfigurableApplicationContext context = TestApplication.named("inside")
                .consumerOnly()
                .with(
                        "spring.cloud.zookeeper.connect-string=" + server.connectString() + chroot,
                        "spring.cloud.zookeeper.ensure-chroot=" + ensured)
                .start()) {
            ZkConnectionMonitor monitor = context.getBean(ZkConnectionMonitor.class);
            await().until(() -> monitor.current().connected());
            await().until(() -> server.client().checkExists().forPath(chroot) != null == ensured);
        }
    }

    @Test
    void healthWaitsAsLongAsItIsTold() {
        try (ConfigurableApplicationContext context = TestApplication.named("patient")
                .consumerOnly()
                .with("spring.cloud.zookeeper.session-timeout=60s", "spring.cloud.zookeeper.health.timeout=37ms")
                .start()) {
            ZkHealthIndicator health = context.getBean(ZkHealthIndicator.class);
            await().until(() -> health.health().getStatus().equals(Status.UP));
            server.pause();
            try {
                assertThat(health.health().getDetails()).containsEntry("problem", "no answer within 37 ms");
            } finally {
                server.resume();
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
            await().until(() -> catalog.status().instances().isEmpty());
            assertThat(discovery.getInstances("known")).hasSize(1);
            server.stop();
            ZkConnectionMonitor monitor = context.getBean(ZkConnectionMonitor.class);
            await().until(() -> !monitor.current().connected());
            assertThatThrownBy(() -> discovery.getInstances("known")).isInstanceOf(CatalogUnavailableException.class);
        } finally {
            server.start();
        }
    }

    private static byte[] instance(String status) {
        return """
                {"name":"known","id":"%s","address":"h","port":1,"payload":{"metadata":{"instance_status":"%s"}}}
                """.formatted(status, status).getBytes();
    }
}
