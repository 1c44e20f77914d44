package io.quorate.cloud.zk.lock.shedlock;

import static io.quorate.cloud.zk.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.cloud.zk.Patience;
import io.quorate.cloud.zk.test.ZkRoute;
import io.quorate.cloud.zk.test.ZkServer;
import io.quorate.cloud.zk.test.ZkTest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.javacrumbs.shedlock.core.ClockProvider;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.SimpleLock;
import net.javacrumbs.shedlock.support.LockException;
import org.apache.curator.RetryPolicy;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.retry.RetryNTimes;
import org.apache.zookeeper.ZooDefs.OpCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What becomes of a lock when the server has written its node, and the connection goes before it says so. */
@ZkTest
@ExtendWith(OutputCaptureExtension.class)
final class LostAnswersIT {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final RetryPolicy PATIENTLY = new RetryNTimes(100, 50);
    private static final RetryPolicy NEVER = (count, elapsed, sleeper) -> false;

    private final ZkServer server;
    private final ZkShedLockProvider others;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private String name = "";

    LostAnswersIT(ZkServer server) {
        this.server = server;
        this.others = new ZkShedLockProvider(server.client(), "/shedlock");
    }

    @BeforeEach
    void begin() throws Exception {
        // So that the only create is that of the lock.
        server.client().create().orSetData().forPath("/shedlock");
        name = "job-" + System.nanoTime();
        timeIs(START);
    }

    @AfterEach
    void end() {
        ClockProvider.setClock(Clock.systemUTC());
        thread.shutdownNow();
    }

    private static void timeIs(Instant instant) {
        ClockProvider.setClock(Clock.fixed(instant, ZoneOffset.UTC));
    }

    private Optional<SimpleLock> lock(ZkShedLockProvider by) {
        return by.lock(new LockConfiguration(ClockProvider.now(), name, MINUTE, Duration.ZERO));
    }

    private Instant lockedUntil() throws Exception {
        byte[] content = server.client().getData().forPath("/shedlock/" + name);
        return Instant.parse(new String(content, StandardCharsets.UTF_8));
    }

    private boolean isLocked() throws Exception {
        return server.client().checkExists().forPath("/shedlock/" + name) != null
                && lockedUntil().isAfter(START.plus(MINUTE).minusMillis(1));
    }

    /** One that reaches the server over a way of its own. */
    private final class Member implements AutoCloseable {

        private final ZkRoute route = server.route();
        private final CuratorFramework client;
        private final ZkShedLockProvider provider;
        private final CountDownLatch back = new CountDownLatch(1);

        Member(RetryPolicy retries) {
            client = CuratorFrameworkFactory.builder()
                    .connectString(route.connectString())
                    .sessionTimeoutMs(10_000)
                    .retryPolicy(retries)
                    .ensembleTracker(false)
                    .build();
            client.getConnectionStateListenable().addListener((same, state) -> {
                if (state == ConnectionState.RECONNECTED) {
                    back.countDown();
                }
            });
            client.start();
            provider = new ZkShedLockProvider(client, "/shedlock");
            await().until(() -> client.getZookeeperClient().isConnected());
        }

        /** Waits for the next connection: requests know sooner than the client that the one before is gone. */
        void awaitBack() throws InterruptedException {
            assertThat(back.await(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }

        /** Begins to lock, and returns when the server has done so and has not been able to say it. */
        Future<Optional<SimpleLock>> lockUnheard() {
            route.loseAnswerTo(OpCode.create, OpCode.create2, OpCode.setData);
            Future<Optional<SimpleLock>> attempt = thread.submit(() -> lock(provider));
            await().until(LostAnswersIT.this::isLocked);
            return attempt;
        }

        @Override
        public void close() {
            client.close();
            route.close();
        }
    }

    private static <T> T result(Future<T> future) throws Exception {
        return future.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void whoeverHasCreatedTheNodeHoldsTheLock() throws Exception {
        try (Member member = new Member(PATIENTLY)) {
            Future<Optional<SimpleLock>> attempt = member.lockUnheard();
            member.route.cut();
            SimpleLock lock = result(attempt).orElseThrow();
            assertThat(lock(others)).isEmpty();
            lock.unlock();
            assertThat(lock(others)).isPresent();
        }
    }

    @Test
    void whoeverHasWrittenTheNodeHoldsTheLock() throws Exception {
        lock(others).orElseThrow().unlock();
        try (Member member = new Member(PATIENTLY)) {
            Future<Optional<SimpleLock>> attempt = member.lockUnheard();
            member.route.cut();
            SimpleLock lock = result(attempt).orElseThrow();
            assertThat(lock(others)).isEmpty();
            lock.unlock();
            assertThat(lock(others)).isPresent();
        }
    }

    @Test
    void whatRunsOutMeanwhileIsNotHeld() throws Exception {
        lock(others).orElseThrow().unlock();
        try (Member member = new Member(PATIENTLY)) {
            Future<Optional<SimpleLock>> attempt = member.lockUnheard();
            timeIs(START.plus(MINUTE));
            member.route.cut();
            assertThat(result(attempt)).isEmpty();
            assertThat(lock(others)).isPresent();
        }
    }

    @Test
    void whatSomebodyElseHasTakenMeanwhileIsTheirs() throws Exception {
        lock(others).orElseThrow().unlock();
        try (Member member = new Member(PATIENTLY)) {
            Future<Optional<SimpleLock>> attempt = member.lockUnheard();
            timeIs(START.plus(MINUTE));
            SimpleLock theirs = lock(others).orElseThrow();
            timeIs(START);
            Instant until = lockedUntil();
            member.route.cut();
            assertThat(result(attempt)).isEmpty();
            assertThat(lockedUntil()).isEqualTo(until);
            theirs.unlock();
        }
    }

    @Test
    void whoeverNeverLearnsItTakesTheLockNextTime() throws Exception {
        try (Member member = new Member(NEVER)) {
            Future<Optional<SimpleLock>> attempt = member.lockUnheard();
            member.route.cut();
            assertThatThrownBy(() -> result(attempt))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(LockException.class);
            assertThat(lock(others)).isEmpty();
            member.awaitBack();
            lock(member.provider).orElseThrow().unlock();
            assertThat(lock(others)).isPresent();
        }
    }

    @Test
    void anExtensionThatIsNeverHeardOfEndsWithTheLock(CapturedOutput output) throws Exception {
        try (Member member = new Member(NEVER)) {
            SimpleLock lock = lock(member.provider).orElseThrow();
            Instant before = lockedUntil();
            member.route.loseAnswerTo(OpCode.setData);
            Future<?> extending = thread.submit(() -> lock.extend(MINUTE.multipliedBy(2), Duration.ZERO));
            await().until(() -> lockedUntil().isAfter(before));
            member.route.cut();
            assertThatThrownBy(() -> result(extending))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(LockException.class);
            assertThat(lock(others)).isEmpty();
            member.awaitBack();
            lock.extend(MINUTE.multipliedBy(3), Duration.ZERO).orElseThrow().unlock();
            assertThat(output).doesNotContain("after lockAtMostFor");
            assertThat(lock(others)).isPresent();
        }
    }

    @Test
    void whoeverHasGivenItBackIsNotToldOtherwise(CapturedOutput output) throws Exception {
        try (Member member = new Member(PATIENTLY)) {
            SimpleLock lock = lock(member.provider).orElseThrow();
            member.route.loseAnswerTo(OpCode.setData);
            Future<?> unlocking = thread.submit(lock::unlock);
            await().until(() -> !isLocked());
            member.route.cut();
            result(unlocking);
            assertThat(output).doesNotContain("after lockAtMostFor");
            assertThat(lock(others)).isPresent();
        }
    }
}
