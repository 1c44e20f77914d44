package io.quorate.core.tree;

import io.quorate.core.base.Verify;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A leaf of a {@link ChildMap}: children sorted by (unsigned hash, name), searched by halving. */
final class ChildBucket extends ChildMap {

    /** What a bucket holds before it is split; only one that cannot be split grows beyond. */
    static final int CAPACITY = 32;

    /** How many hash bits of the branch above all entries share; 0 at the top of a map. */
    final int depth;

    /** Entries in use, at the front of both arrays. At least one. */
    private int size;
    /** In ascending unsigned order; kept apart from the nodes so that a search touches one node and not five. */
    private int[] hashes;

    private @Nullable ZNode[] nodes;

    private ChildBucket(int depth, int epoch, int size, int[] hashes, @Nullable ZNode[] nodes) {
        super(epoch);
        this.depth = depth;
        this.size = size;
        this.hashes = hashes;
        this.nodes = nodes;
    }

    static ChildBucket of(int hash, ZNode node, int depth, int epoch) {
        return new ChildBucket(depth, epoch, 1, new int[] {hash}, new ZNode[] {node});
    }

    int size() {
        return size;
    }

    ZNode nodeAt(int index) {
        ZNode node = nodes[index];
        Verify.that(node != null, "entries are at the front of a bucket");
        return node;
    }

    int hashAt(int index) {
        return hashes[index];
    }

    @Nullable
    ZNode find(int hash, byte[] name, int from, int to) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            int order = Integer.compareUnsigned(hashes[middle], hash);
            if (order == 0) {
                ZNode node = nodeAt(middle);
                if (node.isNamed(name, from, to)) {
                    return node;
                }
                order = node.compareName(name, from, to);
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return null;
    }

    /** The index of the entry named as {@code node}, or {@code -1 - where it would go}. */
    private int indexOf(int hash, ZNode node) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            int order = Integer.compareUnsigned(hashes[middle], hash);
            if (order == 0) {
                order = nodeAt(middle).compareName(node);
            }
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1 - low;
    }

    boolean hasRoomFor(int hash, ZNode node) {
        return size < CAPACITY || indexOf(hash, node) >= 0;
    }

    /** Grows beyond the capacity if it must: whether to split is decided above. */
    ChildBucket put(int hash, ZNode node, int epoch) {
        ChildBucket own = owned(epoch);
        int index = own.indexOf(hash, node);
        if (index >= 0) {
            own.nodes[index] = node;
        } else {
            own.insert(-1 - index, hash, node);
        }
        return own;
    }

    private void insert(int index, int hash, ZNode node) {
        if (size == nodes.length) {
            resize(size < 16 ? size * 2 : size + Math.max(8, size / 4));
        }
        System.arraycopy(hashes, index, hashes, index + 1, size - index);
        System.arraycopy(nodes, index, nodes, index + 1, size - index);
        hashes[index] = hash;
        nodes[index] = node;
        size++;
    }

    @Override
    @Nullable
    ChildBucket remove(int hash, ZNode node, int epoch) {
        int index = indexOf(hash, node);
        Verify.that(index >= 0, "a child that is removed is in its bucket");
        if (size == 1) {
            return null;
        }
        ChildBucket own = owned(epoch);
        own.size--;
        System.arraycopy(own.hashes, index + 1, own.hashes, index, own.size - index);
        System.arraycopy(own.nodes, index + 1, own.nodes, index, own.size - index);
        own.nodes[own.size] = null;
        if (own.nodes.length >= 8 && own.size <= own.nodes.length / 4) {
            own.resize(own.size * 2);
        }
        return own;
    }

    private void resize(int length) {
        hashes = Arrays.copyOf(hashes, length);
        nodes = Arrays.copyOf(nodes, length);
    }

    /** Entries {@code from} to {@code to} as a bucket of their own; null for none. */
    @Nullable
    ChildBucket part(int from, int to, int newDepth, int epoch) {
        if (from == to) {
            return null;
        }
        return new ChildBucket(
                newDepth, epoch, to - from, Arrays.copyOfRange(hashes, from, to), Arrays.copyOfRange(nodes, from, to));
    }

    private ChildBucket owned(int now) {
        return epoch == now ? this : new ChildBucket(depth, now, size, hashes.clone(), nodes.clone());
    }
}
