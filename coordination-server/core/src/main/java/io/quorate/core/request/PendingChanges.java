package io.quorate.core.request;

import io.quorate.core.base.NodePath;
import io.quorate.core.tree.DataTree;
import io.quorate.core.tree.ZNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that proposed but not yet applied transactions will have changed, laid over the tree. Preparation reads
 * through it, so that pipelined writes see each other.
 */
final class PendingChanges {

    /** A node's next state; {@code node} is null where the node will be gone. */
    private record Change(
            NodePath path, long zxid, @Nullable PendingNode node) {}

    /** What to put back when a preparation fails; {@code before} is null where the overlay had nothing. */
    private record Undo(NodePath path, @Nullable Change before) {}

    private final DataTree tree;
    private final Map<NodePath, Change> latest = new HashMap<>();
    /** Every change that still waits for its transaction, by zxid. Its head may be superseded in {@link #latest}. */
    private final ArrayDeque<Change> inOrder = new ArrayDeque<>();
    /** What the preparation under way has replaced. */
    private final List<Undo> undo = new ArrayList<>();
    /** The tree's digest once everything pending is applied. */
    private long digest;
    /** {@link #digest} when the preparation under way began. */
    private long digestBefore;

    PendingChanges(DataTree tree) {
        this.tree = tree;
        digest = tree.digest();
    }

    @Nullable
    PendingNode find(NodePath path) {
        Change change = latest.get(path);
        if (change != null) {
            return change.node;
        }
        ZNode node = tree.find(path);
        return node == null ? null : PendingNode.of(tree, node);
    }

    boolean exists(NodePath path) {
        Change change = latest.get(path);
        return change != null ? change.node != null : tree.find(path) != null;
    }

    /** Paths whose pending state satisfies the test, oldest change first. */
    List<NodePath> pendingPaths(java.util.function.Predicate<PendingNode> test) {
        List<NodePath> paths = new ArrayList<>();
        for (Change change : inOrder) {
            if (latest.get(change.path) == change && change.node != null && test.test(change.node)) {
                paths.add(change.path);
            }
        }
        return paths;
    }

    /** Starts the preparation of one transaction. */
    void begin() {
        undo.clear();
        digestBefore = digest;
    }

    /** Records what a node becomes; {@code before} is what {@link #find} gave for it, null where it was not there. */
    void put(NodePath path, long zxid, @Nullable PendingNode before, @Nullable PendingNode after) {
        digest += (after == null ? 0 : after.digest(path)) - (before == null ? 0 : before.digest(path));
        Change change = new Change(path, zxid, after);
        undo.add(new Undo(path, latest.put(path, change)));
        inOrder.addLast(change);
    }

    /** Forgets the preparation under way: the request was refused. */
    void rollBack() {
        for (int i = undo.size() - 1; i >= 0; i--) {
            Undo step = undo.get(i);
            inOrder.removeLast();
            if (step.before == null) {
                latest.remove(step.path);
            } else {
                latest.put(step.path, step.before);
            }
        }
        undo.clear();
        digest = digestBefore;
    }

    /** The transaction is in the tree now: the overlay no longer needs to hold what it did. */
    void applied(long zxid) {
        while (!inOrder.isEmpty() && inOrder.peekFirst().zxid <= zxid) {
            Change change = inOrder.removeFirst();
            latest.remove(change.path, change);
        }
        if (inOrder.isEmpty()) {
            digest = tree.digest();
        }
    }

    long digest() {
        return digest;
    }
}
