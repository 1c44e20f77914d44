package io.quorate.core.tree;

import static io.quorate.core.tree.Trees.create;
import static io.quorate.core.tree.Trees.data;
import static io.quorate.core.tree.Trees.delete;
import static io.quorate.core.tree.Trees.path;
import static io.quorate.core.tree.Trees.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.wire.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Client protocol 10.2 to 10.4. */
class QuotaTest {

    private static final String STATS = "/zookeeper/quota/q/zookeeper_stats";
    private static final String LIMITS = "/zookeeper/quota/q/zookeeper_limits";

    private final DataTree tree = Trees.fresh();

    private void quota() {
        create(tree, "/q", 1);
        create(tree, "/q/old", 2);
        create(tree, "/zookeeper/quota/q", 3);
        create(tree, LIMITS, 4);
        set(tree, LIMITS, "count=-1,bytes=-1=;byteHardLimit=100;countHardLimit=3", 5);
        create(tree, STATS, 6);
    }

    @Test
    void creatingTheStatisticsNodeCounts() {
        quota();
        assertThat(data(tree, STATS)).isEqualTo("count=2,bytes=2");
        assertThat(tree.quotaFor(path("/q/deep/er")))
                .isEqualTo(new QuotaView(path("/q"), new QuotaLimits(-1, -1, 3, 100), 2, 2));
        assertThat(tree.quotaFor(path("/q"))).isNotNull();
        assertThat(tree.quotaFor(path("/qq"))).isNull();
        assertThat(tree.quotaFor(path("/"))).isNull();
    }

    @Test
    void everyChangeIsCountedWithoutATrace() {
        quota();
        ZNode before = tree.find(path(STATS));
        create(tree, "/q/a", 7);
        create(tree, "/q/a/b", 8);
        set(tree, "/q/a", "hello", 9);
        create(tree, "/other", 10);
        assertThat(data(tree, STATS)).isEqualTo("count=4,bytes=8");
        delete(tree, "/q/a/b", 11);
        delete(tree, "/q/a/b", 12);
        create(tree, "/q/a", 13);
        assertThat(data(tree, STATS)).isEqualTo("count=3,bytes=7");
        ZNode after = tree.find(path(STATS));
        assertThat(after.stat()).isEqualTo(before.stat());
        assertThat(tree.quotaFor(path("/q")).count()).isEqualTo(3);
        ModelTree.of(tree.freeze()).assertIs(tree);
    }

    @Test
    void onlyTheDeepestCounts() {
        quota();
        create(tree, "/q/in", 7);
        create(tree, "/zookeeper/quota/q/in", 8);
        create(tree, "/zookeeper/quota/q/in/zookeeper_limits", 9);
        create(tree, "/q/in/a", 10);
        assertThat(data(tree, STATS)).isEqualTo("count=3,bytes=3");
        assertThat(tree.quotaFor(path("/q/in"))).isNull();
        create(tree, "/zookeeper/quota/q/in/zookeeper_stats", 11);
        create(tree, "/q/in/b", 12);
        assertThat(data(tree, STATS)).isEqualTo("count=3,bytes=3");
        assertThat(data(tree, "/zookeeper/quota/q/in/zookeeper_stats")).isEqualTo("count=3,bytes=3");
        delete(tree, "/zookeeper/quota/q/in/zookeeper_limits", 13);
        create(tree, "/q/in/c", 14);
        assertThat(data(tree, STATS)).isEqualTo("count=4,bytes=4");
        assertThat(data(tree, "/zookeeper/quota/q/in/zookeeper_stats")).isEqualTo("count=3,bytes=3");
    }

    @Test
    void withoutBothNodesNothingIsLimited() {
        quota();
        delete(tree, STATS, 7);
        create(tree, "/q/a", 8);
        assertThat(tree.quotaFor(path("/q/a"))).isNull();
        create(tree, STATS, 9);
        assertThat(data(tree, STATS)).isEqualTo("count=3,bytes=3");
        assertThat(tree.quotaFor(path("/q/a"))).isNotNull();
        delete(tree, LIMITS, 10);
        create(tree, "/q/b", 11);
        assertThat(data(tree, STATS)).isEqualTo("count=3,bytes=3");
        assertThat(tree.quotaFor(path("/q/a"))).isNull();
    }

    @Test
    void malformedTextsAreNoQuota() {
        quota();
        for (String text :
                List.of("", "nonsense", "count=x", "=", "count=1,bytes=", ";;,", "count=99999999999999999999")) {
            assertThat(set(tree, LIMITS, text, 7)).isEqualTo(ErrorCode.OK);
            assertThat(set(tree, STATS, text, 7)).isEqualTo(ErrorCode.OK);
            assertThat(create(tree, "/q/a", 8)).isEqualTo(ErrorCode.OK);
            assertThat(delete(tree, "/q/a", 9)).isEqualTo(ErrorCode.OK);
        }
        set(tree, LIMITS, "count=x", 10);
        assertThat(tree.quotaFor(path("/q"))).isNull();
        set(tree, LIMITS, "count=5,bytes=", 11);
        assertThat(tree.quotaFor(path("/q")).limits()).isEqualTo(new QuotaLimits(5, -1, -1, -1));
    }

    @Test
    void quotaOfTheRootIsIgnored() {
        assertThat(create(tree, "/zookeeper/quota/zookeeper_limits", 1)).isEqualTo(ErrorCode.OK);
        assertThat(create(tree, "/zookeeper/quota/zookeeper_stats", 2)).isEqualTo(ErrorCode.OK);
        create(tree, "/a", 3);
        assertThat(tree.quotaFor(path("/a"))).isNull();
        assertThat(data(tree, "/zookeeper/quota/zookeeper_stats")).isEqualTo("x");
    }

    @Test
    void missingSubtreeHasNoUsage() {
        create(tree, "/zookeeper/quota/q", 3);
        create(tree, LIMITS, 4);
        create(tree, STATS, 5);
        assertThat(data(tree, STATS)).isEqualTo("count=0,bytes=0");
        create(tree, "/q", 6);
        assertThat(data(tree, STATS)).isEqualTo("count=1,bytes=1");
    }

    @Test
    void loadingCountsAnew() {
        quota();
        TreeLoader loader = new TreeLoader(Trees.KINDS);
        TreeCursor cursor = tree.freeze();
        while (cursor.next()) {
            byte[] data = cursor.path().toString().equals(STATS)
                    ? Trees.bytes("behind")
                    : cursor.node().data();
            loader.node(
                    Slice.ofPath(cursor.path()),
                    Slice.ofNullable(data),
                    -1,
                    cursor.node().stat());
        }
        DataTree loaded = loader.finish(6);
        assertThat(data(loaded, STATS)).isEqualTo("count=2,bytes=2");
        create(loaded, "/q/a", 7);
        assertThat(loaded.quotaFor(path("/q")).count()).isEqualTo(3);
        ModelTree.of(loaded.freeze()).assertIs(loaded);
    }

    @Test
    void quotaOnTheSystemNodesHarmsNothing() {
        create(tree, "/zookeeper/quota/zookeeper", 1);
        create(tree, "/zookeeper/quota/zookeeper/zookeeper_limits", 2);
        create(tree, "/zookeeper/quota/zookeeper/zookeeper_stats", 3);
        quota();
        create(tree, "/q/a", 7);
        assertThat(delete(tree, "/zookeeper/quota/q", 8)).isEqualTo(ErrorCode.OK);
        assertThat(delete(tree, "/zookeeper/quota/zookeeper", 9)).isEqualTo(ErrorCode.OK);
        assertThat(delete(tree, "/zookeeper", 10)).isEqualTo(ErrorCode.OK);
        assertThat(create(tree, "/q/b", 11)).isEqualTo(ErrorCode.OK);
        ModelTree.of(tree.freeze()).assertIs(tree);
    }
}
