package io.quorate.core.tree;

import io.quorate.core.base.Verify;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The way from the root to a node: finds it, and afterwards puts a changed node in its place. Works on the bytes of the
 * path and in loops, since a path may have very many components. Reusable; one walk at a time.
 */
final class PathWalk {

    /** The nodes from the root (index 0) to the one found (index {@link #depth}). */
    private @Nullable ZNode[] nodes = new ZNode[16];
    /** The hash of each node's name; the root's is unused. */
    private int[] hashes = new int[16];

    private int depth;

    /** Finds a node without remembering the way. {@code length} bytes of {@code utf8} are the path. */
    static @Nullable ZNode find(ZNode root, byte[] utf8, int length) {
        if (isRoot(utf8, length)) {
            return root;
        }
        ZNode node = utf8[0] == '/' ? root : null;
        int from = 1;
        while (node != null && from <= length) {
            int to = componentEnd(utf8, from, length);
            node = ChildMap.find(node.children(), ChildMap.hash(utf8, from, to), utf8, from, to);
            from = to + 1;
        }
        return node;
    }

    /** Walks to a node; false when it does not exist. */
    boolean to(ZNode root, byte[] utf8, int length) {
        depth = 0;
        nodes[0] = root;
        if (isRoot(utf8, length)) {
            return true;
        }
        ZNode node = utf8[0] == '/' ? root : null;
        int from = 1;
        while (node != null && from <= length) {
            int to = componentEnd(utf8, from, length);
            int hash = ChildMap.hash(utf8, from, to);
            node = ChildMap.find(node.children(), hash, utf8, from, to);
            push(node, hash);
            from = to + 1;
        }
        return node != null;
    }

    private static boolean isRoot(byte[] utf8, int length) {
        return length == 0 || length == 1 && utf8[0] == '/';
    }

    /** The index of the next slash at or after {@code from}, or {@code length}. */
    static int componentEnd(byte[] utf8, int from, int length) {
        int to = from;
        while (to < length && utf8[to] != '/') {
            to++;
        }
        return to;
    }

    private void push(@Nullable ZNode node, int hash) {
        depth++;
        if (depth == nodes.length) {
            nodes = Arrays.copyOf(nodes, depth * 2);
            hashes = Arrays.copyOf(hashes, depth * 2);
        }
        nodes[depth] = node;
        hashes[depth] = hash;
    }

    /** The node that was found. */
    ZNode node() {
        return at(depth);
    }

    /** Its parent; the node itself for the root. */
    ZNode parent() {
        return at(Math.max(0, depth - 1));
    }

    private ZNode at(int index) {
        ZNode node = nodes[index];
        Verify.that(node != null, "the walk has found its node");
        return node;
    }

    /**
     * Puts {@code changed} in the place of the node that was found, and returns the root to go on with. Ancestors are
     * replaced only as far as their children's maps had to be copied for a frozen image.
     */
    ZNode replace(ZNode changed, int epoch) {
        ZNode node = changed;
        nodes[depth] = node;
        for (int i = depth - 1; i >= 0; i--) {
            ZNode parent = at(i);
            ChildMap children = ChildMap.put(parent.children(), hashes[i + 1], node, epoch);
            if (children == parent.children()) {
                break;
            }
            node = parent.withChildren(parent.stat(), parent.numChildren(), children);
            nodes[i] = node;
        }
        return at(0);
    }
}
