package io.quorate.app.zookeeper;

/**
 * What one ZooKeeper key means here: a line of the table.
 *
 * @param key as ZooKeeper writes it; ends in {@code *} when it stands for a family
 * @param place where ZooKeeper reads it
 * @param meaning what becomes of it
 * @param onlyValue the only value accepted, for {@link Meaning#FIXED}; otherwise empty
 * @param detail the full name of the twin, ending in {@code [*]} for a family of them, or the explanation
 */
record KeyRule(String key, Place place, Meaning meaning, String onlyValue, String detail) {

    enum Place {
        /** In the file alone. */
        FILE,
        /** In the file, and as a system property with the prefix {@code zookeeper.}. */
        PREFIXED,
        /** In the file, and as a system property of the same name. */
        UNPREFIXED
    }

    enum Meaning {
        TWIN,
        INERT,
        MISSING,
        REFUSED,
        FIXED
    }

    boolean isFamily() {
        return key.endsWith("*");
    }

    /** The full name of the property that a key of this rule is. */
    String twinOf(String name) {
        return isFamily() ? detail.replace("*", name.substring(key.length() - 1)) : detail;
    }

    boolean matches(String name) {
        return isFamily() ? name.startsWith(key.substring(0, key.length() - 1)) : name.equals(key);
    }
}
