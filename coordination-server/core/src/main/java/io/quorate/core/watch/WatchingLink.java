package io.quorate.core.watch;

import org.jspecify.annotations.Nullable;

/** A connection that watches something, with its registrations in the order in which they came. */
final class WatchingLink {

    final long link;
    /** Distinguishes connections in {@link RegistrationIndex}. */
    final int serial;

    @Nullable
    Registration first;

    private @Nullable Registration last;
    /** Registrations in the data table. */
    int dataWatches;
    /** Registrations in the child table. */
    int childWatches;
    /** The last trigger that served this connection: each serves it at most once. */
    long servedBy;

    WatchingLink(long link, int serial) {
        this.link = link;
        this.serial = serial;
    }

    void append(Registration added) {
        added.previousOfLink = last;
        if (last == null) {
            first = added;
        } else {
            last.nextOfLink = added;
        }
        last = added;
    }

    void unlink(Registration gone) {
        if (gone.previousOfLink == null) {
            first = gone.nextOfLink;
        } else {
            gone.previousOfLink.nextOfLink = gone.nextOfLink;
        }
        if (gone.nextOfLink == null) {
            last = gone.previousOfLink;
        } else {
            gone.nextOfLink.previousOfLink = gone.previousOfLink;
        }
    }
}
