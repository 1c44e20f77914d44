package io.quorate.core.tree;

import static io.quorate.core.tree.Trees.at;
import static io.quorate.core.tree.Trees.bytes;
import static io.quorate.core.tree.Trees.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.tree.TreeChange.Kind;
import io.quorate.core.wire.Acl;
import io.quorate.core.wire.ErrorCode;
import io.quorate.core.wire.Stat;
import io.quorate.core.wire.WireReader;
import io.quorate.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DataTreeTest {

    private static final List<Acl> READ = Acl.READ_ONLY;
    private static final List<Acl> SECRET = List.of(new Acl(Acl.ALL, "digest", "me:secret"));

    private final DataTree tree = Trees.fresh();
    private final List<TreeChange> changes = new ArrayList<>();

    /** Client protocol 10.1. */
    @Test
    void freshTree() {
        assertThat(visible("/")).isEqualTo(new Stat(0, 0, 0, 0, 0, -1, 0, 0, 0, 1, 0));
        assertThat(visible("/zookeeper")).isEqualTo(new Stat(0, 0, 0, 0, 0, -2, 0, 0, 0, 2, 0));
        assertThat(visible("/zookeeper/quota")).isEqualTo(new Stat(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        assertThat(visible("/zookeeper/config")).isEqualTo(new Stat(0, 0, 0, 0, 0, 0, -1, 0, 0, 0, 0));
        assertThat(acl("/")).isEqualTo(Acl.OPEN);
        assertThat(acl("/zookeeper/config")).isEqualTo(Acl.READ_ONLY);
        assertThat(tree.find(path(""))).isSameAs(tree.find(path("/")));
        assertThat(tree.nodeCount()).isEqualTo(4);
        assertThat(tree.countDescendants(path("/"))).isEqualTo(3);
    }

    /** Client protocol 5.4. */
    @Test
    void workedExample() {
        Trees.create(tree, "/p", 10);
        assertThat(counters("/p")).containsExactly(0, 0, 0, 10);
        Trees.create(tree, "/p/a", 11);
        assertThat(counters("/p")).containsExactly(1, 1, 1, 11);
        Trees.create(tree, "/p/b", 12);
        assertThat(counters("/p")).containsExactly(2, 2, 2, 12);
        Trees.delete(tree, "/p/a", 13);
        assertThat(counters("/p")).containsExactly(2, 1, 3, 13);
        Trees.create(tree, "/p/n0000000002", 14);
        assertThat(counters("/p")).containsExactly(3, 2, 4, 14);
    }

    private List<Integer> counters(String path) {
        ZNode node = node(path);
        Stat visible = visible(path);
        return List.of(node.cversion(), visible.numChildren(), visible.cversion(), (int) visible.pzxid());
    }

    @Test
    void createTellsWhatChanged() {
        tree.create(path("/p"), null, SECRET, 0, -1, at(1), changes);
        tree.create(path("/p/c"), new byte[0], READ, 0x77, -1, at(2), changes);
        assertThat(changes)
                .containsExactly(
                        new TreeChange(Kind.CREATED, path("/p"), SECRET, Acl.OPEN),
                        new TreeChange(Kind.CREATED, path("/p/c"), READ, SECRET));
        assertThat(node("/p").data()).isNull();
        assertThat(node("/p/c").data()).isEmpty();
        assertThat(node("/p/c").stat())
                .isEqualTo(new StoredStat(2, 2, Trees.TIME + 2, Trees.TIME + 2, 0, 0, 0, 0x77, 2));
        assertThat(visible("/p/c").ephemeralOwner()).isEqualTo(0x77);
    }

    @Test
    void parentMissing() {
        assertThat(Trees.create(tree, "/no/child", 1)).isEqualTo(ErrorCode.NO_NODE);
        assertThat(Trees.delete(tree, "/no/child", 1)).isEqualTo(ErrorCode.NO_NODE);
        assertThat(Trees.set(tree, "/no", "x", 1)).isEqualTo(ErrorCode.NO_NODE);
        assertThat(tree.setAcl(path("/no"), READ, 1)).isEqualTo(ErrorCode.NO_NODE);
        assertThat(tree.digest()).isEqualTo(Trees.fresh().digest());
    }

    /** Paths that the preparer refuses do no harm here either. */
    @Test
    void pathsThatNameNothing() {
        for (String text : List.of("", "/", "a", "a/b", "/a/", "//b", "/zookeeper//x")) {
            assertThat(Trees.create(tree, text, 1)).as(text).isNotEqualTo(ErrorCode.OK);
            assertThat(Trees.delete(tree, text, 1)).as(text).isEqualTo(ErrorCode.NO_NODE);
        }
        assertThat(tree.find(path("zookeeper"))).isNull();
        assertThat(tree.find(path("/zookeeper/"))).isNull();
        assertThat(tree.find(path("//zookeeper"))).isNull();
        assertThat(tree.digest()).isEqualTo(Trees.fresh().digest());
    }

    @Test
    void existingNodeTakesTheAclAndRaisesTheParent() {
        tree.create(path("/p"), null, Acl.OPEN, 0, -1, at(1), changes);
        tree.create(path("/p/c"), bytes("old"), READ, 0, 5, at(2), changes);
        changes.clear();
        assertThat(tree.create(path("/p/c"), bytes("new"), SECRET, 0, 7, at(9), changes))
                .isEqualTo(ErrorCode.NODE_EXISTS);
        assertThat(changes).isEmpty();
        assertThat(acl("/p/c")).isEqualTo(SECRET);
        assertThat(Trees.data(tree, "/p/c")).isEqualTo("old");
        assertThat(node("/p").cversion()).isEqualTo(7);
        assertThat(node("/p").pzxid()).isEqualTo(9);
        tree.create(path("/p/c"), bytes("new"), SECRET, 0, 6, at(10), changes);
        assertThat(node("/p").cversion()).isEqualTo(7);
        assertThat(node("/p").pzxid()).isEqualTo(9);
    }

    @Test
    void olderParentCversionLeavesTheParentAlone() {
        tree.create(path("/p"), null, Acl.OPEN, 0, -1, at(1), changes);
        tree.create(path("/p/a"), null, Acl.OPEN, 0, 5, at(2), changes);
        assertThat(tree.create(path("/p/b"), null, Acl.OPEN, 0, 5, at(3), changes))
                .isEqualTo(ErrorCode.OK);
        assertThat(node("/p").cversion()).isEqualTo(5);
        assertThat(node("/p").pzxid()).isEqualTo(2);
        assertThat(node("/p").numChildren()).isEqualTo(2);
    }

    @Test
    void deleteOfAMissingNodeRaisesPzxid() {
        Trees.create(tree, "/p", 5);
        assertThat(Trees.delete(tree, "/p/gone", 4)).isEqualTo(ErrorCode.NO_NODE);
        assertThat(node("/p").pzxid()).isEqualTo(5);
        assertThat(Trees.delete(tree, "/p/gone", 9)).isEqualTo(ErrorCode.NO_NODE);
        assertThat(node("/p").pzxid()).isEqualTo(9);
        assertThat(node("/p").cversion()).isZero();
    }

    @Test
    void deleteTellsTheLastAcl() {
        tree.create(path("/p"), null, SECRET, 0, -1, at(1), changes);
        tree.create(path("/p/c"), null, READ, 0, -1, at(2), changes);
        changes.clear();
        assertThat(tree.delete(path("/p/c"), at(3), changes)).isEqualTo(ErrorCode.OK);
        assertThat(changes).containsExactly(new TreeChange(Kind.DELETED, path("/p/c"), READ, SECRET));
        assertThat(tree.find(path("/p/c"))).isNull();
    }

    /** Only replay over an image from the future can ask for it. */
    @Test
    void deleteTakesWhatIsBelowWithIt() {
        long before = tree.digest();
        Trees.create(tree, "/p", 1);
        Trees.create(tree, "/p/e", 0x55, 2);
        tree.create(path("/p/s"), null, SECRET, 0, -1, at(3), changes);
        Trees.create(tree, "/p/s/t", NodeKinds.CONTAINER_OWNER, 4);
        Trees.delete(tree, "/p", 5);
        assertThat(tree.nodeCount()).isEqualTo(4);
        assertThat(tree.ephemeralCount()).isZero();
        assertThat(tree.containerCount()).isZero();
        assertThat(tree.digest()).isNotEqualTo(before);
        Trees.create(tree, "/p", 6);
        assertThat(Trees.children(tree, "/p")).isEmpty();
    }

    @Test
    void setDataAndSetAcl() {
        Trees.create(tree, "/a", 1);
        changes.clear();
        assertThat(tree.setData(path("/a"), bytes("new"), 7, at(2), changes)).isEqualTo(ErrorCode.OK);
        assertThat(changes).containsExactly(new TreeChange(Kind.DATA_CHANGED, path("/a"), Acl.OPEN, Acl.OPEN));
        assertThat(node("/a").stat()).isEqualTo(new StoredStat(1, 2, Trees.TIME + 1, Trees.TIME + 2, 7, 0, 0, 0, 1));
        assertThat(tree.setAcl(path("/a"), SECRET, 3)).isEqualTo(ErrorCode.OK);
        assertThat(node("/a").stat()).isEqualTo(new StoredStat(1, 2, Trees.TIME + 1, Trees.TIME + 2, 7, 0, 3, 0, 1));
        assertThat(acl("/a")).isEqualTo(SECRET);
        assertThat(Trees.set(tree, "/", "root", 3)).isEqualTo(ErrorCode.OK);
        assertThat(Trees.data(tree, "/")).isEqualTo("root");
    }

    @Test
    void configIsInstalledWithoutATransaction() {
        tree.installConfig("version=0", 0x100000000L, 99);
        ZNode config = node("/zookeeper/config");
        assertThat(config.data()).isEqualTo(bytes("version=0"));
        assertThat(config.version()).isEqualTo(-1);
        assertThat(config.mzxid()).isEqualTo(0x100000000L);
        assertThat(config.mtime()).isEqualTo(99);
        assertThat(acl("/zookeeper/config")).isEqualTo(Acl.READ_ONLY);
    }

    @Test
    void ephemeralsAreListedSorted() {
        Trees.create(tree, "/p", 1);
        Trees.create(tree, "/p/b", 7, 2);
        Trees.create(tree, "/p/a", 7, 3);
        Trees.create(tree, "/e", -3, 4);
        assertThat(tree.ephemeralsOf(7)).containsExactly(path("/p/a"), path("/p/b"));
        assertThat(tree.ephemeralsOf(8)).isEmpty();
        assertThat(tree.sessionsWithEphemerals()).containsExactly(7L);
        assertThat(new DataTree(new NodeKinds(false, false)).kinds().isEphemeral(-3))
                .isTrue();
        Trees.delete(tree, "/p/a", 5);
        Trees.delete(tree, "/p/b", 6);
        assertThat(tree.sessionsWithEphemerals()).isEmpty();
        assertThat(tree.ephemeralCount()).isZero();
    }

    /** Client protocol 5.7. */
    @Test
    void reclaimable() {
        Trees.create(tree, "/unused", NodeKinds.CONTAINER_OWNER, 1);
        Trees.create(tree, "/used", NodeKinds.CONTAINER_OWNER, 2);
        Trees.create(tree, "/used/c", 3);
        Trees.create(tree, "/ttl", NodeKinds.ttlOwner(1000), 4);
        long now = Trees.TIME + 1004;
        assertThat(tree.reclaimable(now, 0)).isEmpty();
        Trees.delete(tree, "/used/c", 5);
        assertThat(tree.reclaimable(now, 0)).containsExactly(path("/used"));
        assertThat(tree.reclaimable(now + 1, 0)).containsExactly(path("/used"), path("/ttl"));
        Trees.create(tree, "/ttl/c", 6);
        assertThat(tree.reclaimable(now + 1, 0)).containsExactly(path("/used"));
        assertThat(tree.reclaimable(now, 1004)).containsExactly(path("/used"));
        assertThat(tree.reclaimable(now, 1002)).containsExactly(path("/unused"), path("/used"));
        assertThat(tree.containerCount()).isEqualTo(2);
        assertThat(tree.ttlNodeCount()).isEqualTo(1);
        Trees.delete(tree, "/unused", 7);
        Trees.delete(tree, "/used", 8);
        Trees.delete(tree, "/ttl/c", 9);
        Trees.delete(tree, "/ttl", 10);
        assertThat(tree.containerCount()).isZero();
        assertThat(tree.ttlNodeCount()).isZero();
        assertThat(tree.reclaimable(Long.MAX_VALUE, 1)).isEmpty();
    }

    @Test
    void countsAndSizes() {
        long bytes = tree.dataBytes();
        assertThat(bytes).isEqualTo("/zookeeper/zookeeper/quota/zookeeper/config".length());
        Trees.create(tree, "/a", 1);
        Trees.create(tree, "/a/b", 2);
        Trees.create(tree, "/a/b/c", 3);
        assertThat(tree.countDescendants(path("/a"))).isEqualTo(2);
        assertThat(tree.countDescendants(path("/no"))).isZero();
        assertThat(tree.dataBytes()).isEqualTo(bytes + 2 + 4 + 6 + 3);
        Trees.set(tree, "/a", "xyz", 4);
        assertThat(tree.dataBytes()).isEqualTo(bytes + 2 + 4 + 6 + 5);
    }

    @Test
    void childNamesAsAVector() {
        Trees.create(tree, "/a", 1);
        Trees.create(tree, "/ü", 2);
        WireWriter out = new WireWriter(16);
        tree.writeChildNames(node("/"), out);
        WireReader in = new WireReader(out.written());
        assertThat(in.readInt()).isEqualTo(3);
        assertThat(List.of(in.readText(), in.readText(), in.readText()))
                .isEqualTo(Trees.children(tree, "/"))
                .containsExactlyInAnyOrder("a", "ü", "zookeeper");
        assertThat(in.remaining()).isZero();
    }

    @Test
    void longNames() {
        for (int length : new int[] {63, 64, 65, 8191, 8192, 300_000}) {
            String name = "/" + "n".repeat(length);
            Trees.create(tree, name, length);
            assertThat(Trees.data(tree, name)).isEqualTo("x");
            Trees.set(tree, name, "longer", length + 1);
            assertThat(Trees.data(tree, name)).isEqualTo("longer");
            assertThat(node(name).name()).hasSize(length);
        }
    }

    private ZNode node(String path) {
        ZNode node = tree.find(path(path));
        assertThat(node).as(path).isNotNull();
        return node;
    }

    private Stat visible(String path) {
        ZNode node = node(path);
        return node.stat().visible(node.dataLength(), node.numChildren(), tree.kinds());
    }

    private List<Acl> acl(String path) {
        return tree.aclOf(node(path));
    }
}
