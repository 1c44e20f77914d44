package io.quorate.core.tree;

import io.quorate.core.base.NodePath;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The digest of a tree, version 2 (quorum protocol 8.6): the sum modulo 2^64 of the digests of its nodes, so that a
 * change costs the node and not the tree. An instance holds a running sum.
 */
public final class TreeDigest {

    private static final byte[] EXCLUDED = "/zookeeper/".getBytes(StandardCharsets.US_ASCII);

    private final CRC32 crc = new CRC32();
    private final ByteBuffer statBytes = ByteBuffer.allocate(StoredStat.BYTES);
    private long sum;

    /** The digest of one node: an unsigned 32-bit value, or zero for a path that the tree's digest leaves out. Pure. */
    public static long of(NodePath path, byte @Nullable [] data, StoredStat stat) {
        Slice slice = Slice.ofPath(path);
        if (isExcluded(slice)) {
            return 0;
        }
        CRC32 crc = new CRC32();
        crc.update(slice.bytes(), slice.from(), slice.length());
        if (data != null) {
            crc.update(data, 0, data.length);
        }
        return withStat(crc, ByteBuffer.allocate(StoredStat.BYTES), stat);
    }

    /** The digest of {@code node} at {@code path}, without a copy of its data. Pure. */
    public static long of(NodePath path, ZNode node) {
        return new TreeDigest().of(Slice.ofPath(path), node);
    }

    long sum() {
        return sum;
    }

    /** The root's path is given as empty. */
    void add(Slice path, ZNode node) {
        sum += of(path, node);
    }

    void subtract(Slice path, ZNode node) {
        sum -= of(path, node);
    }

    private long of(Slice path, ZNode node) {
        if (isExcluded(path)) {
            return 0;
        }
        crc.reset();
        crc.update(path.bytes(), path.from(), path.length());
        node.updateWithData(crc);
        return withStat(crc, statBytes, node.stat());
    }

    /** The order differs from the one in snapshots. */
    private static long withStat(CRC32 crc, ByteBuffer scratch, StoredStat stat) {
        scratch.clear();
        scratch.putLong(stat.czxid()).putLong(stat.mzxid()).putLong(stat.pzxid());
        scratch.putLong(stat.ctime()).putLong(stat.mtime());
        scratch.putInt(stat.version()).putInt(stat.cversion()).putInt(stat.aversion());
        scratch.putLong(stat.owner());
        crc.update(scratch.array(), 0, StoredStat.BYTES);
        return crc.getValue();
    }

    private static boolean isExcluded(Slice path) {
        int end = path.from() + EXCLUDED.length;
        return path.to() >= end && Arrays.equals(path.bytes(), path.from(), end, EXCLUDED, 0, EXCLUDED.length);
    }
}
