package io.quorate.core.replica;

import io.quorate.core.log.LogOptions;
import io.quorate.core.log.LogRecovery;
import io.quorate.core.log.LogTruncation;
import io.quorate.core.log.RecoveredLog;
import io.quorate.core.log.SegmentCatalog;
import io.quorate.core.port.DiskImage;
import io.quorate.core.replica.RecoveredState.Epochs;
import io.quorate.core.request.TxnApplier;
import io.quorate.core.session.SessionTable;
import io.quorate.core.snapshot.CorruptSnapshot;
import io.quorate.core.snapshot.LoadedSnapshot;
import io.quorate.core.snapshot.OpenSession;
import io.quorate.core.snapshot.SnapshotCatalog;
import io.quorate.core.snapshot.SnapshotChoice;
import io.quorate.core.snapshot.SnapshotFile;
import io.quorate.core.snapshot.SnapshotOptions;
import io.quorate.core.snapshot.SnapshotReader;
import io.quorate.core.tree.DataTree;
import io.quorate.core.tree.NodeKinds;
import io.quorate.core.tree.TreeChange;
import io.quorate.core.txn.Txn;
import io.quorate.core.txn.Zxid;
import io.quorate.core.zab.CommittedWindow;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a disk holds: the newest readable snapshot, then the log behind it, and the epochs (quorum protocol 9.6,
 * 9.7). At the start, and again after a leader has had the end of the history cut off.
 */
final class DataLoading {

    private final ReplicaOptions options;
    private final DiskImage image;
    private final Consumer<String> report;
    private final Consumer<String> warnings;
    private final LogOptions logOptions;

    DataLoading(ReplicaOptions options, DiskImage image, Consumer<String> report, Consumer<String> warnings) {
        this.options = options;
        this.image = image;
        this.report = report;
        this.warnings = warnings;
        logOptions = LogOptions.forMaxPayload(
                options.limits().maxRecordBytes(), options.storage().reserveBytes());
    }

    /** @throws UnusableData when the disk holds something that must not be started from */
    RecoveredState load() {
        NodeKinds kinds = OptionParts.kinds(options);
        SnapshotCatalog catalog = SnapshotCatalog.scan(image);
        SnapshotChoice choice = choose(catalog, kinds);
        LoadedSnapshot snapshot = choice.loaded();
        DataTree tree = snapshot == null ? new DataTree(kinds) : snapshot.tree();
        SessionTable sessions = new SessionTable();
        if (snapshot != null) {
            for (OpenSession session : snapshot.sessions()) {
                sessions.open(session.id(), session.timeoutMillis());
            }
        }
        CommittedWindow window = OptionParts.window(options);
        replay(tree, sessions, window, snapshot);
        refuseForgottenHistory(choice.refused(), tree.lastZxid());
        tree.ensureSystemNodes();
        List<Long> segments = SegmentCatalog.list(image);
        MemberEpochs files = new MemberEpochs(image, warnings);
        boolean isEmpty = snapshot == null && segments.isEmpty();
        boolean lost = isEmpty && files.areOfLostData(options);
        Epochs epochs = options.ensemble() == null ? Epochs.NONE : files.load(Zxid.epoch(tree.lastZxid()), lost);
        return new RecoveredState(tree, sessions, window, catalog, segments, logOptions, epochs, lost);
    }

    /**
     * Cuts the history behind a transaction and loads what is left.
     *
     * @return null when the history does not hold that transaction; nothing is changed then
     */
    @Nullable
    RecoveredState truncateAndLoad(long toZxid) {
        SnapshotCatalog catalog = SnapshotCatalog.scan(image);
        boolean isBase = false;
        for (SnapshotFile file : catalog.newestFirst()) {
            isBase |= file.zxid() == toZxid;
        }
        LogTruncation truncation = new LogTruncation(image, logOptions);
        if (!truncation.isPossible(toZxid, isBase)) {
            return null;
        }
        for (SnapshotFile newer : catalog.newerThan(toZxid)) {
            image.delete(newer.diskFile());
        }
        truncation.cut(toZxid);
        return load();
    }

    private SnapshotChoice choose(SnapshotCatalog catalog, NodeKinds kinds) {
        SnapshotChoice choice = catalog.load(new SnapshotReader(
                image, kinds, SnapshotOptions.forMaxRecord(options.limits().maxRecordBytes())));
        for (CorruptSnapshot refused : choice.refused()) {
            warnings.accept("snapshot passed over: " + refused.getMessage());
        }
        for (SnapshotFile incomplete : catalog.incomplete()) {
            warnings.accept("snapshot passed over: " + incomplete.diskFile()
                    + " is incomplete, as a crash leaves one that is being written, or was damaged since");
        }
        LoadedSnapshot loaded = choice.loaded();
        if (loaded == null && !choice.refused().isEmpty()) {
            throw new UnusableData("none of the " + choice.refused().size()
                    + " snapshots can be read; the newest: "
                    + choice.refused().get(0).getMessage()
                    + ". Restore a snapshot from a backup or from another member, or move the data directory"
                    + " away to start empty.");
        }
        if (loaded == null && !options.storage().trustEmptySnapshot()) {
            refuseLostHistory(catalog);
        }
        if (loaded == null
                && !SegmentCatalog.list(image).isEmpty()
                && !options.storage().trustEmptySnapshot()) {
            throw new UnusableData("there are transaction logs but no snapshot that they build upon"
                    + (catalog.incomplete().isEmpty()
                            ? ""
                            : " other than " + catalog.incomplete().get(0).diskFile() + ", which is incomplete")
                    + ". Restore the snapshots"
                    + " that belong to them; only where the logs are known to reach back to the first"
                    + " transaction, start once with coordination.snapshot.trust.empty=true.");
        }
        return choice;
    }

    /**
     * A snapshot that cannot be read is passed over where an older one and the log lead to the same place. Where they
     * do not, what a leader has once sent, and this server has acknowledged, would be forgotten.
     */
    private static void refuseForgottenHistory(List<CorruptSnapshot> refused, long reachedZxid) {
        for (CorruptSnapshot snapshot : refused) {
            SnapshotFile file = SnapshotFile.parse(snapshot.file().name());
            if (file != null && file.zxid() > reachedZxid) {
                throw new UnusableData("a snapshot cannot be read, and without it the data ends at zxid "
                        + Zxid.format(reachedZxid) + ": " + snapshot.getMessage()
                        + ". A member of an ensemble: move the content of both its version-2 directories away and"
                        + " start it again; it copies the leader's data. A standalone server: restore that snapshot"
                        + " from a backup; or, giving up every transaction behind " + Zxid.format(reachedZxid)
                        + ", move it away.");
            }
        }
    }

    /**
     * Files that fail the quick test are no candidates, as in the reference, which would now start empty if there are
     * no logs either. But one that is not of an empty tree is proof that there has been something.
     */
    private static void refuseLostHistory(SnapshotCatalog catalog) {
        for (SnapshotFile incomplete : catalog.incomplete()) {
            if (incomplete.zxid() > 0) {
                throw new UnusableData("the only snapshots are incomplete, " + incomplete.diskFile()
                        + " among them, so what they held is lost here. Restore a snapshot from a backup or from"
                        + " another member; or move the data directory away to start empty.");
            }
        }
    }

    private void replay(
            DataTree tree, SessionTable sessions, CommittedWindow window, @Nullable LoadedSnapshot snapshot) {
        TxnApplier applier = new TxnApplier(tree, sessions, tree.kinds());
        List<TreeChange> ignored = new ArrayList<>();
        long from = tree.lastZxid();
        RecoveredLog log = new LogRecovery(image, logOptions).replay(from, (txn, payload) -> {
            ignored.clear();
            applier.apply(txn, ignored);
            compare(tree, txn, snapshot);
            if (options.ensemble() != null) {
                window.add(txn.zxid(), copyOf(payload));
            }
        });
        for (RecoveredLog.Cut cut : log.cuts()) {
            warnings.accept("torn end of the log cut off, nothing acknowledged was in it: " + cut);
        }
        report.accept("recovered up to zxid 0x" + Long.toHexString(tree.lastZxid()) + " from "
                + (snapshot == null ? "an empty tree" : snapshot.file().name()) + " and "
                + log.segments().size() + " log segments");
        if (snapshot != null && options.ensemble() != null) {
            dropReplacedHistory(snapshot, log.segments());
        }
    }

    /**
     * A member's own snapshots are never ahead of its log, so a log that ends below the newest one belongs to a history
     * that a leader's snapshot has replaced: the process ended before it could discard it. What is in there may never
     * have been committed, and nothing may build upon it, nor may a learner be brought up from it.
     *
     * <p>The reference's own snapshot of an epoch in which nothing has been proposed is ahead of its log by rights.
     */
    private void dropReplacedHistory(LoadedSnapshot snapshot, List<RecoveredLog.Segment> segments) {
        if (segments.isEmpty()) {
            return;
        }
        SnapshotFile base = snapshot.file();
        RecoveredLog.Segment last = segments.get(segments.size() - 1);
        if (last.lastZxid() >= base.zxid() || Zxid.counter(base.zxid()) == 0 && !last.ours()) {
            return;
        }
        List<Long> names = SegmentCatalog.list(image);
        for (int i = names.size() - 1; i >= 0; i--) {
            image.delete(SegmentCatalog.fileOf(names.get(i)));
        }
        warnings.accept("the log ended at zxid " + Zxid.format(last.lastZxid()) + ", below "
                + base.diskFile().name()
                + ": a history that a leader's snapshot had replaced, now discarded");
    }

    private static byte[] copyOf(ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.get(payload.position(), bytes);
        return bytes;
    }

    /** Inside the range that a fuzzy snapshot covers the digest says nothing (quorum protocol 9.6). */
    private void compare(DataTree tree, Txn txn, @Nullable LoadedSnapshot snapshot) {
        boolean exact = snapshot == null || txn.zxid() > snapshot.digestZxid();
        Long digest = txn.digest();
        if (exact && digest != null && digest != tree.digest()) {
            warnings.accept("digest differs after replaying zxid 0x" + Long.toHexString(txn.zxid()) + ": the log says "
                    + digest + ", the tree has " + tree.digest());
        }
    }
}
