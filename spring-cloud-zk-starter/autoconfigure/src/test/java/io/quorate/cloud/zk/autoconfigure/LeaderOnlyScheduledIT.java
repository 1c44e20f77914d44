package io.quorate.cloud.zk.autoconfigure;

import static io.quorate.cloud.zk.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.cloud.zk.leader.LeaderElection;
import io.quorate.cloud.zk.leader.LeaderElections;
import io.quorate.cloud.zk.leader.LeaderOnly;
import io.quorate.cloud.zk.leader.LeaderOnlyPostProcessor;
import io.quorate.cloud.zk.leader.LeadershipRevokedEvent;
import io.quorate.cloud.zk.leader.LeadershipToken;
import io.quorate.cloud.zk.test.ZkRoute;
import io.quorate.cloud.zk.test.ZkServer;
import io.quorate.cloud.zk.test.ZkTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/** Several applications with one scheduled job, as developers write it. */
@ZkTest
class LeaderOnlyScheduledIT {

    /** One run of the job: where it ran, and under which leadership. */
    private record Run(String application, long epoch) {}

    private static final List<Run> RUNS = new CopyOnWriteArrayList<>();

    /** Of a session that nothing but a test ends, however long the machine lets it wait. */
    private static final String LASTING = "30s";

    private final ZkServer server;
    private final List<ConfigurableApplicationContext> applications = new ArrayList<>();

    LeaderOnlyScheduledIT(ZkServer server) {
        this.server = server;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableScheduling
    static class Application {

        @Bean
        Job job(@Value("${spring.cloud.zookeeper.leader.candidate-id}") String id, LeaderElections elections) {
            return new Job(id, elections);
        }

        @Bean
        DrainWatch drainWatch(LeaderElections elections) {
            return new DrainWatch(elections);
        }
    }

    static class Job {

        private final String id;
        private final LeaderElections elections;

        Job(String id, LeaderElections elections) {
            this.id = id;
            this.elections = elections;
        }

        @LeaderOnly("${job.role:billing}")
        @Scheduled(fixedDelay = 20)
        void run() {
            elections
                    .role("billing")
                    .token()
                    .map(LeadershipToken::epoch)
                    .ifPresent(epoch -> RUNS.add(new Run(id, epoch)));
        }
    }

    /** Where a web server would begin to drain. */
    static final class DrainWatch implements SmartLifecycle {

        private final LeaderElections elections;
        private volatile boolean running;
        private volatile boolean revoked;
        private volatile boolean ledWhenDraining = true;
        private volatile boolean toldBeforeDraining;

        DrainWatch(LeaderElections elections) {
            this.elections = elections;
        }

        @EventListener
        void revoked(LeadershipRevokedEvent event) {
            revoked = true;
        }

        @Override
        public void start() {
            running = true;
        }

        @Override
        public void stop() {
            ledWhenDraining = elections.role("billing").isLeader();
            toldBeforeDraining = revoked;
            running = false;
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public int getPhase() {
            return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
        }
    }

    private ConfigurableApplicationContext start(String id, ZkRoute route, String session) {
        ConfigurableApplicationContext application = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .run(
                        "--spring.cloud.zookeeper.connect-string=" + route.connectString(),
                        "--spring.cloud.zookeeper.session-timeout=" + session,
                        "--spring.cloud.zookeeper.leader.candidate-id=" + id,
                        "--spring.cloud.zookeeper.discovery.enabled=false",
                        "--spring.main.banner-mode=off");
        applications.add(application);
        return application;
    }

    private static LeaderElection election(ConfigurableApplicationContext application) {
        return application.getBean(LeaderElections.class).role("billing");
    }

    @AfterEach
    void stop() {
        applications.forEach(ConfigurableApplicationContext::close);
        RUNS.clear();
    }

    @Test
    void oneApplicationRunsTheJobAndAnotherTakesOver() {
        ZkRoute firstRoute = server.route();
        start("first", firstRoute, "3s");
        await().until(() -> RUNS.size() >= 3);
        ConfigurableApplicationContext second = start("second", server.route(), LASTING);
        start("third", server.route(), LASTING);
        await().until(() -> second.getBean(LeaderOnlyPostProcessor.class).skipped("billing") > 0);

        firstRoute.close();

        await().until(() -> RUNS.stream().anyMatch(run -> !run.application().equals("first")));
        await().until(() ->
                RUNS.stream().filter(run -> !run.application().equals("first")).count() >= 3);
        // Each application's runs are together: nobody ran after another had begun.
        assertThat(RUNS.stream().map(Run::epoch).toList()).isSorted();
        assertThat(RUNS.stream().map(Run::application).distinct()).hasSize(2).startsWith("first");
    }

    @Test
    void takesPartWhileItsApplicationServes() {
        ConfigurableApplicationContext application = start("only", server.route(), LASTING);
        await().until(() -> election(application).isLeader());

        AvailabilityChangeEvent.publish(application, ReadinessState.REFUSING_TRAFFIC);
        await().untilAsserted(
                        () -> assertThat(election(application).participants()).isEmpty());
        assertThat(election(application).isLeader()).isFalse();
        AvailabilityChangeEvent.publish(application, ReadinessState.ACCEPTING_TRAFFIC);
        await().until(() -> election(application).isLeader());

        application.stop();
        assertThat(election(application).isLeader()).isFalse();
        application.start();
        await().until(() -> election(application).isLeader());

        DrainWatch watch = application.getBean(DrainWatch.class);
        watch.revoked = false;
        application.close();
        assertThat(watch.ledWhenDraining).isFalse();
        assertThat(watch.toldBeforeDraining).isTrue();
    }
}
