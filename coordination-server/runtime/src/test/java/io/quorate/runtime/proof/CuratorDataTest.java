package io.quorate.runtime.proof;

import static io.quorate.runtime.proof.CuratorFixture.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.transaction.CuratorTransactionResult;
import org.apache.curator.framework.recipes.atomic.DistributedAtomicLong;
import org.apache.curator.framework.recipes.cache.ChildData;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.apache.curator.framework.recipes.cache.TreeCache;
import org.apache.curator.framework.recipes.queue.SimpleDistributedQueue;
import org.apache.curator.framework.recipes.shared.SharedCount;
import org.apache.curator.framework.recipes.watch.PersistentWatcher;
import org.apache.curator.retry.RetryNTimes;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recipes that keep data, with sessions lost on the way. */
final class CuratorDataTest {

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

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void queue() throws Exception {
        int elements = 200;
        SimpleDistributedQueue producer = new SimpleDistributedQueue(one, "/queue");
        SimpleDistributedQueue consumer = new SimpleDistributedQueue(two, "/queue");
        for (int i = 0; i < elements; i++) {
            producer.offer(bytes("element " + i));
            if (i == elements / 2) {
                fixture.loseSession(one);
            }
        }
        Set<String> taken = new HashSet<>();
        for (byte[] next = consumer.poll(); next != null; next = consumer.poll()) {
            assertThat(taken.add(new String(next, StandardCharsets.UTF_8))).isTrue();
            if (taken.size() == elements / 2) {
                fixture.loseSession(two);
            }
        }
        assertThat(taken).hasSize(elements);
    }

    @Test
    void curatorCache() throws Exception {
        one.create().forPath("/cached", bytes("root"));
        try (CuratorCache cache = CuratorCache.build(two, "/cached")) {
            cache.start();
            one.create().forPath("/cached/a", bytes("1"));
            until("the cache has /a", () -> isCached(cache, "/cached/a", "1"));

            fixture.loseSession(two);
            one.setData().forPath("/cached/a", bytes("2"));
            one.create().creatingParentsIfNeeded().forPath("/cached/b/c", bytes("3"));

            until("the cache has what it missed", () -> isCached(cache, "/cached/a", "2"));
            until("the cache has the new branch", () -> isCached(cache, "/cached/b/c", "3"));
            one.delete().deletingChildrenIfNeeded().forPath("/cached/b");
            until("the cache forgets the branch", () -> cache.get("/cached/b").isEmpty());
            assertThat(cache.stream().map(ChildData::getPath)).containsExactlyInAnyOrder("/cached", "/cached/a");
        }
    }

    private static boolean isCached(CuratorCache cache, String path, String data) {
        return cache.get(path)
                .map(node -> new String(node.getData(), StandardCharsets.UTF_8).equals(data))
                .orElse(false);
    }

    @Test
    @SuppressWarnings("deprecation") // many applications still use it, and it works differently
    void treeCache() throws Exception {
        one.create().creatingParentsIfNeeded().forPath("/tree/a", bytes("1"));
        try (TreeCache cache = new TreeCache(two, "/tree")) {
            cache.start();
            until("the cache has /a", () -> hasData(cache.getCurrentData("/tree/a"), "1"));

            fixture.loseSession(two);
            one.setData().forPath("/tree/a", bytes("2"));
            one.create().forPath("/tree/b", bytes("3"));

            until("the cache has what it missed", () -> hasData(cache.getCurrentData("/tree/a"), "2"));
            until("the cache has the new node", () -> hasData(cache.getCurrentData("/tree/b"), "3"));
            one.delete().forPath("/tree/a");
            until("the cache forgets the node", () -> cache.getCurrentData("/tree/a") == null);
        }
    }

    private static boolean hasData(@Nullable ChildData node, String data) {
        return node != null && new String(node.getData(), StandardCharsets.UTF_8).equals(data);
    }

    @Test
    void persistentWatcher() throws Exception {
        ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
        Watcher watcher = event -> seen.add(event.getType() + " " + event.getPath());
        one.create().forPath("/watched");
        try (PersistentWatcher persistent = new PersistentWatcher(two, "/watched", true)) {
            persistent.getListenable().addListener(watcher);
            persistent.start();
            until("the watch is set", () -> {
                one.setData().forPath("/watched");
                return seen.contains("NodeDataChanged /watched");
            });
            one.create().forPath("/watched/a");
            one.delete().forPath("/watched/a");
            until("the child was seen", () -> seen.contains("NodeDeleted /watched/a"));
            assertThat(seen).containsSubsequence(List.of("NodeCreated /watched/a", "NodeDeleted /watched/a"));

            fixture.loseSession(two);

            until("the watch is set again", () -> {
                one.create().orSetData().forPath("/watched/b");
                one.delete().forPath("/watched/b");
                return seen.contains("NodeDeleted /watched/b");
            });
        }
    }

    @Test
    void transaction() throws Exception {
        one.create().forPath("/account", bytes("10"));
        List<CuratorTransactionResult> results = one.transaction()
                .forOperations(
                        one.transactionOp().check().withVersion(0).forPath("/account"),
                        one.transactionOp().setData().forPath("/account", bytes("9")),
                        one.transactionOp().create().forPath("/receipt", bytes("1")),
                        one.transactionOp().delete().forPath("/receipt"));
        assertThat(results).hasSize(4);
        assertThat(results.get(1).getResultStat().getVersion()).isEqualTo(1);
        assertThat(two.checkExists().forPath("/receipt")).isNull();

        fixture.loseSession(one);

        assertThatThrownBy(() -> one.transaction()
                        .forOperations(
                                one.transactionOp().setData().forPath("/account", bytes("8")),
                                one.transactionOp().check().withVersion(7).forPath("/account")))
                .isInstanceOf(KeeperException.BadVersionException.class);
        assertThat(two.getData().forPath("/account")).asString().isEqualTo("9");
    }

    @Test
    void sharedCount() throws Exception {
        try (SharedCount first = new SharedCount(one, "/count", 1);
                SharedCount second = new SharedCount(two, "/count", 1)) {
            first.start();
            second.start();
            assertThat(first.trySetCount(first.getVersionedValue(), 5)).isTrue();
            until("the other sees it", () -> second.getCount() == 5);

            fixture.loseSession(two);
            assertThat(first.trySetCount(first.getVersionedValue(), 6)).isTrue();

            until("the other sees it with a new session", () -> second.getCount() == 6);
            assertThat(second.trySetCount(second.getVersionedValue(), 7)).isTrue();
            until("the first sees it", () -> first.getCount() == 7);
        }
    }

    @Test
    void atomicLong() throws Exception {
        DistributedAtomicLong first = new DistributedAtomicLong(one, "/long", new RetryNTimes(100, 1));
        DistributedAtomicLong second = new DistributedAtomicLong(two, "/long", new RetryNTimes(100, 1));
        for (int i = 0; i < 20; i++) {
            assertThat(first.increment().succeeded()).isTrue();
            assertThat(second.increment().succeeded()).isTrue();
            if (i == 10) {
                fixture.loseSession(one);
            }
        }
        assertThat(second.get().postValue()).isEqualTo(40);
    }
}
