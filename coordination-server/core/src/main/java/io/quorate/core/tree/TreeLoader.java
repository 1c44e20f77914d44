package io.quorate.core.tree;

import io.quorate.core.base.NodePath;
import io.quorate.core.wire.Acl;
import io.quorate.core.wire.MalformedRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds a tree from the entries of a snapshot (quorum protocol 4.8): the ACL table first, then the nodes, parents
 * before their children and otherwise in any order. Fastest when siblings come together. Copies what it keeps.
 *
 * <p>Whatever cannot be leaves as {@link MalformedRecord} with the path in its message; the loader is then of no more
 * use.
 */
public final class TreeLoader {

    /** For nodes whose ACL the snapshot lacks: nobody may do anything until a replayed transaction brings the ACL. */
    private static final List<Acl> CLOSED = List.of(new Acl(0, "world", "anyone"));

    /** How much of a path goes into a message. */
    private static final int SHOWN_BYTES = 200;

    private static final byte[] QUOTA_PREFIX = QuotaTable.QUOTA_ROOT.utf8();

    private final NodeKinds kinds;
    private final TreeBooks books;
    private final Map<Long, List<Acl>> acls = new HashMap<>();
    /** From the root (index 0) to the directory that takes the next child. Empty before the root. */
    private final List<Directory> spine = new ArrayList<>();
    /** The path of the innermost directory, as long as that one says. */
    private byte[] spinePath = new byte[128];

    /** A node that is taking children. It is put into its own parent when it is left. */
    private static final class Directory {
        private final ZNode node;
        private final int hash;
        private final int pathLength;
        private @Nullable ChildMap children;
        private int numChildren;

        private Directory(ZNode node, int hash, int pathLength) {
            this.node = node;
            this.hash = hash;
            this.pathLength = pathLength;
            this.children = node.children();
            this.numChildren = node.numChildren();
        }

        private ZNode closed() {
            return numChildren == node.numChildren() && children == node.children()
                    ? node
                    : node.withChildren(node.stat(), numChildren, children);
        }
    }

    public TreeLoader(NodeKinds kinds) {
        this.kinds = kinds;
        this.books = new TreeBooks(kinds);
    }

    /** An entry of the ACL table. Lists that no node refers to are not kept. */
    public void acl(long id, List<Acl> list) {
        acls.put(id, list);
    }

    /**
     * A node.
     *
     * @param rawPath empty for the root, which comes first
     * @param aclId as in the ACL table; -1 for the open ACL
     */
    public void node(Slice rawPath, @Nullable Slice data, long aclId, StoredStat stat) {
        Slice path = wellFormed(rawPath);
        if (path.length() == 0) {
            root(data, aclId, stat);
            return;
        }
        int slash = lastSlash(path);
        Slice name = new Slice(path.bytes(), slash + 1, path.to());
        if (slash < path.from() || path.bytes()[path.from()] != '/' || name.length() == 0) {
            throw new MalformedRecord("'" + text(path) + "' can be no path of a node");
        }
        Directory parent = enter(path, slash);
        int hash = ChildMap.hash(name);
        if (ChildMap.find(parent.children, hash, name) != null) {
            throw new MalformedRecord("node '" + text(path) + "' comes twice");
        }
        ZNode node = ZNode.of(name, data, aclOf(aclId), stat);
        parent.children = ChildMap.put(parent.children, hash, node, 0);
        parent.numChildren++;
        books.added(path, node);
        if (stat.owner() != NodeKinds.NO_OWNER || isQuota(path)) {
            books.index(NodePath.ofUtf8(path.copy()), node);
        }
    }

    /** As {@link NodePath} has it, so that what is loaded can be found. */
    private static Slice wellFormed(Slice path) {
        for (int i = path.from(); i < path.to(); i++) {
            if (path.bytes()[i] < 0) {
                NodePath decoded = NodePath.ofUtf8(path.copy());
                return new Slice(decoded.utf8(), 0, decoded.lengthBytes());
            }
        }
        return path;
    }

    private void root(@Nullable Slice data, long aclId, StoredStat stat) {
        if (!spine.isEmpty()) {
            throw new MalformedRecord("the root comes twice");
        }
        ZNode node = ZNode.of(Slice.EMPTY, data, aclOf(aclId), stat);
        spine.add(new Directory(node, 0, 0));
        books.added(Slice.EMPTY, node);
    }

    /** Less than {@code path.from()} if there is none. */
    private static int lastSlash(Slice path) {
        int at = path.to() - 1;
        while (at >= path.from() && path.bytes()[at] != '/') {
            at--;
        }
        return at;
    }

    /** For messages: what is damaged may be anything, and long. */
    private static String text(Slice path) {
        int shown = Math.min(path.length(), SHOWN_BYTES);
        char[] text = new String(path.bytes(), path.from(), shown, StandardCharsets.UTF_8).toCharArray();
        for (int i = 0; i < text.length; i++) {
            text[i] = Character.isISOControl(text[i]) ? '?' : text[i];
        }
        return new String(text) + (shown < path.length() ? "..." : "");
    }

    private static boolean isQuota(Slice path) {
        int end = path.from() + QUOTA_PREFIX.length;
        return path.to() > end && Arrays.equals(path.bytes(), path.from(), end, QUOTA_PREFIX, 0, QUOTA_PREFIX.length);
    }

    private int aclOf(long id) {
        return id == FrozenAcls.OPEN_ID ? FrozenAcls.OPEN_ID : books.acls.acquire(acls.getOrDefault(id, CLOSED));
    }

    /** Makes the parent of {@code path}, which ends at {@code slash}, the innermost directory. */
    private Directory enter(Slice path, int slash) {
        if (spine.isEmpty()) {
            throw new MalformedRecord("node '" + text(path) + "' comes before the root");
        }
        int shared = sharedLength(path, slash);
        while (innermost().pathLength > shared) {
            leave();
        }
        while (innermost().pathLength < slash - path.from()) {
            descend(path, slash);
        }
        return innermost();
    }

    /** Directories on the spine whose paths are no longer than this are the parent or above it. */
    private int sharedLength(Slice path, int slash) {
        int parentLength = slash - path.from();
        int openLength = innermost().pathLength;
        int common = Arrays.mismatch(path.bytes(), path.from(), slash, spinePath, 0, openLength);
        if (common == -1) {
            return openLength;
        }
        boolean whole = common == parentLength || common == openLength && path.bytes()[path.from() + common] == '/';
        return whole ? common : Math.max(0, common - 1);
    }

    private Directory innermost() {
        return spine.get(spine.size() - 1);
    }

    private void leave() {
        Directory left = spine.remove(spine.size() - 1);
        ZNode node = left.closed();
        if (node != left.node) {
            Directory parent = innermost();
            parent.children = ChildMap.put(parent.children, left.hash, node, 0);
        }
    }

    private void descend(Slice path, int slash) {
        Directory from = innermost();
        int start = path.from() + from.pathLength + 1;
        int end = PathWalk.componentEnd(path.bytes(), start, slash);
        Slice name = new Slice(path.bytes(), start, end);
        int hash = ChildMap.hash(name);
        ZNode node = ChildMap.find(from.children, hash, name);
        if (node == null) {
            throw new MalformedRecord("node '" + text(path) + "' comes before its parent");
        }
        int length = end - path.from();
        if (length > spinePath.length) {
            spinePath = Arrays.copyOf(spinePath, Math.max(length, 2 * spinePath.length));
        }
        System.arraycopy(path.bytes(), start - 1, spinePath, from.pathLength, end - start + 1);
        spine.add(new Directory(node, hash, length));
    }

    /**
     * The tree, its quota usage counted anew. The loader is then of no more use.
     *
     * @param zxid the last transaction that the snapshot holds
     */
    public DataTree finish(long zxid) {
        if (spine.isEmpty()) {
            throw new MalformedRecord("there is no root");
        }
        while (spine.size() > 1) {
            leave();
        }
        DataTree tree = new DataTree(kinds, books, innermost().closed());
        tree.setLastZxid(zxid);
        tree.recountQuotas();
        return tree;
    }
}
