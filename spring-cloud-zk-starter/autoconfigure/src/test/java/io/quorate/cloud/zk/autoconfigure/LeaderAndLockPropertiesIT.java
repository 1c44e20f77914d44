package io.quorate.cloud.zk.autoconfigure;

import static io.quorate.cloud.zk.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.cloud.zk.ZkConnection;
import io.quorate.cloud.zk.ZkConnectionMonitor;
import io.quorate.cloud.zk.application.TestApplication;
import io.quorate.cloud.zk.leader.LeaderElection;
import io.quorate.cloud.zk.leader.LeaderElections;
import io.quorate.cloud.zk.leader.LeadershipToken;
import io.quorate.cloud.zk.lock.DistributedLocks;
import io.quorate.cloud.zk.lock.LockHandle;
import io.quorate.cloud.zk.lock.LockNotAcquiredException;
import io.quorate.cloud.zk.test.ZkRoute;
import io.quorate.cloud.zk.test.ZkServer;
import io.quorate.cloud.zk.test.ZkTest;
import java.time.Duration;
import java.util.Optional;
import net.javacrumbs.shedlock.core.ClockProvider;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockProvider;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ConfigurableApplicationContext;

/** Properties of leadership and locks, each with a value that is not its default and the effect of that. */
@ZkTest
final class LeaderAndLockPropertiesIT {

    private static final String ZOOKEEPER = "spring.cloud.zookeeper.";

    private final ZkServer server;

    LeaderAndLockPropertiesIT(ZkServer server) {
        this.server = server;
    }

    private static ConfigurableApplicationContext start(String... properties) {
        return TestApplication.named("one")
                .consumerOnly()
                .with(ZOOKEEPER + "leader.roles=billing")
                .with(properties)
                .start();
    }

    private static LeaderElection leading(ConfigurableApplicationContext context) {
        LeaderElection election = context.getBean(LeaderElections.class).role("billing");
        await().until(election::isLeader);
        return election;
    }

    /** Of a leadership, which it waits for: on a busy machine connections are lost for moments. */
    private static LeadershipToken token(LeaderElection election) {
        return await().until(election::token, Optional::isPresent).orElseThrow();
    }

    private boolean exists(String path) throws Exception {
        return server.client().checkExists().forPath(path) != null;
    }

    @Test
    void queuesLieBelowTheRootsThatTheySay() throws Exception {
        try (ConfigurableApplicationContext context = start(
                ZOOKEEPER + "namespace=team",
                ZOOKEEPER + "leader.root=/chiefs",
                ZOOKEEPER + "lock.root=/held",
                ZOOKEEPER + "shedlock.root=/jobs")) {
            SoftAssertions below = new SoftAssertions();
            LeaderElection election = leading(context);
            String path = token(election).path();
            below.assertThat(path).startsWith("/chiefs/billing/");
            below.assertThat(exists("/team" + path)).isTrue();
            below.assertThat(election.<Integer>inLeadership(
                            fence -> fence.commit().size()))
                    .isZero();

            try (LockHandle lock = context.getBean(DistributedLocks.class).acquire("a")) {
                below.assertThat(lock.isValid()).isTrue();
                below.assertThat(exists("/team/held/a")).isTrue();
            }

            LockConfiguration job =
                    new LockConfiguration(ClockProvider.now(), "job", Duration.ofMinutes(1), Duration.ZERO);
            below.assertThat(context.getBean(LockProvider.class).lock(job)).isPresent();
            below.assertThat(exists("/team/jobs/job")).isTrue();
            below.assertAll();
        }
    }

    @Test
    void aLossAloneEndsALeadershipWhereItIsToldTo() {
        ZkRoute route = server.route();
        try (ConfigurableApplicationContext context = start(
                ZOOKEEPER + "connect-string=" + route.connectString(),
                ZOOKEEPER + "session-timeout=30s",
                ZOOKEEPER + "leader.revoke-on=lost")) {
            LeaderElection election = leading(context);
            LeadershipToken token = token(election);
            ZkConnectionMonitor monitor = context.getBean(ZkConnectionMonitor.class);

            route.close();

            await().until(() -> !monitor.current().connected());
            assertThat(election.token()).contains(token);
            assertThat(monitor.current().status()).isEqualTo(ZkConnection.Status.SUSPENDED);
        }
    }

    @Test
    void refusedTrafficEndsNothingWhereReadinessIsNotFollowed() {
        try (ConfigurableApplicationContext context = start(ZOOKEEPER + "leader.follow-readiness=false")) {
            LeaderElection election = leading(context);
            LeadershipToken token = token(election);

            AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);

            // One that is asked for now shows that others are still stood for.
            await().until(context.getBean(LeaderElections.class).role("shipping")::isLeader);
            assertThat(election.token()).contains(token);
        }
    }

    @Test
    void aLockIsWaitedForAsLongAsTheySay() throws Exception {
        try (ConfigurableApplicationContext context = start(ZOOKEEPER + "lock.default-wait=123ms")) {
            DistributedLocks locks = context.getBean(DistributedLocks.class);
            try (LockHandle held = locks.tryAcquire("b", Duration.ofMinutes(1)).orElseThrow()) {
                assertThatThrownBy(() -> locks.acquire("b"))
                        .isInstanceOf(LockNotAcquiredException.class)
                        .hasMessageContaining(" 123 ms");
                assertThat(held.isValid()).isTrue();
            }
        }
    }
}
