package io.quorate.core.tree;

import io.quorate.core.base.NodePath;
import io.quorate.core.base.Verify;
import io.quorate.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks the tree as it was when {@link DataTree#freeze} made this cursor, parents before children, in an order that
 * depends on the names alone. Later changes of the tree do not show. Any number of cursors may be under way.
 */
public final class TreeCursor {

    private final ZNode root;
    private final FrozenAcls acls;
    private final TreeTotals totals;

    /** The path of the current node in the first {@link #pathLength} bytes; the root's is empty. */
    private byte[] path = new byte[128];

    private int pathLength;
    /** One iterator per open directory, the innermost at {@link #depth}; those beyond wait to be used again. */
    private final List<ChildIterator> open = new ArrayList<>();
    /** The length of the path of each open directory. */
    private int[] openPathLengths = new int[16];

    private int depth = -1;
    /** Null before the first step and after the last. */
    private @Nullable ZNode current;

    private boolean started;

    TreeCursor(ZNode root, FrozenAcls acls, TreeTotals totals) {
        this.root = root;
        this.acls = acls;
        this.totals = totals;
    }

    /**
     * Walks {@code top}, whose path is {@code topPath}, and what lies below it, in a tree that does not change
     * meanwhile.
     */
    static TreeCursor below(ZNode top, NodePath topPath) {
        TreeCursor cursor = new TreeCursor(top, FrozenAcls.empty(), TreeTotals.NONE);
        if (!topPath.isRoot()) {
            cursor.setPath(0, topPath.utf8());
        }
        return cursor;
    }

    private void setPath(int from, byte[] bytes) {
        reserve(from + bytes.length);
        System.arraycopy(bytes, 0, path, from, bytes.length);
        pathLength = from + bytes.length;
    }

    /** Goes to the next node, at first to the root; false at the end. */
    public boolean next() {
        if (!started) {
            started = true;
            current = root;
            return true;
        }
        if (current == null) {
            return false;
        }
        if (current.numChildren() > 0) {
            enter(current);
        }
        current = null;
        while (depth >= 0 && current == null) {
            current = open.get(depth).next();
            if (current == null) {
                depth--;
            }
        }
        if (current != null) {
            setName(current);
        }
        return current != null;
    }

    private void enter(ZNode directory) {
        depth++;
        if (depth == open.size()) {
            open.add(new ChildIterator());
        }
        if (depth == openPathLengths.length) {
            openPathLengths = Arrays.copyOf(openPathLengths, depth * 2);
        }
        open.get(depth).over(directory.children());
        openPathLengths[depth] = pathLength;
    }

    private void setName(ZNode node) {
        int slash = openPathLengths[depth];
        pathLength = slash + 1 + node.nameLength();
        reserve(pathLength);
        path[slash] = '/';
        node.copyNameTo(path, slash + 1);
    }

    private void reserve(int length) {
        if (length > path.length) {
            path = Arrays.copyOf(path, Math.max(length, path.length * 2));
        }
    }

    /** The current node. Requires that the last {@link #next} was true. */
    public ZNode node() {
        Verify.that(current != null, "the cursor stands on a node");
        return current;
    }

    /** The path of the current node, copied. */
    public NodePath path() {
        return pathLength == 0 ? NodePath.ROOT : NodePath.ofUtf8(Arrays.copyOf(path, pathLength));
    }

    /**
     * Writes the path of the current node as snapshots want it: the root's is the empty string (quorum protocol 4.8).
     */
    public void writePathTo(WireWriter out) {
        out.writeInt(pathLength).writeRaw(path, 0, pathLength);
    }

    /** What the ACL ids of the nodes mean. */
    public FrozenAcls acls() {
        return acls;
    }

    /** The digest of the tree at the freeze. */
    public long digest() {
        return totals.digest();
    }

    /** The last zxid applied before the freeze. */
    public long zxid() {
        return totals.zxid();
    }

    /** How many nodes the walk meets, the root included. */
    public long nodeCount() {
        return totals.nodeCount();
    }
}
