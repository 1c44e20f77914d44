package io.quorate.runtime.proof;

import static io.quorate.runtime.proof.CuratorFixture.PATIENCE_SECONDS;
import static io.quorate.runtime.proof.CuratorFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.barriers.DistributedBarrier;
import org.apache.curator.framework.recipes.barriers.DistributedDoubleBarrier;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.leader.LeaderSelector;
import org.apache.curator.framework.recipes.leader.LeaderSelectorListenerAdapter;
import org.apache.curator.framework.recipes.nodes.GroupMember;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Leaders, barriers and groups, whose members lose their sessions. */
final class CuratorElectionTest {

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
    void leaderLatch() throws Exception {
        try (LeaderLatch first = new LeaderLatch(one, "/latch", "first");
                LeaderLatch second = new LeaderLatch(two, "/latch", "second")) {
            first.start();
            assertThat(first.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            second.start();
            until("both take part", () -> first.getParticipants().size() == 2);

            fixture.loseSession(one);

            assertThat(second.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            until("the first knows that it leads no more", () -> !first.hasLeadership());
            until("the first takes part again", () -> second.getParticipants().size() == 2);
            fixture.loseSession(two);
            assertThat(first.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Leads until it is interrupted, which is what losing the session does. */
    private static final class UntilInterrupted extends LeaderSelectorListenerAdapter {

        private final CountDownLatch leading = new CountDownLatch(1);
        private final CountDownLatch interrupted = new CountDownLatch(1);

        @Override
        public void takeLeadership(CuratorFramework client) throws InterruptedException {
            leading.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                interrupted.countDown();
            }
        }
    }

    @Test
    void leaderSelector() throws Exception {
        UntilInterrupted firstLeads = new UntilInterrupted();
        UntilInterrupted secondLeads = new UntilInterrupted();
        try (LeaderSelector first = new LeaderSelector(one, "/selector", firstLeads);
                LeaderSelector second = new LeaderSelector(two, "/selector", secondLeads)) {
            first.start();
            assertThat(firstLeads.leading.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
            second.start();
            until("both take part", () -> first.getParticipants().size() == 2);

            fixture.loseSession(one);

            assertThat(firstLeads.interrupted.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
            assertThat(secondLeads.leading.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    @Test
    void barrierOutlivesTheSessionThatSetIt() throws Exception {
        DistributedBarrier barrier = new DistributedBarrier(one, "/barrier");
        barrier.setBarrier();
        CompletableFuture<Void> passed = onThread(() -> new DistributedBarrier(two, "/barrier").waitOnBarrier());

        fixture.loseSession(one);
        assertThat(passed).isNotDone();
        barrier.removeBarrier();

        passed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void doubleBarrier() throws Exception {
        DistributedDoubleBarrier first = new DistributedDoubleBarrier(one, "/double", 2);
        DistributedDoubleBarrier second = new DistributedDoubleBarrier(two, "/double", 2);
        CompletableFuture<Void> entered = onThread(first::enter);
        until("one has come", () -> two.checkExists().forPath("/double") != null);
        assertThat(second.enter(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        entered.get(PATIENCE_SECONDS, TimeUnit.SECONDS);

        CompletableFuture<Void> left = onThread(second::leave);
        // Who has lost the session has left.
        fixture.loseSession(one);

        left.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void groupMemberJoinsAgain() throws Exception {
        try (GroupMember first = new GroupMember(one, "/group", "first");
                GroupMember second = new GroupMember(two, "/group", "second")) {
            first.start();
            second.start();
            until("both are there", () -> second.getCurrentMembers().size() == 2);
            long created = two.checkExists().forPath("/group/first").getCzxid();

            fixture.loseSession(one);

            until("the first has a new node", () -> {
                org.apache.zookeeper.data.Stat stat = two.checkExists().forPath("/group/first");
                return stat != null && stat.getCzxid() > created;
            });
            until("both are there again", () -> second.getCurrentMembers().size() == 2);
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    private static CompletableFuture<Void> onThread(Step step) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        step.run();
                        ended.complete(null);
                    } catch (Throwable failed) {
                        ended.completeExceptionally(failed);
                    }
                },
                "member");
        thread.setDaemon(true);
        thread.start();
        return ended;
    }
}
