package io.quorate.core.log;

import io.quorate.core.log.RecoveredLog.Cut;
import io.quorate.core.port.DiskImage;
import io.quorate.core.txn.Txn;
import io.quorate.core.txn.TxnCodec;
import io.quorate.core.txn.Zxid;
import io.quorate.core.wire.MalformedRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log back at boot and tells what a crash left unfinished, which is cut, from damage to what may have been
 * acknowledged, which is refused. Nothing is changed on disk before all of it has been judged.
 *
 * <p><b>What a crash can do.</b> Bytes that were forced stay. Of the others, each sector may hold what was written,
 * what was there before (zeros) or, for a while, anything. So after a crash, a place without an intact record may be
 * followed by intact records that nobody was promised, and damage to promised records looks the same. What decides is
 * where it lies:
 *
 * <ul>
 *   <li><b>Below a durable mark</b> (the file is ours), everything had been reported durable when the mark was written.
 *       A record damaged or missing there was possibly acknowledged: refused.
 *   <li><b>At or behind the mark of the newest file</b> nothing was known to be durable. Acknowledged were at most the
 *       last batches under way before the crash; those had been forced, so a crash did not damage them. It is cut.
 *       (Decay of just those last bytes, together with a crash, cannot be told from a torn write by anyone.)
 *   <li><b>The newest file without a mark</b> (it is the reference's): damage is cut when no intact later record lies
 *       behind it, and refused when one does.
 *   <li><b>An older file</b>: the next file with records must begin right after its last intact record, or records are
 *       missing: refused. Within one epoch nothing can then be missing, and what lies behind that record is cut. When
 *       the next file begins another epoch, the end of the last one cannot be known: damage is refused if the next file
 *       is ours, which is never begun before the old one is complete; otherwise as in the newest file without a mark.
 *   <li><b>Files without any record</b> are removed. One of ours still proves by its name that everything before its
 *       first record was durable: if that is missing, refused.
 *   <li><b>An intact checksum around something else</b> than the next transaction is no torn write: refused everywhere.
 * </ul>
 *
 * <p>A file that ends exactly behind a record, below its mark, has been truncated by a reference server on its leader's
 * order, which knows no marks: accepted.
 */
public final class LogRecovery {

    /** Receives what is replayed, in order. */
    @FunctionalInterface
    public interface Records {
        /** @param payload the transaction's bytes as they are on disk, valid during the call */
        void onRecord(Txn txn, ByteBuffer payload);
    }

    private static final int WINDOW_BYTES = 1 << 20;

    private final DiskImage image;
    private final LogOptions options;
    private final ByteBuffer buffer;
    private final List<SegmentScan> scans = new ArrayList<>();
    /** First zxids of the files that are read. */
    private List<Long> names = List.of();

    private long snapshotZxid;
    /** Last intact transaction so far; the snapshot's while that is later. */
    private long lastZxid;

    public LogRecovery(DiskImage image, LogOptions options) {
        this.image = image;
        this.options = options;
        this.buffer = ByteBuffer.allocate(Math.max(WINDOW_BYTES, LogFormat.recordBytes(options.maxPayloadBytes())));
    }

    /**
     * Hands every transaction after {@code afterZxid} to {@code records}, cuts what was never acknowledged, and makes
     * the rest durable. May be called once.
     *
     * @param afterZxid the zxid of the snapshot that has been loaded; 0 for none
     * @throws CorruptLog when transactions that may have been acknowledged are damaged or missing; {@code records} may
     *     have received those before
     */
    public RecoveredLog replay(long afterZxid, Records records) {
        snapshotZxid = afterZxid;
        lastZxid = afterZxid;
        names = SegmentCatalog.neededAfter(afterZxid, SegmentCatalog.list(image));
        for (long name : names) {
            scan(name, records);
        }
        judge();
        return finish();
    }

    private void scan(long name, Records records) {
        SegmentReader reader =
                new SegmentReader(image, SegmentCatalog.fileOf(name), buffer.clear(), options.maxPayloadBytes());
        SegmentScan scan = new SegmentScan(SegmentCatalog.fileOf(name), name, reader);
        scans.add(scan);
        if (reader.header() == SegmentReader.Header.WRONG) {
            throw corrupt(scan, 0, "no log header");
        }
        if (reader.header() == SegmentReader.Header.BLANK) {
            return;
        }
        long start = reader.offset();
        for (ByteBuffer payload = reader.next(); payload.hasRemaining(); payload = reader.next()) {
            long zxid = takeRecord(scan, start, payload, records);
            scan.onRecord(zxid);
            lastZxid = Math.max(lastZxid, zxid);
            start = reader.offset();
        }
        scan.onEnd();
    }

    private long takeRecord(SegmentScan scan, long start, ByteBuffer payload, Records records) {
        if (payload.remaining() < LogFormat.MIN_PAYLOAD_BYTES) {
            throw corrupt(scan, start, "a record of " + payload.remaining() + " bytes, too short for a transaction,");
        }
        long zxid = payload.getLong(payload.position() + LogFormat.ZXID_OFFSET);
        checkOrder(scan, start, zxid);
        if (zxid > snapshotZxid) {
            int position = payload.position();
            Txn txn;
            try {
                txn = TxnCodec.read(payload);
            } catch (MalformedRecord e) {
                throw corrupt(scan, start, "an intact record that is no known transaction (" + e.getMessage() + ")");
            }
            records.onRecord(txn, payload.position(position));
        }
        return zxid;
    }

    /** Below the snapshot, files need not join: what is missing between them is in the snapshot. */
    private void checkOrder(SegmentScan scan, long start, long zxid) {
        if (scan.records() > 0) {
            if (!Zxid.followsInLog(zxid, scan.lastZxid())) {
                throw corrupt(scan, start, "transaction " + Zxid.format(zxid) + " out of order");
            }
        } else if (zxid != scan.firstZxid()) {
            throw corrupt(scan, start, "a first record that is not the file's name, " + Zxid.format(zxid) + ",");
        } else if (zxid > snapshotZxid && !Zxid.followsInLog(zxid, lastZxid)) {
            throw gapBefore(scan);
        }
    }

    private CorruptLog gapBefore(SegmentScan scan) {
        String gap = "the transactions between " + Zxid.format(lastZxid) + " and " + scan.file() + " are missing";
        for (int i = scans.indexOf(scan) - 1; i >= 0; i--) {
            SegmentScan before = scans.get(i);
            if (before.records() > 0) {
                String cause = before.isClean() ? "" : " because of " + before.damage();
                return corrupt(before, before.endBytes(), gap + cause + ", noticed");
            }
        }
        return corrupt(scan, LogFormat.HEADER_BYTES, gap + ", noticed");
    }

    private void judge() {
        SegmentScan next = null;
        for (int i = scans.size() - 1; i >= 0; i--) {
            SegmentScan scan = scans.get(i);
            judgeMark(scan);
            if (!scan.isClean()) {
                judgeDamage(scan, next);
            }
            if (next == null && scan.records() == 0) {
                judgeName(scan);
            }
            next = scan.records() > 0 ? scan : next;
        }
    }

    private void judgeMark(SegmentScan scan) {
        boolean truncatedByReference = scan.records() > 0 && scan.endBytes() == scan.sizeBytes();
        if (scan.endBytes() < scan.mark() && !truncatedByReference) {
            throw corrupt(
                    scan,
                    scan.endBytes(),
                    scan.damage() + ", below offset " + scan.mark()
                            + " up to which the file had been reported durable,");
        }
    }

    /** @param next the next file with records; null for the newest */
    private void judgeDamage(SegmentScan scan, @Nullable SegmentScan next) {
        if (next == null ? scan.isOurs() : Zxid.epoch(next.firstZxid()) == scan.lastEpoch()) {
            return;
        }
        if (next != null && next.isOurs()) {
            throw corrupt(
                    scan,
                    scan.endBytes(),
                    scan.damage() + ", although " + next.file() + " was begun only when this file was complete,");
        }
        long intact = new RecordSearch(image, scan.file(), buffer.clear(), options.maxPayloadBytes())
                .find(scan.endBytes() + 1, Math.max(0, scan.lastZxid()));
        if (intact != RecordSearch.NOT_FOUND) {
            throw corrupt(
                    scan, scan.endBytes(), scan.damage() + ", with an intact later record at offset " + intact + ",");
        }
    }

    private void judgeName(SegmentScan scan) {
        if (scan.isOurs() && scan.firstZxid() > snapshotZxid && !Zxid.followsInLog(scan.firstZxid(), lastZxid)) {
            throw gapBefore(scan);
        }
    }

    private RecoveredLog finish() {
        List<RecoveredLog.Segment> segments = new ArrayList<>();
        List<Cut> cuts = new ArrayList<>();
        for (SegmentScan scan : scans) {
            if (scan.records() == 0) {
                image.delete(scan.file());
                cuts.add(new Cut(scan.position(0, lastZxid), "a file without any record: " + scan.damage()));
                continue;
            }
            if (!scan.isClean()) {
                image.truncate(scan.file(), scan.endBytes());
                cuts.add(new Cut(scan.position(scan.endBytes(), scan.lastZxid()), scan.damage()));
            }
            makeDurable(scan);
            segments.add(scan.segment());
        }
        return new RecoveredLog(lastZxid, List.copyOf(segments), List.copyOf(cuts));
    }

    /**
     * A crash may have left bytes in the cache only, and from now on others rely on them. Those behind the mark are
     * written again, in case it was a failed force that ended the last run.
     */
    private void makeDurable(SegmentScan scan) {
        image.force(scan.file());
        if (scan.isOurs() && scan.mark() < scan.endBytes()) {
            image.rewrite(scan.file(), scan.mark(), scan.endBytes() - scan.mark());
        }
    }

    private CorruptLog corrupt(SegmentScan scan, long offset, String what) {
        List<String> affected = new ArrayList<>();
        for (long name : names.subList(names.indexOf(scan.firstZxid()), names.size())) {
            affected.add(SegmentCatalog.fileOf(name).name());
        }
        String remedy = "A member of an ensemble: move the content of both its version-2 directories away and start it "
                + "again; it copies the leader's data. A standalone server: restore a backup; or, giving up every "
                + "transaction from " + Zxid.format(scan.firstZxid())
                + " on, move these log files away, and all snapshots of that zxid "
                + "or later: " + String.join(" ", affected);
        return new CorruptLog(scan.position(offset, lastZxid), what, remedy);
    }
}
