package io.quorate.core.snapshot;

import io.quorate.core.wire.WireWriter;

/** The fixed bytes of snapshot files (quorum protocol 9.5). */
final class SnapshotFormat {

    /** "ZKSN". */
    static final int MAGIC = 0x5a4b534e;

    static final int VERSION = 2;
    static final long DB_ID = -1;
    static final int HEADER_BYTES = 2 * Integer.BYTES + Long.BYTES;
    /** The string "/": ends the nodes, and every seal. */
    static final int MARKER_BYTES = Integer.BYTES + 1;
    /** A checksum and a marker. */
    static final int SEAL_BYTES = Long.BYTES + MARKER_BYTES;
    /** The last zxid and its seal. */
    static final int LAST_ZXID_BYTES = Long.BYTES + SEAL_BYTES;

    private SnapshotFormat() {}

    static void writeHeader(WireWriter out) {
        out.writeInt(MAGIC).writeInt(VERSION).writeLong(DB_ID);
    }

    static void writeMarker(WireWriter out) {
        out.writeInt(1).writeByte('/');
    }
}
