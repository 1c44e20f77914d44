package io.quorate.cloud.zk.application;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Starts whole applications in the test's virtual machine, as {@code main} would. */
public final class TestApplication {

    private final Map<String, String> properties = new LinkedHashMap<>();
    private final List<ApplicationListener<?>> listeners = new ArrayList<>();
    private WebApplicationType type = WebApplicationType.SERVLET;
    private Class<?> source = Plain.class;

    private TestApplication(String name) {
        with(
                "spring.application.name=" + name,
                "spring.main.banner-mode=off",
                "spring.docker.compose.enabled=false",
                "server.port=0",
                "server.shutdown=graceful",
                "management.endpoints.web.exposure.include=*",
                "management.endpoint.health.show-details=always",
                "spring.cloud.zookeeper.session-timeout=6000",
                "spring.cloud.zookeeper.connection-timeout=5000",
                "spring.cloud.zookeeper.discovery.catalog.initial-load-timeout=30s",
                "spring.cloud.zookeeper.discovery.instance-host=127.0.0.1",
                "spring.cloud.zookeeper.discovery.deregister-delay=0");
    }

    public static TestApplication named(String name) {
        return new TestApplication(name);
    }

    /** A later value of a key wins. */
    public TestApplication with(String... more) {
        for (String property : more) {
            int equals = property.indexOf('=');
            properties.put(property.substring(0, equals), property.substring(equals + 1));
        }
        return this;
    }

    public TestApplication withoutWeb() {
        type = WebApplicationType.NONE;
        return this;
    }

    public TestApplication consumerOnly() {
        return with("spring.cloud.zookeeper.discovery.register=false").withoutWeb();
    }

    public TestApplication source(Class<?> other) {
        source = other;
        return this;
    }

    /** Hears of the start. */
    public TestApplication listener(ApplicationListener<?> hearing) {
        listeners.add(hearing);
        return this;
    }

    public ConfigurableApplicationContext start() {
        SpringApplication application = new SpringApplication(source);
        application.setWebApplicationType(type);
        application.setRegisterShutdownHook(false);
        application.addListeners(listeners.toArray(ApplicationListener[]::new));
        return application.run(properties.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new));
    }

    /** Nothing but what is configured by itself. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    public static class Plain {}

    /** With something to call. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    public static class Serving {

        @Bean
        Door door() {
            return new Door();
        }

        @Bean
        Endpoints endpoints(Door door) {
            return new Endpoints(door);
        }
    }

    /** Holds requests back until the test lets them go. */
    public static final class Door {

        public final CountDownLatch entered = new CountDownLatch(1);
        public final CountDownLatch open = new CountDownLatch(1);
    }

    /** What can be called. */
    @RestController
    public static class Endpoints {

        private final Door door;

        Endpoints(Door door) {
            this.door = door;
        }

        @GetMapping("/quick")
        String quick() {
            return "done";
        }

        @GetMapping("/slow")
        String slow() throws InterruptedException {
            door.entered.countDown();
            return door.open.await(2, TimeUnit.MINUTES) ? "done" : "held too long";
        }
    }
}
