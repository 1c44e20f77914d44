package io.quorate.core.tree;

import io.quorate.core.base.NodePath;
import org.jspecify.annotations.Nullable;

/** A part of an array, to be read only: {@code from} inclusive, {@code to} exclusive. */
public record Slice(byte[] bytes, int from, int to) {

    static final Slice EMPTY = new Slice(new byte[0], 0, 0);

    static @Nullable Slice ofNullable(byte @Nullable [] bytes) {
        return bytes == null ? null : new Slice(bytes, 0, bytes.length);
    }

    /** The path's bytes; none for the root, as digests and snapshots have it. */
    static Slice ofPath(NodePath path) {
        return path.isRoot() ? EMPTY : new Slice(path.utf8(), 0, path.lengthBytes());
    }

    /** The bytes of the path's parent; none for the root. Requires a slash. */
    static Slice ofParent(NodePath path) {
        return new Slice(path.utf8(), 0, path.lastSlash());
    }

    /** The last component. Requires a slash. */
    static Slice ofName(NodePath path) {
        return new Slice(path.utf8(), path.lastSlash() + 1, path.lengthBytes());
    }

    public int length() {
        return to - from;
    }

    byte[] copy() {
        byte[] copy = new byte[to - from];
        copyTo(copy, 0);
        return copy;
    }

    void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, from, target, offset, to - from);
    }
}
