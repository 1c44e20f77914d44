package io.quorate.core.request;

import io.quorate.core.base.NodePath;
import io.quorate.core.tree.DataTree;
import io.quorate.core.tree.StoredStat;
import io.quorate.core.tree.TreeDigest;
import io.quorate.core.tree.ZNode;
import io.quorate.core.wire.Acl;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node as it will be once everything proposed so far is applied. */
record PendingNode(byte @Nullable [] data, StoredStat stat, List<Acl> acl, int numChildren) {

    static PendingNode of(DataTree tree, ZNode node) {
        return new PendingNode(node.data(), node.stat(), tree.aclOf(node), node.numChildren());
    }

    PendingNode withData(byte @Nullable [] newData, StoredStat newStat) {
        return new PendingNode(newData, newStat, acl, numChildren);
    }

    PendingNode withAcl(List<Acl> newAcl, StoredStat newStat) {
        return new PendingNode(data, newStat, newAcl, numChildren);
    }

    PendingNode withChildren(int count, StoredStat newStat) {
        return new PendingNode(data, newStat, acl, count);
    }

    int dataLength() {
        return data == null ? 0 : data.length;
    }

    long digest(NodePath path) {
        return TreeDigest.of(path, data, stat);
    }
}
