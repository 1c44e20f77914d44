package io.quorate.core.snapshot;

import io.quorate.core.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.zip.Adler32;

/** The running checksum of a snapshot file and the trailers that carry it (quorum protocol 9.5). */
final class SnapshotSeals {

    private static final int DIGEST_VERSION = 2;

    private final Adler32 checksum = new Adler32();

    /** Adds what the slice holds from {@code from} on; returns its size. */
    int sum(WireWriter slice, int from) {
        checksum.update(slice.written().position(from));
        return slice.size();
    }

    void sum(ByteBuffer bytes) {
        checksum.update(bytes);
    }

    /**
     * Appends all three seals: each covers everything before it, so also the earlier ones.
     *
     * @param summedBefore how much of the slice has been added already
     */
    void write(WireWriter slice, int summedBefore, long zxid, long digest) {
        writeSeal(slice);
        slice.writeLong(zxid).writeInt(DIGEST_VERSION).writeLong(digest);
        int summed = sum(slice, summedBefore);
        writeSeal(slice);
        slice.writeLong(zxid);
        sum(slice, summed);
        writeSeal(slice);
    }

    private void writeSeal(WireWriter slice) {
        slice.writeLong(checksum.getValue());
        SnapshotFormat.writeMarker(slice);
    }
}
