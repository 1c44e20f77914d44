package io.quorate.core.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.base.NodePath;
import io.quorate.core.wire.Acl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The tree written as plainly as possible: a map from path to node. To compare with, and slow. */
final class ModelTree {

    /** A node. */
    record Node(byte @Nullable [] data, List<Acl> acl, StoredStat stat) {}

    private final TreeMap<NodePath, Node> nodes = new TreeMap<>();

    /** Starts as a copy of a tree. */
    static ModelTree of(TreeCursor cursor) {
        ModelTree model = new ModelTree();
        while (cursor.next()) {
            ZNode node = cursor.node();
            Node copy = new Node(node.data(), cursor.acls().get(node.aclId()), node.stat());
            assertThat(model.nodes.put(cursor.path(), copy)).isNull();
        }
        return model;
    }

    ModelTree copy() {
        ModelTree copy = new ModelTree();
        copy.nodes.putAll(nodes);
        return copy;
    }

    List<NodePath> paths() {
        return new ArrayList<>(nodes.keySet());
    }

    @Nullable
    Node get(NodePath path) {
        return nodes.get(path);
    }

    int numChildren(NodePath path) {
        int count = 0;
        for (NodePath other : nodes.keySet()) {
            if (!other.isRoot() && other.parent().equals(path)) {
                count++;
            }
        }
        return count;
    }

    /** The caller sees to it that the parent is there and the node is not. */
    void create(NodePath path, Node node, int parentCversion) {
        changeStat(
                path.parent(),
                stat -> stat.childCreated(parentCversion, node.stat().czxid()));
        nodes.put(path, node);
    }

    void delete(NodePath path, long zxid) {
        changeStat(path.parent(), stat -> stat.childDeleted(zxid));
        nodes.keySet().removeIf(other -> other.isAtOrBelow(path));
    }

    void setData(NodePath path, byte @Nullable [] data, StoredStat stat) {
        nodes.computeIfPresent(path, (same, node) -> new Node(data, node.acl(), stat));
    }

    void setAcl(NodePath path, List<Acl> acl, StoredStat stat) {
        nodes.computeIfPresent(path, (same, node) -> new Node(node.data(), acl, stat));
    }

    private void changeStat(NodePath path, java.util.function.UnaryOperator<StoredStat> change) {
        nodes.computeIfPresent(path, (same, node) -> new Node(node.data(), node.acl(), change.apply(node.stat())));
    }

    long digest() {
        long digest = 0;
        for (Map.Entry<NodePath, Node> entry : nodes.entrySet()) {
            digest += TreeDigest.of(
                    entry.getKey(), entry.getValue().data(), entry.getValue().stat());
        }
        return digest;
    }

    /** Compares everything that a frozen image holds. */
    void assertIs(TreeCursor cursor) {
        assertThat(cursor.digest()).isEqualTo(digest());
        assertThat(cursor.nodeCount()).isEqualTo(nodes.size());
        Map<NodePath, Node> left = new LinkedHashMap<>(nodes);
        Map<NodePath, Integer> children = new HashMap<>();
        while (cursor.next()) {
            NodePath path = cursor.path();
            ZNode node = cursor.node();
            Node expected = left.remove(path);
            assertThat(expected).as("%s", path).isNotNull();
            assertThat(node.stat()).as("%s", path).isEqualTo(expected.stat());
            assertThat(node.data()).as("%s", path).isEqualTo(expected.data());
            assertThat(cursor.acls().get(node.aclId())).as("%s", path).isEqualTo(expected.acl());
            children.put(path, node.numChildren());
            if (!path.isRoot()) {
                assertThat(children.merge(path.parent(), -1, Integer::sum)).isNotNegative();
            }
        }
        assertThat(left).isEmpty();
        assertThat(children.values()).containsOnly(0);
    }

    /** Compares what is counted beside the nodes as well. */
    void assertIs(DataTree tree) {
        assertIs(tree.freeze());
        long bytes = 0;
        Map<Long, List<NodePath>> ephemerals = new TreeMap<>();
        for (Map.Entry<NodePath, Node> entry : nodes.entrySet()) {
            byte[] data = entry.getValue().data();
            long owner = entry.getValue().stat().owner();
            bytes += (entry.getKey().isRoot() ? 0 : entry.getKey().lengthBytes()) + (data == null ? 0 : data.length);
            if (tree.kinds().isEphemeral(owner)) {
                ephemerals.computeIfAbsent(owner, session -> new ArrayList<>()).add(entry.getKey());
            }
        }
        assertThat(tree.dataBytes()).isEqualTo(bytes);
        assertThat(tree.sessionsWithEphemerals()).containsExactlyElementsOf(ephemerals.keySet());
        ephemerals.forEach(
                (session, paths) -> assertThat(tree.ephemeralsOf(session)).isEqualTo(paths));
    }
}
