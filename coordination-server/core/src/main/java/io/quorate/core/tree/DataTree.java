package io.quorate.core.tree;

import io.quorate.core.base.NodePath;
import io.quorate.core.base.Verify;
import io.quorate.core.tree.TreeChange.Kind;
import io.quorate.core.wire.Acl;
import io.quorate.core.wire.ErrorCode;
import io.quorate.core.wire.WireWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The replicated tree. Mutations have exactly the effects of quorum protocol 8.5 and may be replayed on a tree that
 * already holds them (9.6): they answer with a code and never throw for what a transaction says.
 *
 * <p>A node's {@link ZNode} never changes; the maps of children change in place until {@link #freeze} is called, and
 * from then on are copied part by part where a change meets them.
 */
public final class DataTree {

    private static final NodePath ZOOKEEPER = NodePath.of("/zookeeper");
    /** Where the membership is published (quorum protocol 1.5). */
    public static final NodePath CONFIG = NodePath.of("/zookeeper/config");

    private final NodeKinds kinds;
    private final TreeBooks books;
    private final PathWalk walk = new PathWalk();
    private ZNode root;
    /** Raised by every freeze; parts of maps made in an earlier epoch may belong to an image. */
    private int epoch;
    /** The last transaction applied, as the caller says. */
    private long lastZxid;

    /** A tree with the built-in nodes only (client protocol 10.1), at zxid 0. */
    public DataTree(NodeKinds kinds) {
        this(kinds, new TreeBooks(kinds), ZNode.of(Slice.EMPTY, Slice.EMPTY, FrozenAcls.OPEN_ID, StoredStat.ZERO));
        books.added(Slice.EMPTY, root);
        ensureSystemNodes();
    }

    /** A tree that was built elsewhere, with books that agree with it. */
    DataTree(NodeKinds kinds, TreeBooks books, ZNode root) {
        this.kinds = kinds;
        this.books = books;
        this.root = root;
    }

    public NodeKinds kinds() {
        return kinds;
    }

    // ---------------------------------------------------------------------------------------------------- reading

    /** The node at {@code path}, or null. The empty path means the root. Allocates nothing. */
    public @Nullable ZNode find(NodePath path) {
        return PathWalk.find(root, path.utf8(), path.lengthBytes());
    }

    /** @param node one that this tree holds */
    public List<Acl> aclOf(ZNode node) {
        return books.acls.get(node.aclId());
    }

    /** Hands out the name (UTF-8) of every child, in an order that depends on the names alone. */
    public void forEachChild(NodePath path, Consumer<byte[]> name) {
        ZNode node = find(path);
        if (node == null || node.children() == null) {
            return;
        }
        ChildIterator children = new ChildIterator().over(node.children());
        for (ZNode child = children.next(); child != null; child = children.next()) {
            name.accept(child.name());
        }
    }

    /** Writes the names of a node's children as a vector of strings, in the order of {@link #forEachChild}. */
    public void writeChildNames(ZNode node, WireWriter out) {
        out.writeInt(node.numChildren());
        if (node.children() == null) {
            return;
        }
        ChildIterator children = new ChildIterator().over(node.children());
        for (ZNode child = children.next(); child != null; child = children.next()) {
            child.writeNameTo(out);
        }
    }

    /** Nodes below {@code path} at any depth; 0 when there is no such node. Walks them, except for the root. */
    public long countDescendants(NodePath path) {
        ZNode top = find(path);
        if (top == null || top == root) {
            return top == null ? 0 : nodeCount() - 1;
        }
        TreeCursor cursor = TreeCursor.below(top, path);
        long count = -1;
        while (cursor.next()) {
            count++;
        }
        return count;
    }

    /** The ephemerals of a session, sorted; a copy. */
    public List<NodePath> ephemeralsOf(long sessionId) {
        return books.owners.ephemeralsOf(sessionId);
    }

    /** The sessions that own ephemerals, ascending; a copy. */
    public List<Long> sessionsWithEphemerals() {
        return books.owners.sessions();
    }

    /**
     * Containers and TTL nodes that the container manager should delete (client protocol 5.7), sorted within either
     * kind. Looks at containers and TTL nodes only.
     *
     * @param nowMillis the wall clock, milliseconds since 1970
     * @param maxNeverUsedMillis age from which a container goes that never had a child; 0 for never
     */
    public List<NodePath> reclaimable(long nowMillis, long maxNeverUsedMillis) {
        List<NodePath> paths = new ArrayList<>();
        for (NodePath path : books.owners.containers()) {
            ZNode node = owned(path);
            boolean old = maxNeverUsedMillis > 0 && nowMillis - node.mtime() > maxNeverUsedMillis;
            if (node.numChildren() == 0 && (node.cversion() > 0 || old)) {
                paths.add(path);
            }
        }
        for (NodePath path : books.owners.ttlNodes()) {
            ZNode node = owned(path);
            long ttlMillis = kinds.ttlMillis(node.owner());
            if (node.numChildren() == 0 && ttlMillis != 0 && nowMillis - node.mtime() > ttlMillis) {
                paths.add(path);
            }
        }
        return paths;
    }

    private ZNode owned(NodePath path) {
        ZNode node = find(path);
        Verify.that(node != null, "an indexed node exists");
        return node;
    }

    public int containerCount() {
        return books.owners.containers().size();
    }

    public int ttlNodeCount() {
        return books.owners.ttlNodes().size();
    }

    /**
     * The deepest quota at or above {@code path}, or null when nothing is limited: no quota, one whose text makes no
     * sense, or one without a statistics node.
     */
    public @Nullable QuotaView quotaFor(NodePath path) {
        NodePath target = quotaTarget(path);
        return target == null ? null : books.quotas.view(target);
    }

    private @Nullable NodePath quotaTarget(NodePath path) {
        return books.quotas.isEmpty() ? null : QuotaTable.deepest(find(QuotaTable.QUOTA_ROOT), path);
    }

    /** See {@link TreeDigest}. Kept at every change. */
    public long digest() {
        return books.digest();
    }

    /** The root included. */
    public long nodeCount() {
        return books.nodeCount();
    }

    /** The lengths of all paths and of all data together, in bytes. */
    public long dataBytes() {
        return books.bytes();
    }

    public int ephemeralCount() {
        return books.owners.ephemeralCount();
    }

    /** The last zxid that the caller has applied. */
    public long lastZxid() {
        return lastZxid;
    }

    public void setLastZxid(long zxid) {
        lastZxid = zxid;
    }

    /** An exact image of this moment. Costs the same whatever the size of the tree. */
    public TreeCursor freeze() {
        epoch++;
        return new TreeCursor(root, books.acls.freeze(), new TreeTotals(digest(), lastZxid, nodeCount()));
    }

    // --------------------------------------------------------------------------------------------------- changing

    /**
     * Creates a node. An existing one keeps its data and takes the ACL, since it may come from an image that was taken
     * while this creation was under way; its parent's counters are raised as if it had been created.
     *
     * @param owner see {@link NodeKinds}
     * @param parentCversion the parent's cversion afterwards; -1 for "one more"
     * @return OK, NO_NODE without a parent, NODE_EXISTS, or BAD_ARGUMENTS for a path that can name no node
     */
    public ErrorCode create(
            NodePath path,
            byte @Nullable [] data,
            List<Acl> acl,
            long owner,
            int parentCversion,
            TxnStamp stamp,
            List<TreeChange> changes) {
        int slash = path.lastSlash();
        if (!hasName(path, slash)) {
            return ErrorCode.BAD_ARGUMENTS;
        }
        if (!walk.to(root, path.utf8(), slash)) {
            return ErrorCode.NO_NODE;
        }
        ZNode parent = walk.node();
        StoredStat parentStat = parent.stat().childCreated(parentCversion, stamp.zxid());
        Slice name = Slice.ofName(path);
        int hash = ChildMap.hash(name);
        ZNode existing = ChildMap.find(parent.children(), hash, name);
        if (existing != null) {
            replaceParent(path, parent.withChildren(parentStat, parent.numChildren(), parent.children()));
            replaceAcl(path, existing, acl, existing.stat());
            return ErrorCode.NODE_EXISTS;
        }
        byte[] content = QuotaTable.isStats(path) ? usageOf(QuotaTable.target(path)) : data;
        StoredStat stat = StoredStat.created(stamp.zxid(), stamp.timeMillis(), owner);
        ZNode node = ZNode.of(name, Slice.ofNullable(content), books.acls.acquire(acl), stat);
        ChildMap children = ChildMap.put(parent.children(), hash, node, epoch);
        replaceParent(path, parent.withChildren(parentStat, parent.numChildren() + 1, children));
        books.added(Slice.ofPath(path), node);
        books.index(path, node);
        changes.add(new TreeChange(Kind.CREATED, path, aclOf(node), aclOf(parent)));
        account(path, 1, node.dataLength());
        return ErrorCode.OK;
    }

    /** Whether there is a name behind the last slash, and a parent before it. */
    private static boolean hasName(NodePath path, int slash) {
        return slash >= 0 && slash < path.lengthBytes() - 1 && (slash == 0 || path.byteAt(slash - 1) != '/');
    }

    /** Requires that {@link #walk} stands on the parent of {@code path}. */
    private void replaceParent(NodePath path, ZNode parent) {
        books.changed(Slice.ofParent(path), walk.node(), parent);
        root = walk.replace(parent, epoch);
    }

    private void replaceAcl(NodePath path, ZNode node, List<Acl> acl, StoredStat stat) {
        int id = books.acls.acquire(acl);
        books.acls.release(node.aclId());
        replace(path, node, node.withAcl(id, stat));
    }

    private void replace(NodePath path, ZNode before, ZNode after) {
        books.changed(Slice.ofPath(path), before, after);
        Verify.that(walk.to(root, path.utf8(), path.lengthBytes()), "a node that is replaced exists");
        root = walk.replace(after, epoch);
    }

    /**
     * Deletes a node. A missing one still raises its parent's pzxid. Children that it still has go with it: that is
     * possible only while a log is replayed over an image from its future, and the log brings back those that should
     * stay.
     *
     * @return OK or NO_NODE
     */
    public ErrorCode delete(NodePath path, TxnStamp stamp, List<TreeChange> changes) {
        int slash = path.lastSlash();
        if (!hasName(path, slash) || !walk.to(root, path.utf8(), slash)) {
            return ErrorCode.NO_NODE;
        }
        ZNode parent = walk.node();
        StoredStat parentStat = parent.stat().childDeleted(stamp.zxid());
        Slice name = Slice.ofName(path);
        int hash = ChildMap.hash(name);
        ZNode node = ChildMap.find(parent.children(), hash, name);
        if (node == null) {
            replaceParent(path, parent.withChildren(parentStat, parent.numChildren(), parent.children()));
            return ErrorCode.NO_NODE;
        }
        changes.add(new TreeChange(Kind.DELETED, path, aclOf(node), aclOf(parent)));
        ChildMap children = ChildMap.remove(parent.children(), hash, node, epoch);
        replaceParent(path, parent.withChildren(parentStat, parent.numChildren() - 1, children));
        if (node.numChildren() > 0) {
            forgetBelow(path, node);
        }
        forget(path, node);
        return ErrorCode.OK;
    }

    private void forget(NodePath path, ZNode node) {
        books.removed(path, node);
        account(path, -1, -node.dataLength());
    }

    private void forgetBelow(NodePath path, ZNode top) {
        List<NodePath> paths = new ArrayList<>();
        List<ZNode> nodes = new ArrayList<>();
        TreeCursor cursor = TreeCursor.below(top, path);
        cursor.next();
        while (cursor.next()) {
            paths.add(cursor.path());
            nodes.add(cursor.node());
        }
        for (int i = 0; i < paths.size(); i++) {
            forget(paths.get(i), nodes.get(i));
        }
    }

    /**
     * Replaces a node's data.
     *
     * @param newVersion the data version afterwards
     * @return OK or NO_NODE
     */
    public ErrorCode setData(
            NodePath path, byte @Nullable [] data, int newVersion, TxnStamp stamp, List<TreeChange> changes) {
        if (!walk.to(root, path.utf8(), path.lengthBytes())) {
            return ErrorCode.NO_NODE;
        }
        ZNode before = walk.node();
        changes.add(new TreeChange(Kind.DATA_CHANGED, path, aclOf(before), aclOf(walk.parent())));
        StoredStat stat = before.stat().dataSet(newVersion, stamp.zxid(), stamp.timeMillis());
        ZNode after = before.withData(Slice.ofNullable(data), stat);
        books.changed(Slice.ofPath(path), before, after);
        root = walk.replace(after, epoch);
        books.quotas.onData(path, after);
        account(path, 0, (long) after.dataLength() - before.dataLength());
        return ErrorCode.OK;
    }

    /**
     * Replaces a node's ACL.
     *
     * @param newVersion the ACL version afterwards
     * @return OK or NO_NODE
     */
    public ErrorCode setAcl(NodePath path, List<Acl> acl, int newVersion) {
        ZNode node = find(path);
        if (node == null) {
            return ErrorCode.NO_NODE;
        }
        replaceAcl(path, node, acl, node.stat().aclSet(newVersion));
        return ErrorCode.OK;
    }

    // ---------------------------------------------------------------------------------- what the server keeps itself

    /**
     * Adds the built-in nodes that are missing, as in an image from an old server. No transaction, so no counter moves.
     */
    public void ensureSystemNodes() {
        ensure(ZOOKEEPER, Acl.OPEN, StoredStat.ZERO);
        ensure(QuotaTable.QUOTA_ROOT, Acl.OPEN, StoredStat.ZERO);
        ensure(CONFIG, Acl.READ_ONLY, StoredStat.ZERO.aclSet(-1));
    }

    private void ensure(NodePath path, List<Acl> acl, StoredStat stat) {
        if (find(path) != null) {
            return;
        }
        Verify.that(walk.to(root, path.utf8(), path.lastSlash()), "the parent of a built-in node exists");
        ZNode parent = walk.node();
        Slice name = Slice.ofName(path);
        ZNode node = ZNode.of(name, Slice.EMPTY, books.acls.acquire(acl), stat);
        ChildMap children = ChildMap.put(parent.children(), ChildMap.hash(name), node, epoch);
        replaceParent(path, parent.withChildren(parent.stat(), parent.numChildren() + 1, children));
        books.added(Slice.ofPath(path), node);
    }

    /**
     * Publishes the committed membership in {@link #CONFIG}, which every member does for itself and without a
     * transaction (quorum protocol 1.5).
     *
     * @param configVersion becomes the node's mzxid; its data version is always -1
     * @param timeMillis the local wall clock, milliseconds since 1970
     */
    public void installConfig(String text, long configVersion, long timeMillis) {
        ensureSystemNodes();
        byte[] data = text.getBytes(StandardCharsets.UTF_8);
        setData(CONFIG, data, -1, new TxnStamp(configVersion, timeMillis), new ArrayList<>());
    }

    /** Counts the usage of every quota anew: after loading, the texts in the nodes may be behind. */
    void recountQuotas() {
        for (NodePath target : books.quotas.counted()) {
            rewriteStats(target, usageOf(target));
        }
    }

    private byte[] usageOf(NodePath target) {
        ZNode top = find(target);
        if (top == null) {
            return QuotaLimits.formatUsage(0, 0);
        }
        long count = 0;
        long bytes = 0;
        TreeCursor cursor = TreeCursor.below(top, target);
        while (cursor.next()) {
            count++;
            bytes += cursor.node().dataLength();
        }
        return QuotaLimits.formatUsage(count, bytes);
    }

    /** Adds to the usage of the quota that governs {@code path}: in the node itself, without a trace in its stat. */
    private void account(NodePath path, long count, long bytes) {
        NodePath target = count == 0 && bytes == 0 ? null : quotaTarget(path);
        byte[] text = target == null ? null : books.quotas.addUsage(target, count, bytes);
        if (text != null) {
            rewriteStats(target, text);
        }
    }

    private void rewriteStats(NodePath target, byte[] text) {
        NodePath path = QuotaTable.statsNode(target);
        ZNode before = find(path);
        Verify.that(before != null, "a quota that is counted has its statistics node");
        ZNode after = before.withData(Slice.ofNullable(text), before.stat());
        replace(path, before, after);
        books.quotas.onData(path, after);
    }
}
