package io.quorate.core.tree;

import io.quorate.core.base.NodePath;
import io.quorate.core.wire.Acl;
import io.quorate.core.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Transactions as a preparer would allow them, applied to a tree and its model, and kept for replay. */
final class RandomChanges {

    private static final List<List<Acl>> ACLS = List.of(
            Acl.OPEN,
            Acl.READ_ONLY,
            List.of(new Acl(31, "digest", "a:b")),
            List.of(new Acl(1, "ip", "10.0.0.0/8"), new Acl(31, "world", "anyone")));
    private static final long[] OWNERS = {0, 0, 0, 5, 6, NodeKinds.CONTAINER_OWNER, NodeKinds.ttlOwner(9)};

    /** A transaction that may be applied to any tree. */
    interface Change {
        ErrorCode applyTo(DataTree tree);
    }

    final DataTree tree;
    final ModelTree model;
    final List<Change> history = new ArrayList<>();
    private final Random random;
    private long zxid;

    RandomChanges(DataTree tree, long seed) {
        this.tree = tree;
        this.model = ModelTree.of(tree.freeze());
        this.random = new Random(seed);
    }

    /** One more transaction. */
    void step() {
        zxid++;
        List<NodePath> paths = model.paths();
        NodePath path = paths.get(random.nextInt(paths.size()));
        switch (random.nextInt(8)) {
            case 0, 1, 2, 3 -> create(path);
            case 4, 5 -> delete(path);
            case 6 -> setData(path);
            default -> setAcl(path);
        }
        tree.setLastZxid(zxid);
    }

    private void create(NodePath parent) {
        NodePath path = parent.child(Trees.bytes("c" + random.nextInt(60)));
        ModelTree.Node above = model.get(parent);
        if (above == null || tree.kinds().isEphemeral(above.stat().owner()) || model.get(path) != null) {
            return;
        }
        byte[] data = data();
        List<Acl> acl = acl();
        long owner = OWNERS[random.nextInt(OWNERS.length)];
        TxnStamp stamp = Trees.at(zxid);
        int cversion = above.stat().cversion() + 1;
        model.create(
                path, new ModelTree.Node(data, acl, StoredStat.created(zxid, stamp.timeMillis(), owner)), cversion);
        apply(tree -> tree.create(path, data, acl, owner, cversion, stamp, new ArrayList<>()));
    }

    private void delete(NodePath path) {
        if (path.isRoot() || path.startsWith(NodePath.of("/zookeeper")) || model.numChildren(path) > 0) {
            return;
        }
        TxnStamp stamp = Trees.at(zxid);
        model.delete(path, zxid);
        apply(tree -> tree.delete(path, stamp, new ArrayList<>()));
    }

    private void setData(NodePath path) {
        ModelTree.Node node = model.get(path);
        byte[] data = data();
        TxnStamp stamp = Trees.at(zxid);
        int version = node == null ? 0 : node.stat().version() + 1;
        if (node != null) {
            model.setData(path, data, node.stat().dataSet(version, zxid, stamp.timeMillis()));
        }
        apply(tree -> tree.setData(path, data, version, stamp, new ArrayList<>()));
    }

    private void setAcl(NodePath path) {
        ModelTree.Node node = model.get(path);
        List<Acl> acl = acl();
        int version = node == null ? 0 : node.stat().aversion() + 1;
        if (node != null) {
            model.setAcl(path, acl, node.stat().aclSet(version));
        }
        apply(tree -> tree.setAcl(path, acl, version));
    }

    private void apply(Change change) {
        ErrorCode result = change.applyTo(tree);
        if (result != ErrorCode.OK) {
            throw new AssertionError("an allowed change answers " + result);
        }
        history.add(change);
    }

    private List<Acl> acl() {
        return ACLS.get(random.nextInt(ACLS.size()));
    }

    private byte @Nullable [] data() {
        int length = random.nextInt(12) - 1;
        return length < 0 ? null : new byte[length];
    }
}
