package io.quorate.core.zab;

import io.quorate.core.snapshot.SnapshotIntake;

/** Replaces this member's whole state on its leader's order. Done by the replica, which owns what lies on disk. */
public interface StateInstaller {

    /** Begins to receive the leader's snapshot. */
    SnapshotIntake receive(long zxid);

    /**
     * Whether a snapshot that is durable may be installed. Not while one of what it replaces is being written: that one
     * would get its name afterwards, and the next start might load it.
     */
    boolean mayInstall();

    /**
     * The snapshot is durable: it becomes the state, and the log begins anew behind it. Only while {@link #mayInstall}.
     */
    void install(SnapshotIntake received);

    /**
     * Cuts the history behind a transaction and loads what is left.
     *
     * @param outcome told what has come of it
     */
    void truncate(long toZxid, TruncateOutcome outcome);

    /** What comes of a truncation. */
    interface TruncateOutcome {
        void onTruncated();

        /** The history does not hold that transaction; it is what it was. */
        void onNotHeld();

        /** What the disk holds now is not known. */
        void onFailed(String reason);
    }
}
