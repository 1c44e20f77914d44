package io.quorate.core.snapshot;

import io.quorate.core.port.DiskImage;
import io.quorate.core.snapshot.LoadedSnapshot.DigestCheck;
import io.quorate.core.tree.DataTree;
import io.quorate.core.tree.NodeKinds;
import io.quorate.core.wire.MalformedRecord;
import java.nio.ByteBuffer;

/** Reads snapshot files of this server and of Apache ZooKeeper 3.9 and older (quorum protocol 9.5). */
public final class SnapshotReader {

    private static final int DIGEST_VERSION = 2;
    /** zxid and version. */
    private static final int DIGEST_HEAD_BYTES = Long.BYTES + Integer.BYTES;
    /** No trailers are longer, digests of old versions included. */
    private static final int MAX_TRAILER_BYTES = 256;

    private final DiskImage image;
    private final NodeKinds kinds;
    private final SnapshotOptions options;

    public SnapshotReader(DiskImage image, NodeKinds kinds, SnapshotOptions options) {
        this.image = image;
        this.kinds = kinds;
        this.options = options;
    }

    /** What the trailers say. */
    private record Digest(long zxid, int version, long value) {
        private static final Digest NONE = new Digest(0, 0, 0);

        private DigestCheck check(DataTree tree) {
            if (version != DIGEST_VERSION || zxid == 0 || zxid < tree.lastZxid()) {
                return DigestCheck.ABSENT;
            }
            if (zxid > tree.lastZxid()) {
                return DigestCheck.PENDING;
            }
            return value == tree.digest() ? DigestCheck.MATCHES : DigestCheck.DIFFERS;
        }
    }

    /**
     * Reads a whole snapshot and compares its checksums.
     *
     * @throws CorruptSnapshot when it is damaged or incomplete
     * @throws io.quorate.core.port.DiskFailure when the medium refuses
     */
    public LoadedSnapshot read(SnapshotFile file) {
        FileSource plain = new FileSource(image, file.diskFile());
        return switch (file.compression()) {
            case NONE -> read(file, plain);
            case GZIP -> {
                try (GzipSource unpacked = new GzipSource(plain)) {
                    yield read(file, unpacked);
                }
            }
            case SNAPPY -> read(file, new SnappySource(plain));
        };
    }

    private LoadedSnapshot read(SnapshotFile file, ByteSource source) {
        SnapshotInput in = new SnapshotInput(source, options.maxElementBytes());
        try {
            return read(file, in);
        } catch (MalformedRecord malformed) {
            throw new CorruptSnapshot(file.diskFile(), in.offset(), String.valueOf(malformed.getMessage()));
        }
    }

    private LoadedSnapshot read(SnapshotFile file, SnapshotInput in) {
        readHeader(in);
        SnapshotDecoder decoder = new SnapshotDecoder(kinds);
        decoder.decode(in.window());
        while (!decoder.isComplete()) {
            if (!in.refill()) {
                throw new MalformedRecord("the file ends before its end marker");
            }
            decoder.decode(in.window());
        }
        readSeal(in);
        Digest digest = readTrailers(in);
        DataTree tree = decoder.finish(file.zxid());
        DigestCheck check = digest.check(tree);
        Digest usable = check == DigestCheck.ABSENT ? Digest.NONE : digest;
        return new LoadedSnapshot(file, tree, decoder.sessions(), check, usable.zxid(), usable.value());
    }

    private static void readHeader(SnapshotInput in) {
        in.need(SnapshotFormat.HEADER_BYTES);
        ByteBuffer window = in.window();
        int magic = window.getInt(window.position());
        if (magic != SnapshotFormat.MAGIC) {
            throw new MalformedRecord("no snapshot: it begins with " + Integer.toHexString(magic));
        }
        window.position(window.position() + SnapshotFormat.HEADER_BYTES);
    }

    private static void readSeal(SnapshotInput in) {
        long sum = in.checksum();
        in.need(SnapshotFormat.SEAL_BYTES);
        ByteBuffer window = in.window();
        int at = window.position();
        long expected = window.getLong(at);
        if (expected != sum) {
            throw new MalformedRecord("the checksum of everything before is " + Long.toHexString(sum)
                    + ", the file says " + Long.toHexString(expected));
        }
        if (window.getInt(at + Long.BYTES) != 1 || window.get(at + Long.BYTES + Integer.BYTES) != '/') {
            throw new MalformedRecord("no end marker behind the checksum");
        }
        window.position(at + SnapshotFormat.SEAL_BYTES);
    }

    /** The trailers do not say what they are: how much is left tells. */
    private static Digest readTrailers(SnapshotInput in) {
        boolean more = true;
        while (more && in.window().remaining() <= MAX_TRAILER_BYTES) {
            more = in.refill();
        }
        Digest digest = Digest.NONE;
        int left = in.window().remaining();
        if (left != 0 && left != SnapshotFormat.LAST_ZXID_BYTES) {
            digest = readDigest(in);
            readSeal(in);
            left = in.window().remaining();
        }
        if (left == SnapshotFormat.LAST_ZXID_BYTES) {
            // Only the restore of a running server uses this zxid; the name is authoritative.
            in.window().getLong();
            readSeal(in);
        } else if (left != 0) {
            throw new MalformedRecord(left + " bytes too many at the end");
        }
        return digest;
    }

    private static Digest readDigest(SnapshotInput in) {
        in.need(DIGEST_HEAD_BYTES);
        ByteBuffer window = in.window();
        long zxid = window.getLong();
        int version = window.getInt();
        if (version >= DIGEST_VERSION) {
            in.need(Long.BYTES);
            return new Digest(zxid, version, in.window().getLong());
        }
        in.need(Integer.BYTES);
        int length = in.window().getInt();
        if (length < 0 || length > in.window().remaining()) {
            throw new MalformedRecord("a digest text of " + length + " bytes");
        }
        in.window().position(in.window().position() + length);
        return new Digest(zxid, version, 0);
    }
}
