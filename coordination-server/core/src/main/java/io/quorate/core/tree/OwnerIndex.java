package io.quorate.core.tree;

import io.quorate.core.base.NodePath;
import io.quorate.core.base.Verify;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The nodes that have an owner: ephemerals by session, containers, TTL nodes. Sorted, so that every server lists them
 * in the same order whatever its history.
 */
final class OwnerIndex {

    private final NodeKinds kinds;
    private final TreeMap<Long, TreeSet<NodePath>> ephemerals = new TreeMap<>();
    private final TreeSet<NodePath> containers = new TreeSet<>();
    private final TreeSet<NodePath> ttlNodes = new TreeSet<>();
    /** The sum of the sizes of {@link #ephemerals}. */
    private int ephemeralCount;

    OwnerIndex(NodeKinds kinds) {
        this.kinds = kinds;
    }

    void add(NodePath path, long owner) {
        if (kinds.isEphemeral(owner)) {
            ephemerals.computeIfAbsent(owner, session -> new TreeSet<>()).add(path);
            ephemeralCount++;
        } else if (kinds.isContainer(owner)) {
            containers.add(path);
        } else if (kinds.isTtl(owner)) {
            ttlNodes.add(path);
        }
    }

    void remove(NodePath path, long owner) {
        if (kinds.isEphemeral(owner)) {
            removeEphemeral(path, owner);
        } else if (kinds.isContainer(owner)) {
            containers.remove(path);
        } else if (kinds.isTtl(owner)) {
            ttlNodes.remove(path);
        }
    }

    private void removeEphemeral(NodePath path, long owner) {
        TreeSet<NodePath> paths = ephemerals.get(owner);
        Verify.that(paths != null && paths.remove(path), "an ephemeral is listed under its session", owner);
        ephemeralCount--;
        if (paths.isEmpty()) {
            ephemerals.remove(owner);
        }
    }

    /** A copy. */
    List<NodePath> ephemeralsOf(long sessionId) {
        TreeSet<NodePath> paths = ephemerals.get(sessionId);
        return paths == null ? List.of() : new ArrayList<>(paths);
    }

    /** A copy. */
    List<Long> sessions() {
        return new ArrayList<>(ephemerals.keySet());
    }

    int ephemeralCount() {
        return ephemeralCount;
    }

    SortedSet<NodePath> containers() {
        return containers;
    }

    SortedSet<NodePath> ttlNodes() {
        return ttlNodes;
    }
}
