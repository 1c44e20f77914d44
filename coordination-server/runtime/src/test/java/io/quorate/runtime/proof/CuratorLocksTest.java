package io.quorate.runtime.proof;

import static io.quorate.runtime.proof.CuratorFixture.PATIENCE_SECONDS;
import static io.quorate.runtime.proof.CuratorFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.locks.InterProcessMutex;
import org.apache.curator.framework.recipes.locks.InterProcessReadWriteLock;
import org.apache.curator.framework.recipes.locks.InterProcessSemaphoreV2;
import org.apache.curator.framework.recipes.locks.Lease;
import org.apache.curator.framework.state.ConnectionState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Locks change hands when their holder's session is lost, and only then. */
final class CuratorLocksTest {

    @TempDir
    Path directory;

    private CuratorFixture fixture;
    private CuratorFramework one;
    private CuratorFramework two;

    @BeforeEach
    void start() {
        fixture = new CuratorFixture(directory);
        one = fixture.client();
        two = fixture.client();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void mutex() throws Exception {
        CompletableFuture<Void> lost = new CompletableFuture<>();
        one.getConnectionStateListenable().addListener((client, state) -> {
            if (state == ConnectionState.LOST) {
                lost.complete(null);
            }
        });
        InterProcessMutex first = new InterProcessMutex(one, "/mutex");
        InterProcessMutex second = new InterProcessMutex(two, "/mutex");
        first.acquire();
        assertThat(second.acquire(50, TimeUnit.MILLISECONDS)).isFalse();

        fixture.loseSession(one);

        assertThat(second.acquire(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        lost.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        first.release();
        assertThat(first.acquire(50, TimeUnit.MILLISECONDS))
                .as("it is taken now")
                .isFalse();
        second.release();
        assertThat(first.acquire(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        first.release();
        until("nobody waits", () -> one.getChildren().forPath("/mutex").isEmpty());
    }

    @Test
    void readWriteLock() throws Exception {
        InterProcessReadWriteLock first = new InterProcessReadWriteLock(one, "/rw");
        InterProcessReadWriteLock second = new InterProcessReadWriteLock(two, "/rw");
        first.readLock().acquire();
        assertThat(second.readLock().acquire(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("readers share")
                .isTrue();
        second.readLock().release();
        assertThat(second.writeLock().acquire(50, TimeUnit.MILLISECONDS)).isFalse();

        fixture.loseSession(one);

        assertThat(second.writeLock().acquire(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .isTrue();
        assertThat(second.readLock().acquire(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("a writer may read")
                .isTrue();
        second.readLock().release();
        second.writeLock().release();
    }

    @Test
    void semaphore() throws Exception {
        InterProcessSemaphoreV2 first = new InterProcessSemaphoreV2(one, "/semaphore", 2);
        InterProcessSemaphoreV2 second = new InterProcessSemaphoreV2(two, "/semaphore", 2);
        Lease held = first.acquire();
        Lease other = second.acquire();
        assertThat(second.acquire(50, TimeUnit.MILLISECONDS)).isNull();

        fixture.loseSession(one);

        Lease freed = second.acquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(freed).isNotNull();
        second.returnLease(freed);
        second.returnLease(other);
        first.returnLease(held);
        until("all leases are back", () -> second.getParticipantNodes().isEmpty());
    }
}
