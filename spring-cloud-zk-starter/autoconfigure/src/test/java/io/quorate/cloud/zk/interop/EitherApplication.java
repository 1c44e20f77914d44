package io.quorate.cloud.zk.interop;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;
import org.springframework.cloud.context.config.annotation.RefreshScope;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestTemplate;

/**
 * An application that calls others and is called, and whose configuration is refreshed. Knows neither library: which of
 * them registers it, finds others and reads its configuration is decided by the class path.
 */
public final class EitherApplication {

    private EitherApplication() {}

    public static void main(String[] arguments) {
        start(arguments);
    }

    static ConfigurableApplicationContext start(String... arguments) {
        SpringApplication application = new SpringApplication(Beans.class);
        application.setRegisterShutdownHook(false);
        Map<String, Object> defaults = new LinkedHashMap<>();
        defaults.put("server.port", "0");
        defaults.put("spring.main.banner-mode", "off");
        defaults.put("spring.config.import", "zookeeper:");
        defaults.put("spring.cloud.zookeeper.session-timeout", "6000");
        defaults.put("spring.cloud.zookeeper.discovery.instance-host", "127.0.0.1");
        defaults.put("spring.cloud.zookeeper.discovery.catalog.initial-load-timeout", "30s");
        defaults.put("spring.cloud.zookeeper.discovery.deregister-delay", "0");
        // What the framework keeps for a while by itself would hide when a library sees a change.
        defaults.put("spring.cloud.loadbalancer.cache.enabled", "false");
        application.setDefaultProperties(defaults);
        return application.run(arguments);
    }

    /** One instance as a client of the framework sees it. */
    static Map<String, Object> seen(ServiceInstance instance) {
        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put("id", instance.getInstanceId());
        seen.put("service", instance.getServiceId());
        seen.put("host", instance.getHost());
        seen.put("port", instance.getPort());
        seen.put("secure", instance.isSecure());
        seen.put("uri", instance.getUri().toString());
        seen.put("metadata", new TreeMap<>(instance.getMetadata()));
        return seen;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Beans {

        @Bean
        @LoadBalanced
        RestTemplate balanced() {
            return new RestTemplate();
        }

        @Bean
        @RefreshScope
        Greeting greeting(@Value("${greeting:none}") String text) {
            return new Greeting(text);
        }

        @Bean
        Endpoints endpoints(
                @Value("${spring.application.name}") String name,
                DiscoveryClient discovery,
                RestTemplate balanced,
                Greeting greeting,
                ObjectProvider<ServiceRegistry<?>> registry,
                ObjectProvider<Registration> registration) {
            return new Endpoints(name, discovery, balanced, greeting, registry, registration);
        }
    }

    /** Made anew by a refresh. */
    static class Greeting {

        private final String text;

        Greeting(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /** What others ask it. */
    @RestController
    static class Endpoints {

        private final String name;
        private final DiscoveryClient discovery;
        private final RestTemplate balanced;
        private final Greeting greeting;
        private final ObjectProvider<ServiceRegistry<?>> registry;
        private final ObjectProvider<Registration> registration;

        Endpoints(
                String name,
                DiscoveryClient discovery,
                RestTemplate balanced,
                Greeting greeting,
                ObjectProvider<ServiceRegistry<?>> registry,
                ObjectProvider<Registration> registration) {
            this.name = name;
            this.discovery = discovery;
            this.balanced = balanced;
            this.greeting = greeting;
            this.registry = registry;
            this.registration = registration;
        }

        @GetMapping("/name")
        String name() {
            return name;
        }

        @GetMapping("/greeting")
        String greeting() {
            return greeting.text();
        }

        @GetMapping("/instances/{service}")
        List<Map<String, Object>> instances(@PathVariable("service") String service) {
            return discovery.getInstances(service).stream()
                    .map(EitherApplication::seen)
                    .toList();
        }

        /** What the other service says its name is, or why it was not called. */
        @GetMapping("/call/{service}")
        String call(@PathVariable("service") String service) {
            try {
                return String.valueOf(balanced.getForObject("http://" + service + "/name", String.class));
            } catch (IllegalStateException nobody) {
                return "nobody: " + nobody.getMessage();
            }
        }

        @PostMapping("/status/{status}")
        void status(@PathVariable("status") String status) {
            set(registry.getObject(), registration.getObject(), status);
        }

        @SuppressWarnings("unchecked")
        private static <R extends Registration> void set(ServiceRegistry<R> registry, Registration own, String status) {
            registry.setStatus((R) own, status);
        }
    }
}
