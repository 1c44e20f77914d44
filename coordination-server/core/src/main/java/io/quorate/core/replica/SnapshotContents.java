package io.quorate.core.replica;

import io.quorate.core.snapshot.LoadedSnapshot;
import io.quorate.core.snapshot.OpenSession;
import io.quorate.core.tree.DataTree;
import io.quorate.core.tree.NodeKinds;
import io.quorate.core.tree.TreeCursor;
import io.quorate.core.tree.ZNode;
import io.quorate.core.txn.TxnText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The nodes and sessions of a snapshot file, for people. */
public final class SnapshotContents {

    /**
     * A node with its statistics as the file has them.
     *
     * @param kind persistent, ephemeral, container or ttl
     * @param data its length, or its base64
     */
    public record NodeView(
            String path,
            String kind,
            long czxid,
            long mzxid,
            long pzxid,
            long ctimeMillis,
            long mtimeMillis,
            int version,
            int cversion,
            int aversion,
            long owner,
            int children,
            String data,
            String acl) {}

    /** @param ephemerals how many nodes go with it */
    public record SessionView(long id, int timeoutMillis, int ephemerals) {}

    private final LoadedSnapshot loaded;

    SnapshotContents(LoadedSnapshot loaded) {
        this.loaded = loaded;
    }

    public SnapshotSummary summary() {
        DataTree tree = loaded.tree();
        return new SnapshotSummary(
                tree.nodeCount(),
                tree.ephemeralCount(),
                loaded.sessions().size(),
                tree.dataBytes(),
                tree.digest(),
                loaded.digestCheck().name());
    }

    /** In the order of the file. */
    public List<SessionView> sessions() {
        List<SessionView> views = new ArrayList<>();
        for (OpenSession session : loaded.sessions()) {
            int ephemerals = loaded.tree().ephemeralsOf(session.id()).size();
            views.add(new SessionView(session.id(), session.timeoutMillis(), ephemerals));
        }
        return views;
    }

    /** Parents before their children. @param withData whether data is written out, in base64 */
    public void forEachNode(boolean withData, Consumer<NodeView> nodes) {
        DataTree tree = loaded.tree();
        TxnText text = new TxnText(withData);
        TreeCursor cursor = tree.freeze();
        while (cursor.next()) {
            ZNode node = cursor.node();
            nodes.accept(new NodeView(
                    cursor.path().toString(),
                    kind(tree.kinds(), node.owner()),
                    node.czxid(),
                    node.mzxid(),
                    node.pzxid(),
                    node.ctime(),
                    node.mtime(),
                    node.version(),
                    node.cversion(),
                    node.aversion(),
                    node.owner(),
                    node.numChildren(),
                    text.data(node.data()),
                    TxnText.acl(tree.aclOf(node))));
        }
    }

    private static String kind(NodeKinds kinds, long owner) {
        if (owner == NodeKinds.NO_OWNER) {
            return "persistent";
        }
        if (kinds.isContainer(owner)) {
            return "container";
        }
        return kinds.isTtl(owner) ? "ttl" : "ephemeral";
    }
}
