package io.quorate.core.request;

import io.quorate.core.base.NodePath;
import io.quorate.core.tree.DataTree;
import io.quorate.core.tree.NodeKinds;
import io.quorate.core.tree.ZNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that proposed but not yet applied transactions will have changed, laid over the tree. Preparation reads
 * through it, so that pipelined writes see each other.
 */
final class PendingChanges {

    /** A node's next state; {@code node} is null where the node will be gone. */
    private record Change(
            NodePath path,
            long zxid,
            long sequence,
            @Nullable PendingNode node) {

        /** 0 where the node has none, or will be gone. */
        long owner() {
            return node == null ? NodeKinds.NO_OWNER : node.stat().owner();
        }
    }

    /** What to put back when a preparation fails; {@code before} is null where the overlay had nothing. */
    private record Undo(NodePath path, @Nullable Change before) {}

    private final DataTree tree;
    private final Map<NodePath, Change> latest = new HashMap<>();
    /** Every change that still waits for its transaction, by zxid. Its head may be superseded in {@link #latest}. */
    private final ArrayDeque<Change> inOrder = new ArrayDeque<>();
    /**
     * The paths of {@link #latest} by their nodes' owner, in the order of the changes: a session that is closed finds
     * its own without looking at those of all others, of which many may be closed at once.
     */
    private final Map<Long, TreeMap<Long, NodePath>> byOwner = new HashMap<>();
    /** Orders changes; ever growing. */
    private long sequence;
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

    /** Changed paths that will belong to {@code owner}, and satisfy the test, oldest change first. */
    List<NodePath> pathsOf(long owner, Predicate<NodePath> test) {
        TreeMap<Long, NodePath> owned = byOwner.get(owner);
        if (owned == null) {
            return List.of();
        }
        List<NodePath> paths = new ArrayList<>(owned.values());
        paths.removeIf(test.negate());
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
        Change change = new Change(path, zxid, ++sequence, after);
        Change replaced = latest.put(path, change);
        disown(replaced);
        own(change);
        undo.add(new Undo(path, replaced));
        inOrder.addLast(change);
    }

    private void own(Change change) {
        if (change.owner() != NodeKinds.NO_OWNER) {
            byOwner.computeIfAbsent(change.owner(), owner -> new TreeMap<>()).put(change.sequence, change.path);
        }
    }

    private void disown(@Nullable Change change) {
        if (change == null || change.owner() == NodeKinds.NO_OWNER) {
            return;
        }
        byOwner.computeIfPresent(change.owner(), (owner, owned) -> {
            owned.remove(change.sequence);
            return owned.isEmpty() ? null : owned;
        });
    }

    /** Forgets the preparation under way: the request was refused. */
    void rollBack() {
        for (int i = undo.size() - 1; i >= 0; i--) {
            Undo step = undo.get(i);
            disown(inOrder.removeLast());
            if (step.before == null) {
                latest.remove(step.path);
            } else {
                latest.put(step.path, step.before);
                own(step.before);
            }
        }
        undo.clear();
        digest = digestBefore;
    }

    /** The transaction is in the tree now: the overlay no longer needs to hold what it did. */
    void applied(long zxid) {
        while (!inOrder.isEmpty() && inOrder.peekFirst().zxid <= zxid) {
            Change change = inOrder.removeFirst();
            if (latest.remove(change.path, change)) {
                disown(change);
            }
        }
        if (inOrder.isEmpty()) {
            digest = tree.digest();
        }
    }

    long digest() {
        return digest;
    }
}
