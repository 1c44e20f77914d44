package io.quorate.simulation.check;

import io.quorate.core.log.LogOptions;
import io.quorate.core.port.DiskImage;
import io.quorate.core.snapshot.CorruptSnapshot;
import io.quorate.core.snapshot.LoadedSnapshot;
import io.quorate.core.snapshot.SnapshotCatalog;
import io.quorate.core.snapshot.SnapshotFile;
import io.quorate.core.snapshot.SnapshotOptions;
import io.quorate.core.snapshot.SnapshotReader;
import io.quorate.core.tree.NodeKinds;
import io.quorate.core.txn.Txn;
import io.quorate.simulation.Violation;
import io.quorate.simulation.history.History;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Everything that can be judged only when a run is over: all replies and events, all snapshots, all digests. */
public final class FinalCheck {

    private static final NodeKinds KINDS = new NodeKinds(false, false);

    private final DiskImage image;
    private final LogOptions logOptions;
    private final InvariantSuite invariants;

    /** @param image the disk after the run, with every log file that there has been */
    public FinalCheck(DiskImage image, LogOptions logOptions, InvariantSuite invariants) {
        this.image = image;
        this.logOptions = logOptions;
        this.invariants = invariants;
    }

    /** Returns the number of committed transactions. */
    public long check(History history, boolean diskWasFull) {
        // Snapshots first: reading the log back may cut it, but nothing reads it again.
        Map<Long, LoadedSnapshot> snapshots = snapshots();
        CanonicalHistory canonical = CanonicalHistory.read(image, logOptions);
        invariants.compareDigests(canonical);
        compareDigests(snapshots, canonical.txns());
        WitnessChecker witness = new WitnessChecker(history, canonical, diskWasFull);
        StateComparison comparison = new StateComparison(witness.model());
        witness.check(zxid -> {
            LoadedSnapshot snapshot = snapshots.get(zxid);
            if (snapshot != null) {
                comparison.compare(snapshot);
            }
        });
        return canonical.lastZxid();
    }

    private Map<Long, LoadedSnapshot> snapshots() {
        Map<Long, LoadedSnapshot> loaded = new HashMap<>();
        SnapshotReader reader = new SnapshotReader(image, KINDS, SnapshotOptions.DEFAULT);
        for (SnapshotFile file : SnapshotCatalog.scan(image).newestFirst()) {
            try {
                loaded.put(file.zxid(), reader.read(file));
            } catch (CorruptSnapshot corrupt) {
                throw new Violation("S2", "a listed snapshot cannot be read: " + corrupt.getMessage());
            }
        }
        return loaded;
    }

    private static void compareDigests(Map<Long, LoadedSnapshot> snapshots, List<Txn> txns) {
        for (Txn txn : txns) {
            LoadedSnapshot snapshot = snapshots.get(txn.zxid());
            Long digest = txn.digest();
            Violation.unless(
                    snapshot == null || digest == null || snapshot.tree().digest() == digest,
                    "S2",
                    "the snapshot of 0x%x has another digest than the transaction",
                    txn.zxid());
        }
    }
}
