package io.quorate.core.tree;

/**
 * A tree in numbers at one moment.
 *
 * @param digest see {@link TreeDigest}
 * @param zxid the last one applied
 * @param nodeCount the root included
 */
record TreeTotals(long digest, long zxid, long nodeCount) {

    /** Of a walk through a part of the tree, which nobody asks for them. */
    static final TreeTotals NONE = new TreeTotals(0, 0, 0);
}
