package io.quorate.core.log;

import io.quorate.core.port.DiskFile;

/** The file that receives records. Offsets obey {@code mark <= durableEnd <= issuedEnd <= end <= space.bytes()}. */
final class Segment {

    final DiskFile file;
    final Reservation space;
    /** Whether the file bears its name; records are written only then. */
    boolean named;
    /** Where the next record goes. */
    long end = LogFormat.HEADER_BYTES;
    /** Where the next write goes. */
    long issuedEnd = LogFormat.HEADER_BYTES;
    /** What has been reported durable. */
    long durableEnd = LogFormat.HEADER_BYTES;
    /** The durable mark that was written last, durable itself or not. */
    long mark = LogFormat.HEADER_BYTES;
    /** When the mark is to catch up; meaningful while it lags behind. Compared by difference. */
    long markDueNanos;

    Segment(DiskFile file, Reservation space) {
        this.file = file;
        this.space = space;
    }

    /** @param markDueNanos when the mark is to be written, unless an earlier time is set already */
    void onDurable(long end, long markDueNanos) {
        if (mark == durableEnd) {
            this.markDueNanos = markDueNanos;
        }
        durableEnd = end;
    }

    long roomBytes() {
        return space.bytes() - end;
    }
}
