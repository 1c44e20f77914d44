package io.quorate.cloud.zk.lock.shedlock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.cloud.zk.test.ZkServer;
import io.quorate.cloud.zk.test.ZkTest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.javacrumbs.shedlock.core.ClockProvider;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.SimpleLock;
import net.javacrumbs.shedlock.support.LockException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What ShedLock expects of a provider, in ShedLock's own time. */
@ZkTest
class ZkShedLockProviderIT {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ZkServer server;
    private final ZkShedLockProvider provider;
    private String name = "";

    ZkShedLockProviderIT(ZkServer server) {
        this.server = server;
        this.provider = new ZkShedLockProvider(server.client(), "/shedlock");
    }

    @BeforeEach
    void begin() {
        name = "job-" + System.nanoTime();
        timeIs(START);
    }

    @AfterEach
    void realTime() {
        ClockProvider.setClock(Clock.systemUTC());
    }

    private static void timeIs(Instant instant) {
        ClockProvider.setClock(Clock.fixed(instant, ZoneOffset.UTC));
    }

    private Optional<SimpleLock> lock(Duration atMost, Duration atLeast) {
        return lock(provider, atMost, atLeast);
    }

    private Optional<SimpleLock> lock(ZkShedLockProvider by, Duration atMost, Duration atLeast) {
        return by.lock(new LockConfiguration(ClockProvider.now(), name, atMost, atLeast));
    }

    private Optional<SimpleLock> lock() {
        return lock(MINUTE, Duration.ZERO);
    }

    private String content() throws Exception {
        return new String(server.client().getData().forPath("/shedlock/" + name), StandardCharsets.UTF_8);
    }

    private Instant lockedUntil() throws Exception {
        return Instant.parse(content());
    }

    /** Locks end less than a millisecond earlier than asked. */
    private void assertLockedUntil(Instant instant) throws Exception {
        assertThat(lockedUntil()).isBefore(instant).isAfter(instant.minusMillis(1));
    }

    @Test
    void locksUntilItIsGivenBack() throws Exception {
        SimpleLock lock = lock().orElseThrow();
        assertLockedUntil(START.plus(MINUTE));
        assertThat(lock()).isEmpty();

        lock.unlock();

        assertThat(content()).isEqualTo("2026-01-01T00:00:00.000Z");
        assertThat(lock()).isPresent();
    }

    @Test
    void locksUntilItsTimeIsOver() {
        assertThat(lock()).isPresent();

        timeIs(START.plus(MINUTE).minusMillis(1));
        assertThat(lock()).isEmpty();
        timeIs(START.plus(MINUTE));
        assertThat(lock()).isPresent();
    }

    @Test
    void keepsItForAtLeastAsLongAsAsked() {
        lock(MINUTE, Duration.ofSeconds(10)).orElseThrow().unlock();

        assertThat(lock()).isEmpty();
        timeIs(START.plusSeconds(10));
        assertThat(lock()).isPresent();
    }

    @Test
    void isExtended() throws Exception {
        SimpleLock lock = lock().orElseThrow();
        timeIs(START.plusSeconds(30));

        SimpleLock extended = lock.extend(MINUTE, Duration.ZERO).orElseThrow();

        assertLockedUntil(START.plusSeconds(90));
        assertThatThrownBy(lock::unlock).isInstanceOf(IllegalStateException.class);
        extended.unlock();
        assertThat(lock()).isPresent();
    }

    @Test
    void whoeverComesTooLateFreesAndExtendsNothing() throws Exception {
        SimpleLock late = lock().orElseThrow();
        timeIs(START.plus(MINUTE));
        SimpleLock next = lock().orElseThrow();
        String held = content();

        late.unlock();

        assertThat(content()).isEqualTo(held);
        assertThat(lock()).isEmpty();
        assertThatThrownBy(late::unlock).isInstanceOf(IllegalStateException.class);
        next.unlock();
    }

    @Test
    void whoeverComesTooLateCannotExtend() {
        SimpleLock late = lock().orElseThrow();
        timeIs(START.plus(MINUTE));
        assertThat(lock()).isPresent();

        assertThat(late.extend(MINUTE, Duration.ZERO)).isEmpty();
    }

    @Test
    void whatItDoesNotUnderstandIsLocked() throws Exception {
        server.client().create().creatingParentsIfNeeded().forPath("/shedlock/" + name, new byte[0]);
        assertThat(lock()).isEmpty();
        server.client().setData().forPath("/shedlock/" + name, "yesterday".getBytes(StandardCharsets.UTF_8));
        assertThat(lock()).isEmpty();
        server.client()
                .setData()
                .forPath("/shedlock/" + name, "2025-12-31T23:59:59.999Z".getBytes(StandardCharsets.UTF_8));
        assertThat(lock()).isPresent();
    }

    @Test
    void oneOfManyGetsIt() throws Exception {
        lock().orElseThrow().unlock();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> attempts = new ArrayList<>();
            for (int attempt = 0; attempt < 40; attempt++) {
                attempts.add(threads.submit(() -> lock().isPresent()));
            }
            int acquired = 0;
            for (Future<Boolean> attempt : attempts) {
                acquired += attempt.get(20, TimeUnit.SECONDS) ? 1 : 0;
            }
            assertThat(acquired).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void saysWhichNodeIsWrong() {
        name = "a//b";

        assertThatThrownBy(this::lock).isInstanceOf(LockException.class).hasMessageContaining("/shedlock/a//b");
    }

    @Test
    void whatHasRunOutIsNotExtended() throws Exception {
        SimpleLock lock = lock().orElseThrow();
        String content = content();
        timeIs(START.plus(MINUTE));

        assertThat(lock.extend(MINUTE, Duration.ZERO)).isEmpty();

        assertThat(content()).isEqualTo(content);
        assertThat(lock()).isPresent();
    }

    @Test
    void aNodeWithoutContentIsLocked() throws Exception {
        lock().orElseThrow().unlock();
        server.client().getZookeeperClient().getZooKeeper().setData("/shedlock/" + name, null, -1);

        assertThat(lock()).isEmpty();
    }
}
