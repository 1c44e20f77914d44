package io.quorate.core.tree;

import io.quorate.core.base.Verify;
import org.jspecify.annotations.Nullable;

/**
 * The children of one node by name: a trie over a fixed hash of the names, whose leaves are small sorted buckets. Its
 * order is that of (unsigned hash, name) and depends on nothing but the names.
 *
 * <p>Every part carries the epoch in which it was made. A change in the same epoch happens in place; in a later one the
 * part is copied first, so that an image taken in between keeps the old part. Whoever holds the map must go on with
 * what {@link #put} and {@link #remove} return.
 */
abstract sealed class ChildMap permits ChildBucket, ChildBranch {

    /** Images taken at this epoch or later may hold this part. */
    final int epoch;

    ChildMap(int epoch) {
        this.epoch = epoch;
    }

    /** The fixed hash of a name: part of no format, but the same on every server. */
    static int hash(byte[] bytes, int from, int to) {
        int hash = 0x811c9dc5;
        for (int i = from; i < to; i++) {
            hash = (hash ^ bytes[i]) * 0x9e3779b1;
        }
        hash = (hash ^ hash >>> 16) * 0x85ebca6b;
        hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
        return hash ^ hash >>> 16;
    }

    static int hash(Slice name) {
        return hash(name.bytes(), name.from(), name.to());
    }

    static @Nullable ZNode find(@Nullable ChildMap map, int hash, Slice name) {
        return find(map, hash, name.bytes(), name.from(), name.to());
    }

    /** The form without a {@link Slice}, for walks. */
    static @Nullable ZNode find(@Nullable ChildMap map, int hash, byte[] name, int from, int to) {
        ChildMap part = map;
        while (part instanceof ChildBranch branch) {
            part = branch.at(hash);
        }
        return part == null ? null : ((ChildBucket) part).find(hash, name, from, to);
    }

    /** Adds {@code node}, or puts it in the place of the one of its name. */
    static ChildMap put(@Nullable ChildMap map, int hash, ZNode node, int epoch) {
        if (map == null) {
            return ChildBucket.of(hash, node, 0, epoch);
        }
        if (map instanceof ChildBucket bucket) {
            return bucket.hasRoomFor(hash, node)
                    ? bucket.put(hash, node, epoch)
                    : ChildBranch.over(bucket, 0, epoch).put(hash, node, epoch);
        }
        return ((ChildBranch) map).put(hash, node, epoch);
    }

    /** Takes {@code node}, which must be there, out; null when none is left. */
    static @Nullable ChildMap remove(@Nullable ChildMap map, int hash, ZNode node, int epoch) {
        Verify.that(map != null, "a child that is removed is there");
        return map.remove(hash, node, epoch);
    }

    abstract @Nullable ChildMap remove(int hash, ZNode node, int epoch);
}
