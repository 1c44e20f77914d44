package io.quorate.core.log;

import io.quorate.core.port.DiskImage;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Cuts the log behind a transaction, which a leader orders whose history does not hold what follows (quorum protocol
 * 9.4). Exact: the transaction itself must be there, or nothing is changed.
 */
public final class LogTruncation {

    private static final long NOT_FOUND = -1;

    private final DiskImage image;
    private final LogOptions options;

    public LogTruncation(DiskImage image, LogOptions options) {
        this.image = image;
        this.options = options;
    }

    /**
     * Whether {@link #cut} can do it.
     *
     * @param isBase whether there is a snapshot of exactly {@code toZxid}
     */
    public boolean isPossible(long toZxid, boolean isBase) {
        List<Long> names = SegmentCatalog.list(image);
        long holder = holderOf(toZxid, names);
        return toZxid == 0 || (holder == NOT_FOUND ? isBase : endOf(toZxid, holder) != NOT_FOUND);
    }

    /**
     * Removes every record behind {@code toZxid}, durably. Snapshots beyond it must be gone already: with them a crash
     * in the middle would bring back what is being cut off.
     */
    public void cut(long toZxid) {
        List<Long> names = SegmentCatalog.list(image);
        long holder = holderOf(toZxid, names);
        for (int i = names.size() - 1; i >= 0 && names.get(i) > toZxid; i--) {
            image.delete(SegmentCatalog.fileOf(names.get(i)));
        }
        if (holder != NOT_FOUND) {
            image.truncate(SegmentCatalog.fileOf(holder), endOf(toZxid, holder));
        }
    }

    /** The segment that holds the transaction if any does. */
    private static long holderOf(long zxid, List<Long> names) {
        long holder = NOT_FOUND;
        for (long name : names) {
            holder = name <= zxid ? name : holder;
        }
        return holder;
    }

    /** Where the record of that transaction ends. */
    private long endOf(long zxid, long segment) {
        ByteBuffer buffer = ByteBuffer.allocate(Math.max(1 << 20, LogFormat.recordBytes(options.maxPayloadBytes())));
        SegmentReader reader =
                new SegmentReader(image, SegmentCatalog.fileOf(segment), buffer, options.maxPayloadBytes());
        if (reader.header() != SegmentReader.Header.PRESENT) {
            return NOT_FOUND;
        }
        for (ByteBuffer payload = reader.next(); payload.hasRemaining(); payload = reader.next()) {
            long found = payload.getLong(payload.position() + LogFormat.ZXID_OFFSET);
            if (found >= zxid) {
                return found == zxid ? reader.offset() : NOT_FOUND;
            }
        }
        return NOT_FOUND;
    }
}
