package io.quorate.core.watch;

import io.quorate.core.base.NodePath;
import org.jspecify.annotations.Nullable;

/** A path that somebody watches, with its registrations in the order in which they came. */
final class WatchedPath {

    final NodePath path;
    /** Distinguishes paths in {@link RegistrationIndex}; unlike the path's hash it is not for clients to choose. */
    final int serial;

    @Nullable
    Registration first;

    private @Nullable Registration last;
    /** Registrations in the data table. */
    int dataWatches;
    /** Registrations in the child table. */
    int childWatches;
    /** Registrations with the recursive mode. */
    int recursiveWatches;

    WatchedPath(NodePath path, int serial) {
        this.path = path;
        this.serial = serial;
    }

    void append(Registration added) {
        added.previousOnPath = last;
        if (last == null) {
            first = added;
        } else {
            last.nextOnPath = added;
        }
        last = added;
    }

    void unlink(Registration gone) {
        if (gone.previousOnPath == null) {
            first = gone.nextOnPath;
        } else {
            gone.previousOnPath.nextOnPath = gone.nextOnPath;
        }
        if (gone.nextOnPath == null) {
            last = gone.previousOnPath;
        } else {
            gone.nextOnPath.previousOnPath = gone.previousOnPath;
        }
    }
}
