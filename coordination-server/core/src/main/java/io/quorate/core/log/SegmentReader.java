package io.quorate.core.log;

import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskImage;
import java.nio.ByteBuffer;
import java.util.zip.Adler32;

/**
 * Reads one log file from its start, record by record, through a window of bounded size. Checks the framing and the
 * checksum only; stops at the first place where no intact record lies.
 */
final class SegmentReader {

    /** What lies at the start of the file. */
    enum Header {
        /** A log's header. */
        PRESENT,
        /** Nothing, a part of a header, or zeros to the end of the file: nothing was ever forced here. */
        BLANK,
        /** Something else. */
        WRONG
    }

    private final FileWindow window;
    private final int maxPayloadBytes;
    private final Adler32 checksum = new Adler32();
    private final Header header;
    private final long mark;
    /** Start of the record that {@link #next} reads. */
    private long offset = LogFormat.HEADER_BYTES;

    private String damage = "";

    SegmentReader(DiskImage image, DiskFile file, ByteBuffer buffer, int maxPayloadBytes) {
        this.window = new FileWindow(image, file, buffer);
        this.maxPayloadBytes = maxPayloadBytes;
        ByteBuffer start = window.at(0, LogFormat.HEADER_BYTES);
        boolean whole = start.remaining() == LogFormat.HEADER_BYTES;
        if (whole && start.getInt(start.position()) == LogFormat.MAGIC) {
            header = Header.PRESENT;
            mark = LogFormat.decodeMark(start.getLong(start.position() + LogFormat.MARK_OFFSET));
        } else {
            header = !whole || window.isZeroFrom(0) ? Header.BLANK : Header.WRONG;
            mark = LogFormat.NO_MARK;
        }
    }

    Header header() {
        return header;
    }

    /** The durable mark, or {@link LogFormat#NO_MARK}. */
    long mark() {
        return mark;
    }

    long sizeBytes() {
        return window.sizeBytes();
    }

    /** Where the next record would start. */
    long offset() {
        return offset;
    }

    /** Why the last {@link #next} found no record; empty where simply nothing was written any more. */
    String damage() {
        return damage;
    }

    /** Whether nothing but zeros lies from {@link #offset} on. */
    boolean endsInZeros() {
        return window.isZeroFrom(offset);
    }

    /**
     * The payload of the next record, valid until the next call, at position to limit; empty when there is none, for
     * which {@link #damage} tells the reason.
     */
    ByteBuffer next() {
        ByteBuffer prefix = window.at(offset, LogFormat.PREFIX_BYTES);
        if (prefix.remaining() < LogFormat.PREFIX_BYTES) {
            return none(endsInZeros() ? "" : "the file ends inside a record");
        }
        long expected = prefix.getLong();
        int length = prefix.getInt();
        if (length == 0) {
            return none(endsInZeros() ? "" : "a record of length 0 with other bytes behind it");
        }
        if (length < 0 || length > maxPayloadBytes) {
            return none("record length " + length + ", outside 0 to " + maxPayloadBytes);
        }
        int recordBytes = LogFormat.recordBytes(length);
        ByteBuffer record = window.at(offset, recordBytes);
        if (record.remaining() < recordBytes) {
            return none("the file ends inside a record");
        }
        if (record.get(record.limit() - 1) != LogFormat.END_MARKER) {
            return none("no end marker behind a record of length " + length);
        }
        record.position(record.position() + LogFormat.PREFIX_BYTES).limit(record.limit() - 1);
        return verified(record, expected);
    }

    private ByteBuffer verified(ByteBuffer payload, long expected) {
        int start = payload.position();
        checksum.reset();
        checksum.update(payload);
        if (checksum.getValue() != expected) {
            return none("checksum " + Long.toHexString(checksum.getValue()) + " where the record says "
                    + Long.toHexString(expected));
        }
        offset += LogFormat.recordBytes(payload.limit() - start);
        return payload.position(start);
    }

    private ByteBuffer none(String reason) {
        damage = reason;
        return FileWindow.NOTHING;
    }
}
