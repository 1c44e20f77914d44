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

    Segment(DiskFile file, Reservation space) {
        this.file = file;
        this.space = space;
    }

    long roomBytes() {
        return space.bytes() - end;
    }
}
