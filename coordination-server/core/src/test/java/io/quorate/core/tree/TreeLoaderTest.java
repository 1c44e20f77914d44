package io.quorate.core.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.wire.Acl;
import io.quorate.core.wire.ErrorCode;
import io.quorate.core.wire.MalformedRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

class TreeLoaderTest {

    private final TreeLoader loader = new TreeLoader(Trees.KINDS);

    @Test
    void errorsNameThePath() {
        refused("/a", "node '/a' comes before the root");
        add("");
        add("/a");
        refused("/b/c", "node '/b/c' comes before its parent");
        refused("/a/b/c", "node '/a/b/c' comes before its parent");
        refused("/ab/c", "node '/ab/c' comes before its parent");
        refused("/a", "node '/a' comes twice");
        refused("", "the root comes twice");
        refused("a", "'a' can be no path of a node");
        refused("xa/c", "'xa/c' can be no path of a node");
        refused("/a/", "'/a/' can be no path of a node");
        refused("//c", "node '//c' comes before its parent");
        add("/a/c");
        assertThat(Trees.children(loader.finish(3), "/a")).containsExactly("c");
    }

    @Test
    void damagedPathsDoNoHarmInMessages() {
        add("");
        refused("/\n\u0000\u001b[31m/x", "node '/???[31m/x' comes before its parent");
        refused("/" + "n".repeat(300) + "/x", "node '/" + "n".repeat(199) + "...' comes before its parent");
    }

    @Test
    void malformedUtf8IsReadAsEverywhere() {
        add("");
        loader.node(new Slice(new byte[] {'/', (byte) 0xff}, 0, 2), null, -1, StoredStat.created(1, 2, 3));
        DataTree tree = loader.finish(3);
        assertThat(tree.find(Trees.path("/\ufffd"))).isNotNull();
        assertThat(tree.ephemeralsOf(3)).containsExactly(Trees.path("/\ufffd"));
        assertThat(Trees.delete(tree, "/\ufffd", 4)).isEqualTo(ErrorCode.OK);
    }

    @Test
    void nothingAtAll() {
        assertThatThrownBy(() -> loader.finish(1))
                .isInstanceOf(MalformedRecord.class)
                .hasMessage("there is no root");
    }

    @Test
    void prefixesAreNoParents() {
        List.of("", "/a", "/ab", "/ab/c", "/a/c", "/abc", "/ab/cd", "/ab/c/d", "/ab/cd/e", "/a/c/d")
                .forEach(this::add);
        DataTree tree = loader.finish(3);
        assertThat(tree.nodeCount()).isEqualTo(10);
        assertThat(tree.lastZxid()).isEqualTo(3);
        assertThat(Trees.children(tree, "/")).containsExactlyInAnyOrder("a", "ab", "abc");
        assertThat(Trees.children(tree, "/ab")).containsExactlyInAnyOrder("c", "cd");
        assertThat(Trees.children(tree, "/ab/cd")).containsExactly("e");
        assertThat(tree.find(Trees.path("/zookeeper"))).isNull();
        tree.ensureSystemNodes();
        assertThat(tree.nodeCount()).isEqualTo(13);
    }

    /** A fuzzy image may lack an ACL that its log brings; until then the node is closed. */
    @Test
    void unknownAclIsClosed() {
        add("");
        loader.node(slice("/a"), null, 17, StoredStat.ZERO);
        DataTree tree = loader.finish(3);
        ZNode node = tree.find(Trees.path("/a"));
        assertThat(node).isNotNull();
        assertThat(tree.aclOf(node)).containsExactly(new Acl(0, "world", "anyone"));
    }

    @Test
    void unusedAclsAreDropped() {
        loader.acl(3, Acl.READ_ONLY);
        loader.acl(4, List.of(new Acl(31, "digest", "a:b")));
        add("");
        loader.node(slice("/a"), null, 3, StoredStat.ZERO);
        FrozenAcls acls = loader.finish(3).freeze().acls();
        assertThat(acls.count()).isEqualTo(1);
        assertThat(acls.get(1)).isEqualTo(Acl.READ_ONLY);
    }

    private void refused(String path, String message) {
        assertThatThrownBy(() -> add(path)).isInstanceOf(MalformedRecord.class).hasMessage(message);
    }

    private void add(String path) {
        loader.node(slice(path), slice("data"), -1, StoredStat.ZERO);
    }

    /** Not at the beginning of its array, as in a read buffer. */
    private static Slice slice(String text) {
        byte[] bytes = Trees.bytes("??" + text + "/?");
        return new Slice(bytes, 2, bytes.length - 2);
    }
}
