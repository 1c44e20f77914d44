package io.quorate.core.log;

import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskImage;
import java.nio.ByteBuffer;
import java.util.zip.Adler32;

/**
 * Looks for an intact record behind a damaged place, at any offset, since the damage may have hit a length. Only needed
 * for files without a durable mark.
 */
final class RecordSearch {

    static final long NOT_FOUND = -1;

    private final FileWindow window;
    private final int maxPayloadBytes;
    private final Adler32 checksum = new Adler32();

    RecordSearch(DiskImage image, DiskFile file, ByteBuffer buffer, int maxPayloadBytes) {
        this.window = new FileWindow(image, file, buffer);
        this.maxPayloadBytes = maxPayloadBytes;
    }

    /** Offset of the first intact record that starts at {@code from} or later and is newer than {@code afterZxid}. */
    long find(long from, long afterZxid) {
        int least = LogFormat.recordBytes(LogFormat.MIN_PAYLOAD_BYTES);
        for (long offset = from; offset + least <= window.sizeBytes(); offset++) {
            ByteBuffer start = window.at(offset, least);
            int length = start.getInt(start.position() + Long.BYTES);
            if (length < LogFormat.MIN_PAYLOAD_BYTES || length > maxPayloadBytes) {
                continue;
            }
            long zxid = start.getLong(start.position() + LogFormat.PREFIX_BYTES + LogFormat.ZXID_OFFSET);
            if (zxid > afterZxid && isRecord(offset, length)) {
                return offset;
            }
        }
        return NOT_FOUND;
    }

    private boolean isRecord(long offset, int length) {
        int recordBytes = LogFormat.recordBytes(length);
        ByteBuffer record = window.at(offset, recordBytes);
        if (record.remaining() < recordBytes || record.get(record.limit() - 1) != LogFormat.END_MARKER) {
            return false;
        }
        long expected = record.getLong();
        record.getInt();
        checksum.reset();
        checksum.update(record.limit(record.limit() - 1));
        return checksum.getValue() == expected;
    }
}
