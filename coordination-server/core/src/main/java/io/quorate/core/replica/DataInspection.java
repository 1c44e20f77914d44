package io.quorate.core.replica;

import io.quorate.core.log.EpochFile;
import io.quorate.core.log.MalformedEpoch;
import io.quorate.core.log.SegmentCatalog;
import io.quorate.core.log.SegmentInspection;
import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskImage;
import io.quorate.core.snapshot.CorruptSnapshot;
import io.quorate.core.snapshot.SnapshotCatalog;
import io.quorate.core.snapshot.SnapshotFile;
import io.quorate.core.snapshot.SnapshotOptions;
import io.quorate.core.snapshot.SnapshotReader;
import io.quorate.core.tree.NodeKinds;
import io.quorate.core.txn.Txn;
import io.quorate.core.txn.TxnText;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a data directory holds, for people, without a server and without changing anything. Blocks on the disk. Failures
 * of the medium leave as {@link io.quorate.core.port.DiskFailure}.
 */
public final class DataInspection {

    /**
     * An epoch file.
     *
     * @param value null where the file is absent or malformed
     * @param problem empty unless it is malformed
     */
    public record EpochView(String file, @Nullable Long value, String problem) {}

    /** What can be said of a snapshot at a glance. */
    public enum SnapshotState {
        LOADABLE,
        /** It fails the quick test: a server that writes snapshots in place has crashed. Such files are passed over. */
        INCOMPLETE,
        DAMAGED
    }

    /**
     * A snapshot.
     *
     * @param problem why it is not loadable; empty where it is
     * @param contents null unless it is loadable
     */
    public record SnapshotView(
            String file,
            long zxid,
            long sizeBytes,
            SnapshotState state,
            String problem,
            @Nullable SnapshotSummary contents) {}

    /** What lies behind the last intact transaction of a log. */
    public enum LogEnd {
        CLEAN,
        TORN,
        CORRUPT
    }

    /**
     * A log file.
     *
     * @param records intact transactions
     * @param firstZxid of the first one; -1 without any
     * @param lastZxid of the last one; -1 without any
     * @param endBytes where the last one ends
     * @param problem what is wrong there; empty where the end is clean
     */
    public record LogView(
            String file,
            long records,
            long firstZxid,
            long lastZxid,
            long endBytes,
            long sizeBytes,
            LogEnd end,
            String problem) {}

    /**
     * A transaction.
     *
     * @param text what it does
     * @param digest of the tree after it; null when the record has none
     */
    public record TransactionView(
            long zxid,
            long timeMillis,
            long sessionId,
            int cxid,
            String text,
            @Nullable Long digest) {}

    /** No element is longer, whatever the server that wrote it was configured to. */
    private static final int MAX_RECORD_BYTES = 64 << 20;

    /** Whether TTL nodes were enabled is not in the files; with them a node's kind is told apart furthest. */
    private static final NodeKinds KINDS = new NodeKinds(true, false);

    private final DiskImage image;

    public DataInspection(DiskImage image) {
        this.image = image;
    }

    /** Accepted and current epoch. */
    public List<EpochView> epochs() {
        List<EpochView> views = new ArrayList<>();
        for (EpochFile file : EpochFile.values()) {
            views.add(epoch(file));
        }
        return views;
    }

    private EpochView epoch(EpochFile file) {
        String name = file.file().name();
        try {
            OptionalLong value = file.read(image);
            return new EpochView(name, value.isPresent() ? value.getAsLong() : null, "");
        } catch (MalformedEpoch malformed) {
            return new EpochView(name, null, String.valueOf(malformed.getMessage()));
        }
    }

    /** Newest first. Each is read whole. */
    public List<SnapshotView> snapshots() {
        SnapshotCatalog catalog = SnapshotCatalog.scan(image);
        List<SnapshotView> views = new ArrayList<>();
        for (SnapshotFile file : catalog.newestFirst()) {
            views.add(view(file));
        }
        for (SnapshotFile file : catalog.incomplete()) {
            views.add(new SnapshotView(
                    file.name(),
                    file.zxid(),
                    image.sizeBytes(file.diskFile()),
                    SnapshotState.INCOMPLETE,
                    "it does not end, or begin, as a snapshot does",
                    null));
        }
        return views;
    }

    private SnapshotView view(SnapshotFile file) {
        long sizeBytes = image.sizeBytes(file.diskFile());
        try {
            SnapshotSummary summary = read(file).summary();
            return new SnapshotView(file.name(), file.zxid(), sizeBytes, SnapshotState.LOADABLE, "", summary);
        } catch (CorruptSnapshot corrupt) {
            String problem = String.valueOf(corrupt.getMessage());
            return new SnapshotView(file.name(), file.zxid(), sizeBytes, SnapshotState.DAMAGED, problem, null);
        }
    }

    /**
     * The contents of one snapshot.
     *
     * @throws UnusableData when the name is no snapshot's, or the file is damaged
     */
    public SnapshotContents snapshot(String name) {
        SnapshotFile file = SnapshotFile.parse(name);
        if (file == null) {
            throw new UnusableData(name + " is not named like a snapshot, snapshot.<zxid in hexadecimal>, perhaps with"
                    + " .gz or .snappy: the name says which transaction it is of. Rename a copy of it");
        }
        try {
            return read(file);
        } catch (CorruptSnapshot corrupt) {
            throw new UnusableData("The snapshot is damaged: " + corrupt.getMessage());
        }
    }

    private SnapshotContents read(SnapshotFile file) {
        SnapshotReader reader = new SnapshotReader(image, KINDS, SnapshotOptions.forMaxRecord(MAX_RECORD_BYTES));
        return new SnapshotContents(reader.read(file));
    }

    /** Oldest first. Each is read whole. */
    public List<LogView> logs() {
        List<LogView> views = new ArrayList<>();
        for (long zxid : SegmentCatalog.list(image)) {
            views.add(log(SegmentCatalog.fileOf(zxid), txn -> {}));
        }
        return views;
    }

    /**
     * The transactions of one log file, whatever its name, in order.
     *
     * @param withData whether data is written out, in base64
     */
    public LogView log(String name, boolean withData, Consumer<TransactionView> transactions) {
        TxnText text = new TxnText(withData);
        return log(
                DiskFile.log(name),
                txn -> transactions.accept(new TransactionView(
                        txn.zxid(), txn.timeMillis(), txn.sessionId(), txn.cxid(), text.of(txn.body()), txn.digest())));
    }

    private LogView log(DiskFile file, Consumer<Txn> transactions) {
        SegmentInspection.Result result = SegmentInspection.read(image, file, transactions);
        return new LogView(
                file.name(),
                result.records(),
                result.firstZxid(),
                result.lastZxid(),
                result.endBytes(),
                result.sizeBytes(),
                LogEnd.valueOf(result.end().name()),
                result.problem());
    }
}
