package io.quorate.core.replica;

import io.quorate.core.log.LogOptions;
import io.quorate.core.request.TxnApplier;
import io.quorate.core.session.SessionTable;
import io.quorate.core.snapshot.SnapshotCatalog;
import io.quorate.core.tree.DataTree;
import io.quorate.core.tree.NodeKinds;
import java.util.List;

/**
 * What a disk held, as a replica goes on from it.
 *
 * @param segments first zxids of the log files, ascending
 */
record RecoveredState(
        NodeKinds kinds,
        DataTree tree,
        SessionTable sessions,
        TxnApplier applier,
        SnapshotCatalog catalog,
        List<Long> segments,
        LogOptions logOptions) {}
