package io.quorate.core.log;

import java.nio.ByteBuffer;

/**
 * The bytes of a log file (quorum protocol 9.2), and the one liberty that we take with them: the header's {@code dbid},
 * which the reference writes as zero and never looks at, holds a <em>durable mark</em>.
 *
 * <p>The mark is an offset in this file: every byte below it had been reported durable before the mark was written. It
 * lags behind by what is under way, costs eight bytes per batch and no force of its own, and lets recovery tell damage
 * to acknowledged records from what a crash does to bytes that nobody had been promised. It lies in the low 40 bits;
 * the upper 24 check it, so that a damaged mark is no mark. A file of ours has one from the start, a file of the
 * reference has none.
 */
final class LogFormat {

    static final int MAGIC = 0x5A4B4C47;
    static final int VERSION = 2;
    static final int HEADER_BYTES = 16;
    /** Where the mark lies: aligned, so within one sector, so written wholly or not at all. */
    static final int MARK_OFFSET = 8;

    static final int MARK_BYTES = Long.BYTES;

    /** Checksum and length before a payload. */
    static final int PREFIX_BYTES = Long.BYTES + Integer.BYTES;

    static final byte END_MARKER = 0x42;
    /** A transaction's header: nothing shorter is one. */
    static final int MIN_PAYLOAD_BYTES = 32;
    /** Where a payload holds its zxid: behind session and cxid. */
    static final int ZXID_OFFSET = 12;

    static final long NO_MARK = -1;

    private static final int MARK_BITS = 40;
    private static final long MARK_MASK = (1L << MARK_BITS) - 1;
    private static final long MARK_CHECK = 0x9E3779B97F4A7C15L;

    private LogFormat() {}

    /** Bytes in the file of a record with this payload. */
    static int recordBytes(int payloadBytes) {
        return PREFIX_BYTES + payloadBytes + 1;
    }

    static ByteBuffer header() {
        return ByteBuffer.allocate(HEADER_BYTES)
                .putInt(MAGIC)
                .putInt(VERSION)
                .putLong(encodeMark(HEADER_BYTES))
                .flip();
    }

    static long encodeMark(long offset) {
        return check(offset) | offset;
    }

    /** The offset, or {@link #NO_MARK} where the field holds none. */
    static long decodeMark(long field) {
        long offset = field & MARK_MASK;
        return offset >= HEADER_BYTES && field == encodeMark(offset) ? offset : NO_MARK;
    }

    private static long check(long offset) {
        return (offset * MARK_CHECK ^ MARK_CHECK) & ~MARK_MASK;
    }
}
