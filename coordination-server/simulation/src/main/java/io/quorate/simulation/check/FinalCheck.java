package io.quorate.simulation.check;

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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Everything that can be judged only when a run is over: all replies and events, all snapshots, all digests. */
public final class FinalCheck {

    private static final NodeKinds KINDS = new NodeKinds(false, false);

    /** By zxid, those of all servers. */
    private final Map<Long, List<LoadedSnapshot>> snapshots = new HashMap<>();
    /** The newest one of each server, which it would start from; older ones may be of a history that was given up. */
    private final TreeSet<Long> newest = new TreeSet<>();

    /**
     * Reads all snapshots.
     *
     * @param images of servers that are down, whose whole history is committed
     */
    public FinalCheck(List<DiskImage> images) {
        for (DiskImage image : images) {
            SnapshotReader reader = new SnapshotReader(image, KINDS, SnapshotOptions.DEFAULT);
            List<SnapshotFile> files = SnapshotCatalog.scan(image).newestFirst();
            if (!files.isEmpty()) {
                newest.add(files.get(0).zxid());
            }
            for (SnapshotFile file : files) {
                try {
                    snapshots
                            .computeIfAbsent(file.zxid(), zxid -> new ArrayList<>())
                            .add(reader.read(file));
                } catch (CorruptSnapshot corrupt) {
                    throw new Violation("S2", "a listed snapshot cannot be read: " + corrupt.getMessage());
                }
            }
        }
    }

    /** @throws Violation when anything does not fit the committed history */
    public void check(History history, CanonicalHistory canonical, Allowance allowance) {
        compareDigests(canonical);
        WitnessChecker witness = new WitnessChecker(history, canonical, allowance);
        StateComparison comparison = new StateComparison(witness.model());
        witness.check(zxid -> snapshots.getOrDefault(zxid, List.of()).forEach(comparison::compare));
    }

    private void compareDigests(CanonicalHistory canonical) {
        TreeSet<Long> unknown = new TreeSet<>(newest);
        unknown.remove(0L);
        Long digest = null;
        for (CanonicalHistory.Step step : canonical.steps()) {
            Txn txn = step.txn();
            digest = txn == null || txn.digest() == null && isWithoutEffect(txn) ? digest : txn.digest();
            unknown.remove(step.zxid());
            for (LoadedSnapshot snapshot : snapshots.getOrDefault(step.zxid(), List.of())) {
                Violation.unless(
                        digest == null || snapshot.tree().digest() == digest,
                        "S2",
                        "the snapshot of 0x%x has another digest than the transaction",
                        step.zxid());
            }
        }
        Violation.unless(unknown.isEmpty(), "S2", "snapshots of what was never committed: %s", unknown);
    }

    private static boolean isWithoutEffect(Txn txn) {
        return TxnFacts.refusal(txn.body()) != null;
    }
}
