package io.quorate.core.base;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The absolute path of a node as UTF-8 bytes, the form in which it arrives, is stored and leaves. Immutable.
 *
 * <p>An instance may hold text that is no valid node path, since clients may ask for anything: reads of such a path
 * find nothing, and creates ask {@link NodePathRules}. The bytes are always well-formed UTF-8: malformed input is
 * decoded the permissive way of the reference, to U+FFFD, which no valid path contains (client protocol 1.1).
 */
public final class NodePath implements Comparable<NodePath> {

    public static final NodePath ROOT = new NodePath(new byte[] {'/'});

    /** Well-formed UTF-8. Never handed out for writing. */
    private final byte[] utf8;
    /** Cached, since every lookup asks. Zero means "not computed yet"; recomputing a true zero is harmless. */
    private int hash;

    private NodePath(byte[] utf8) {
        this.utf8 = utf8;
    }

    public static NodePath of(String path) {
        return new NodePath(path.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes ownership of {@code bytes}, which must not change afterwards. */
    public static NodePath ofUtf8(byte[] bytes) {
        for (byte unit : bytes) {
            if (unit < 0) {
                return of(new String(bytes, StandardCharsets.UTF_8));
            }
        }
        return new NodePath(bytes);
    }

    public boolean isRoot() {
        return utf8.length == 1 && utf8[0] == '/';
    }

    public int lengthBytes() {
        return utf8.length;
    }

    public byte byteAt(int index) {
        return utf8[index];
    }

    /** Copies the bytes from {@code from} (inclusive) to {@code to} (exclusive). */
    public byte[] copyOfRange(int from, int to) {
        return Arrays.copyOfRange(utf8, from, to);
    }

    /** The bytes themselves, to be read and never written: the tree and the codecs walk them without copying. */
    public byte[] utf8() {
        return utf8;
    }

    /** The index of the last slash, or -1. */
    public int lastSlash() {
        for (int i = utf8.length - 1; i >= 0; i--) {
            if (utf8[i] == '/') {
                return i;
            }
        }
        return -1;
    }

    /** Everything before the last slash; the root for its children. Requires a slash. */
    public NodePath parent() {
        int slash = lastSlash();
        Verify.that(slash >= 0, "a path without a slash has no parent");
        return slash == 0 ? ROOT : new NodePath(Arrays.copyOf(utf8, slash));
    }

    /** This path with {@code suffix} (ASCII) appended as it is: how sequential names are made. */
    public NodePath append(String suffix) {
        byte[] tail = suffix.getBytes(StandardCharsets.US_ASCII);
        byte[] joined = Arrays.copyOf(utf8, utf8.length + tail.length);
        System.arraycopy(tail, 0, joined, utf8.length, tail.length);
        return new NodePath(joined);
    }

    /** The path of the child {@code name} (UTF-8 bytes without a slash). */
    public NodePath child(byte[] name) {
        int base = isRoot() ? 0 : utf8.length;
        byte[] joined = new byte[base + 1 + name.length];
        System.arraycopy(utf8, 0, joined, 0, base);
        joined[base] = '/';
        System.arraycopy(name, 0, joined, base + 1, name.length);
        return new NodePath(joined);
    }

    /** Whether this path is {@code other} or lies below it. */
    public boolean isAtOrBelow(NodePath other) {
        if (other.isRoot()) {
            return utf8.length > 0 && utf8[0] == '/';
        }
        int length = other.utf8.length;
        return startsWith(other) && (utf8.length == length || utf8[length] == '/');
    }

    /** Plain prefix comparison of the text, as {@code getEphemerals} wants it. */
    public boolean startsWith(NodePath prefix) {
        int length = prefix.utf8.length;
        return utf8.length >= length && Arrays.equals(utf8, 0, length, prefix.utf8, 0, length);
    }

    @Override
    public int compareTo(NodePath other) {
        return Arrays.compareUnsigned(utf8, other.utf8);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof NodePath path && Arrays.equals(utf8, path.utf8));
    }

    @Override
    public int hashCode() {
        int known = hash;
        if (known == 0) {
            known = Arrays.hashCode(utf8);
            hash = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
