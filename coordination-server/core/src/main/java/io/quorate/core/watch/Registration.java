package io.quorate.core.watch;

import org.jspecify.annotations.Nullable;

/**
 * Everything that one connection watches about one path. Member of two lists at once, that of its path and that of its
 * connection, so that either side can drop it without searching; the links are in the object because there may be
 * millions of these.
 */
final class Registration {

    /** Standard, in the data table. */
    static final int DATA = 1;
    /** Standard, in the child table. */
    static final int CHILD = 2;
    /** Persistent, always in both tables. */
    static final int PERSISTENT = 4;
    /** Persistent and recursive, in the data table only. */
    static final int RECURSIVE = 8;

    static final int ALL = DATA | CHILD | PERSISTENT | RECURSIVE;

    final WatchedPath path;
    final WatchingLink link;
    /** A set of the bits above. Invariant: not empty while the registration is in the table. */
    int modes;

    @Nullable
    Registration nextOnPath;

    @Nullable
    Registration previousOnPath;

    @Nullable
    Registration nextOfLink;

    @Nullable
    Registration previousOfLink;

    Registration(WatchedPath path, WatchingLink link) {
        this.path = path;
        this.link = link;
    }

    boolean has(int anyOf) {
        return (modes & anyOf) != 0;
    }
}
