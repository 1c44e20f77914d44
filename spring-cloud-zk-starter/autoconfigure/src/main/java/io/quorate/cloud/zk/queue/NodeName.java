package io.quorate.cloud.zk.queue;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Names that people choose, as names of nodes: whatever a node cannot be called is percent-encoded in UTF-8. */
public final class NodeName {

    private static final Set<String> RESERVED = Set.of(".", "..", "zookeeper");
    /** Private use and the specials, which the ZooKeeper client refuses as it does control characters. */
    private static final int PRIVATE_USE_FIRST = 0xE000;

    private static final int PRIVATE_USE_LAST = 0xF8FF;
    private static final int SPECIALS_FIRST = 0xFFF0;

    private NodeName() {}

    /**
     * Different names give different results.
     *
     * @throws IllegalArgumentException when the name is empty or holds half of a surrogate pair
     */
    public static String encode(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("The name is empty; give the role or the lock a name");
        }
        StringBuilder encoded = new StringBuilder(name.length());
        if (RESERVED.contains(name)) {
            percent(encoded, name.codePointAt(0));
            return encoded.append(name, 1, name.length()).toString();
        }
        name.codePoints().forEach(character -> {
            if (Character.getType(character) == Character.SURROGATE) {
                throw new IllegalArgumentException("The name '" + name + "' holds half of a character");
            }
            if (refused(character)) {
                percent(encoded, character);
            } else {
                encoded.appendCodePoint(character);
            }
        });
        return encoded.toString();
    }

    private static boolean refused(int character) {
        return character == '/'
                || character == '%'
                || Character.isISOControl(character)
                || character >= PRIVATE_USE_FIRST && character <= PRIVATE_USE_LAST
                || character >= SPECIALS_FIRST;
    }

    private static void percent(StringBuilder encoded, int character) {
        for (byte octet : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
            encoded.append(String.format("%%%02X", octet & 0xFF));
        }
    }
}
