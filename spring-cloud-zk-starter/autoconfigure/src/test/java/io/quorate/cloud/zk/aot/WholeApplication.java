package io.quorate.cloud.zk.aot;

import io.quorate.cloud.zk.discovery.EnableDiscovery;
import io.quorate.cloud.zk.leader.LeaderElections;
import io.quorate.cloud.zk.leader.LeaderOnly;
import io.quorate.cloud.zk.lock.DistributedLocks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.core.SimpleLock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestTemplate;

/** Uses everything that the starter has, as applications do. Its members are found as a part of it. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableDiscovery(watch = "whole")
@EnableScheduling
@EnableConfigurationProperties
public class WholeApplication {

    static final String ROLE = "billing";

    public static void main(String[] arguments) {
        SpringApplication.run(WholeApplication.class, arguments);
    }

    @Bean
    @LoadBalanced
    RestTemplate balanced() {
        return new RestTemplate();
    }

    /** A bean of this name, since the starter takes classes of properties in its own packages for its own. */
    @Bean
    @ConfigurationProperties("greeting")
    Greeting greeting() {
        return new Greeting();
    }

    @Bean
    Job job() {
        return new Job();
    }

    /** Bound again by a refresh. */
    public static class Greeting {

        private volatile String text = "none";

        public String getText() {
            return text;
        }

        public void setText(String text) {
            this.text = text;
        }
    }

    /** Runs where this application leads. */
    static class Job {

        private final AtomicInteger runs = new AtomicInteger();

        @LeaderOnly(ROLE)
        @Scheduled(fixedDelay = 50)
        void run() {
            runs.incrementAndGet();
        }

        int runs() {
            return runs.get();
        }
    }

    /** What it knows of others, and what others ask it. */
    @RestController
    static class Finding {

        private final DiscoveryClient discovery;
        private final RestTemplate balanced;
        private final Greeting greeting;

        Finding(DiscoveryClient discovery, RestTemplate balanced, Greeting greeting) {
            this.discovery = discovery;
            this.balanced = balanced;
            this.greeting = greeting;
        }

        @GetMapping("/greeting")
        String greeting() {
            return greeting.getText();
        }

        @GetMapping("/instances/{service}")
        List<String> instances(@PathVariable("service") String service) {
            return discovery.getInstances(service).stream()
                    .map(ServiceInstance::getInstanceId)
                    .toList();
        }

        @GetMapping("/call/{service}")
        String call(@PathVariable("service") String service) {
            return String.valueOf(balanced.getForObject("http://" + service + "/greeting", String.class));
        }
    }

    /** Leadership and locks. */
    @RestController
    static class Coordinating {

        private static final Duration LONG = Duration.ofMinutes(1);

        private final LeaderElections elections;
        private final DistributedLocks locks;
        private final LockProvider shedLock;
        private final Job job;

        Coordinating(LeaderElections elections, DistributedLocks locks, LockProvider shedLock, Job job) {
            this.elections = elections;
            this.locks = locks;
            this.shedLock = shedLock;
            this.job = job;
        }

        @GetMapping("/leads")
        boolean leads() {
            return elections.role(ROLE).isLeader() && job.runs() > 0;
        }

        @GetMapping("/locks")
        boolean locks() throws Exception {
            return locks.withLock(
                    "shelf",
                    LONG,
                    () -> shedLock.lock(new LockConfiguration(Instant.now(), "report", LONG, Duration.ZERO))
                            .map(Coordinating::release)
                            .orElse(false));
        }

        private static boolean release(SimpleLock held) {
            held.unlock();
            return true;
        }
    }
}
