package io.quorate.core.log;

import io.quorate.core.port.DiskFile;
import io.quorate.core.txn.Zxid;

/** What reading one file has yielded so far. */
final class SegmentScan {

    private final DiskFile file;
    private final long firstZxid;
    private final long mark;
    private final long sizeBytes;
    private final SegmentReader reader;
    private long records;
    /** Of the last intact record; -1 before there is one. */
    private long lastZxid = -1;
    /** End of the last intact record; 0 where there is no header. */
    private long endBytes;
    /** Whether zeros, or nothing, follow the last record. */
    private boolean clean;

    private String damage = "nothing but zeros";

    SegmentScan(DiskFile file, long firstZxid, SegmentReader reader) {
        this.file = file;
        this.firstZxid = firstZxid;
        this.reader = reader;
        this.mark = reader.mark();
        this.sizeBytes = reader.sizeBytes();
        this.clean = reader.header() == SegmentReader.Header.BLANK;
    }

    void onRecord(long zxid) {
        records++;
        lastZxid = zxid;
    }

    void onEnd() {
        endBytes = reader.offset();
        clean = reader.damage().isEmpty();
        if (!clean) {
            damage = reader.damage();
        }
    }

    DiskFile file() {
        return file;
    }

    /** By the file's name. */
    long firstZxid() {
        return firstZxid;
    }

    long lastZxid() {
        return lastZxid;
    }

    long mark() {
        return mark;
    }

    /** Whether our own writer made the file. */
    boolean isOurs() {
        return mark != LogFormat.NO_MARK;
    }

    /** The epoch in which this file ends, as far as it is known. */
    long lastEpoch() {
        return Zxid.epoch(records > 0 ? lastZxid : firstZxid);
    }

    long sizeBytes() {
        return sizeBytes;
    }

    long records() {
        return records;
    }

    long endBytes() {
        return endBytes;
    }

    boolean isClean() {
        return clean;
    }

    /** What lies behind the last intact record. */
    String damage() {
        return damage;
    }

    LogPosition position(long offset, long lastGoodZxid) {
        return new LogPosition(file, offset, records + 1, lastGoodZxid);
    }

    RecoveredLog.Segment segment() {
        return new RecoveredLog.Segment(file, firstZxid, lastZxid, endBytes, isOurs());
    }
}
