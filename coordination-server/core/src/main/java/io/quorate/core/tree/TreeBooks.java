package io.quorate.core.tree;

import io.quorate.core.base.NodePath;

/**
 * Everything that is counted or indexed beside the nodes themselves. Told of every node that comes, goes or changes, so
 * it always agrees with the tree.
 */
final class TreeBooks {

    final AclTable acls = new AclTable();
    final OwnerIndex owners;
    final QuotaTable quotas = new QuotaTable();
    private final TreeDigest digest = new TreeDigest();
    private long nodeCount;
    /** The lengths of all paths and all data. */
    private long bytes;

    TreeBooks(NodeKinds kinds) {
        this.owners = new OwnerIndex(kinds);
    }

    /** Takes note of a new node. Its reference to the ACL table is the caller's. */
    void added(Slice path, ZNode node) {
        digest.add(path, node);
        nodeCount++;
        bytes += (long) path.length() + node.dataLength();
    }

    /** Takes note of who owns a new node, and of what it says about quotas. */
    void index(NodePath path, ZNode node) {
        if (node.owner() != NodeKinds.NO_OWNER) {
            owners.add(path, node.owner());
        }
        quotas.onData(path, node);
    }

    /** Takes note that a node went, and gives back its reference to the ACL table. */
    void removed(NodePath path, ZNode node) {
        Slice slice = Slice.ofPath(path);
        digest.subtract(slice, node);
        nodeCount--;
        bytes -= (long) slice.length() + node.dataLength();
        acls.release(node.aclId());
        if (node.owner() != NodeKinds.NO_OWNER) {
            owners.remove(path, node.owner());
        }
        quotas.onDeleted(path);
    }

    /** Takes note of another data or stat. */
    void changed(Slice path, ZNode before, ZNode after) {
        digest.subtract(path, before);
        digest.add(path, after);
        bytes += after.dataLength() - before.dataLength();
    }

    long digest() {
        return digest.sum();
    }

    long nodeCount() {
        return nodeCount;
    }

    long bytes() {
        return bytes;
    }
}
