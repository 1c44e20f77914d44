package io.quorate.core.replica;

import io.quorate.core.log.LogOptions;
import io.quorate.core.session.SessionTable;
import io.quorate.core.snapshot.SnapshotCatalog;
import io.quorate.core.tree.DataTree;
import io.quorate.core.zab.CommittedWindow;
import java.util.List;

/**
 * What a disk held, as a replica goes on from it.
 *
 * @param window the end of the history that was replayed; empty for a server without peers
 * @param segments first zxids of the log files, ascending
 * @param epochs of a member of an ensemble; both 0 without peers
 * @param lost whether there is nothing where there has been something: what was acknowledged once is not here
 */
record RecoveredState(
        DataTree tree,
        SessionTable sessions,
        CommittedWindow window,
        SnapshotCatalog catalog,
        List<Long> segments,
        LogOptions logOptions,
        Epochs epochs,
        boolean lost) {

    /** The two epochs of quorum protocol 0.3. */
    record Epochs(long accepted, long current) {
        static final Epochs NONE = new Epochs(0, 0);
    }
}
