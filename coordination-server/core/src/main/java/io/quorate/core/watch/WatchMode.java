package io.quorate.core.watch;

import org.jspecify.annotations.Nullable;

/** How long a watch lives and how far it reaches (client protocol 7.1). */
public enum WatchMode {
    /** Fires once, for its own path. */
    STANDARD,
    /** Stays, for its own path. */
    PERSISTENT,
    /** Stays, for its own path and everything below; never reports NodeChildrenChanged. */
    PERSISTENT_RECURSIVE;

    /** The mode that an addWatch request names, or null when there is no such number. */
    public static @Nullable WatchMode ofAddWatch(int number) {
        return switch (number) {
            case 0 -> PERSISTENT;
            case 1 -> PERSISTENT_RECURSIVE;
            default -> null;
        };
    }
}
