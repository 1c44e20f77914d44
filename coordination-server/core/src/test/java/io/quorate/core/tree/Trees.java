package io.quorate.core.tree;

import io.quorate.core.base.NodePath;
import io.quorate.core.wire.Acl;
import io.quorate.core.wire.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Short forms for tests: every change at time 1700000000000 plus the zxid. */
final class Trees {

    static final NodeKinds KINDS = new NodeKinds(true, false);
    static final long TIME = 1_700_000_000_000L;

    private Trees() {}

    static DataTree fresh() {
        return new DataTree(KINDS);
    }

    static NodePath path(String text) {
        return NodePath.of(text);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static TxnStamp at(long zxid) {
        return new TxnStamp(zxid, TIME + zxid);
    }

    static ErrorCode create(DataTree tree, String path, long zxid) {
        return create(tree, path, NodeKinds.NO_OWNER, zxid);
    }

    static ErrorCode create(DataTree tree, String path, long owner, long zxid) {
        return tree.create(path(path), bytes("x"), Acl.OPEN, owner, -1, at(zxid), new ArrayList<>());
    }

    static ErrorCode delete(DataTree tree, String path, long zxid) {
        return tree.delete(path(path), at(zxid), new ArrayList<>());
    }

    static ErrorCode set(DataTree tree, String path, String data, long zxid) {
        ZNode node = tree.find(path(path));
        int version = node == null ? 1 : node.version() + 1;
        return tree.setData(path(path), bytes(data), version, at(zxid), new ArrayList<>());
    }

    static String data(DataTree tree, String path) {
        ZNode node = tree.find(path(path));
        return node == null || node.data() == null ? "none" : new String(node.data(), StandardCharsets.UTF_8);
    }

    static List<String> children(DataTree tree, String path) {
        List<String> names = new ArrayList<>();
        tree.forEachChild(path(path), name -> names.add(new String(name, StandardCharsets.UTF_8)));
        return names;
    }
}
