package io.quorate.core.watch;

/**
 * The two tables that the protocol speaks of (client protocol 7.1). A persistent watch is in both, a recursive one in
 * the data table only.
 */
public enum WatchKind {
    DATA(Registration.DATA | Registration.PERSISTENT | Registration.RECURSIVE),
    CHILD(Registration.CHILD | Registration.PERSISTENT);

    private final int modes;

    WatchKind(int modes) {
        this.modes = modes;
    }

    /** The bits of {@link Registration#modes} that put a registration into this table. */
    int modes() {
        return modes;
    }
}
