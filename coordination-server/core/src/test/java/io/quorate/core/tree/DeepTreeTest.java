package io.quorate.core.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.base.NodePath;
import io.quorate.core.wire.ErrorCode;
import org.junit.jupiter.api.Test;

/** Paths of thousands of components: nothing may recurse along them. */
class DeepTreeTest {

    private static final int DEPTH = 4000;

    @Test
    void deepPaths() {
        DataTree tree = Trees.fresh();
        StringBuilder path = new StringBuilder();
        for (int i = 1; i <= DEPTH; i++) {
            path.append("/d");
            assertThat(Trees.create(tree, path.toString(), i)).isEqualTo(ErrorCode.OK);
        }
        String deepest = path.toString();
        TreeCursor frozen = tree.freeze();
        assertThat(Trees.set(tree, deepest, "changed", DEPTH + 1)).isEqualTo(ErrorCode.OK);
        assertThat(Trees.data(tree, deepest)).isEqualTo("changed");
        assertThat(tree.countDescendants(NodePath.of("/d"))).isEqualTo(DEPTH - 1);
        DataTree loaded = load(frozen);
        assertThat(Trees.data(loaded, deepest)).isEqualTo("x");
        assertThat(loaded.digest()).isEqualTo(frozen.digest());
        assertThat(Trees.delete(tree, "/d", DEPTH + 2)).isEqualTo(ErrorCode.OK);
        assertThat(tree.nodeCount()).isEqualTo(4);
        assertThat(Trees.create(tree, deepest, DEPTH + 3)).isEqualTo(ErrorCode.NO_NODE);
    }

    private static DataTree load(TreeCursor cursor) {
        TreeLoader loader = new TreeLoader(Trees.KINDS);
        while (cursor.next()) {
            ZNode node = cursor.node();
            loader.node(Slice.ofPath(cursor.path()), Slice.ofNullable(node.data()), -1, node.stat());
        }
        return loader.finish(cursor.zxid());
    }
}
