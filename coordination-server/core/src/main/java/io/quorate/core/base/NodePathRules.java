package io.quorate.core.base;

/** Which paths may name a node (client protocol 5.1). Works on the UTF-8 bytes; pure. */
public final class NodePathRules {

    private NodePathRules() {}

    /** The full test: final paths of creates, setData, setACL and check. */
    public static boolean isValid(NodePath path) {
        int length = path.lengthBytes();
        if (length == 0 || path.byteAt(0) != '/') {
            return false;
        }
        if (length == 1) {
            return true;
        }
        int start = 1;
        for (int i = 1; i <= length; i++) {
            if (i == length || path.byteAt(i) == '/') {
                if (!isValidComponent(path, start, i)) {
                    return false;
                }
                start = i + 1;
            }
        }
        return true;
    }

    private static boolean isValidComponent(NodePath path, int from, int to) {
        int length = to - from;
        if (length == 0 || isDots(path, from, length)) {
            return false;
        }
        for (int i = from; i < to; i++) {
            byte unit = path.byteAt(i);
            if (unit >= 0 ? unit < 0x20 || unit == 0x7f : isForbiddenSequence(path, i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDots(NodePath path, int from, int length) {
        return length <= 2 && path.byteAt(from) == '.' && path.byteAt(from + length - 1) == '.';
    }

    /**
     * Whether a forbidden character starts at {@code index}. The forbidden ranges are U+0080..U+009F, U+D800..U+F8FF
     * and U+FFF0..U+FFFF; a four-byte sequence stands for two surrogates, so it is forbidden as well.
     */
    private static boolean isForbiddenSequence(NodePath path, int index) {
        int lead = path.byteAt(index) & 0xff;
        if (lead < 0xc0) {
            return false; // a continuation byte: its lead has been judged
        }
        if (lead >= 0xf0) {
            return true;
        }
        int unit = lead < 0xe0
                ? (lead & 0x1f) << 6 | path.byteAt(index + 1) & 0x3f
                : (lead & 0x0f) << 12 | (path.byteAt(index + 1) & 0x3f) << 6 | path.byteAt(index + 2) & 0x3f;
        return unit <= 0x9f || unit >= 0xd800 && unit <= 0xf8ff || unit >= 0xfff0;
    }

    /** The weak test that comes first in creates and deletes: a slash somewhere, and no NUL. */
    public static boolean hasSlashAndNoNul(NodePath path) {
        return path.lastSlash() >= 0 && !hasNul(path);
    }

    public static boolean hasNul(NodePath path) {
        for (int i = 0; i < path.lengthBytes(); i++) {
            if (path.byteAt(i) == 0) {
                return true;
            }
        }
        return false;
    }
}
