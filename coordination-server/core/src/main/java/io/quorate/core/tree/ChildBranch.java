package io.quorate.core.tree;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An inner part of a {@link ChildMap}: 32 slots chosen by five bits of the hash. A bucket whose entries share only
 * {@code d} of these bits stands in all {@code 32 >> d} slots that it answers for, so a full bucket is split in two and
 * never in 32: buckets stay well filled, and no growth moves more than one bucket.
 */
final class ChildBranch extends ChildMap {

    private static final int SLOT_BITS = 5;
    static final int SLOTS = 1 << SLOT_BITS;
    /** Here the hash has two bits left, which no longer pay for a branch. */
    static final int LAST_LEVEL = 5;

    private final int level;
    private final @Nullable ChildMap[] slots;

    private ChildBranch(int level, int epoch, @Nullable ChildMap[] slots) {
        super(epoch);
        this.level = level;
        this.slots = slots;
    }

    /** A branch whose slots all lead to {@code bucket}, which is full and waits to be split. */
    static ChildBranch over(ChildBucket bucket, int level, int epoch) {
        ChildMap[] slots = new ChildMap[SLOTS];
        Arrays.fill(slots, bucket.part(0, bucket.size(), 0, epoch));
        return new ChildBranch(level, epoch, slots);
    }

    private int slotOf(int hash) {
        return hash >>> Integer.SIZE - SLOT_BITS * (level + 1) & SLOTS - 1;
    }

    @Nullable
    ChildMap at(int hash) {
        return slots[slotOf(hash)];
    }

    @Nullable
    ChildMap slot(int index) {
        return slots[index];
    }

    ChildBranch put(int hash, ZNode node, int epoch) {
        ChildBranch own = owned(epoch);
        own.place(hash, node);
        return own;
    }

    private void place(int hash, ZNode node) {
        int index = slotOf(hash);
        ChildMap part = slots[index];
        while (part instanceof ChildBucket bucket && bucket.depth < SLOT_BITS && !bucket.hasRoomFor(hash, node)) {
            split(bucket, index);
            part = slots[index];
        }
        if (part == null) {
            slots[index] = ChildBucket.of(hash, node, SLOT_BITS, epoch);
        } else if (part instanceof ChildBranch branch) {
            slots[index] = branch.put(hash, node, epoch);
        } else {
            placeIn((ChildBucket) part, index, hash, node);
        }
    }

    private void placeIn(ChildBucket bucket, int index, int hash, ZNode node) {
        if (level < LAST_LEVEL && !bucket.hasRoomFor(hash, node)) {
            slots[index] = over(bucket, level + 1, epoch).put(hash, node, epoch);
        } else {
            fill(index, bucket, bucket.put(hash, node, epoch));
        }
    }

    /** Entries are sorted by hash, so the halves are two runs. */
    private void split(ChildBucket bucket, int index) {
        int run = SLOTS >> bucket.depth;
        int first = index & -run;
        int middle = first + run / 2;
        int cut = 0;
        while (cut < bucket.size() && slotOf(bucket.hashAt(cut)) < middle) {
            cut++;
        }
        int depth = bucket.depth + 1;
        Arrays.fill(slots, first, middle, bucket.part(0, cut, depth, epoch));
        Arrays.fill(slots, middle, first + run, bucket.part(cut, bucket.size(), depth, epoch));
    }

    @Override
    @Nullable
    ChildMap remove(int hash, ZNode node, int epoch) {
        int index = slotOf(hash);
        ChildBranch own = owned(epoch);
        ChildMap part = own.slots[index];
        ChildMap left = ChildMap.remove(part, hash, node, epoch);
        if (part instanceof ChildBucket bucket) {
            own.fill(index, bucket, left);
        } else {
            own.slots[index] = left;
        }
        return left == null && own.isEmpty() ? null : own;
    }

    /** Puts {@code part} into every slot that {@code bucket} answers for. */
    private void fill(int index, ChildBucket bucket, @Nullable ChildMap part) {
        if (part == bucket) {
            return;
        }
        int run = SLOTS >> bucket.depth;
        int first = index & -run;
        Arrays.fill(slots, first, first + run, part);
    }

    private boolean isEmpty() {
        for (ChildMap part : slots) {
            if (part != null) {
                return false;
            }
        }
        return true;
    }

    private ChildBranch owned(int now) {
        return epoch == now ? this : new ChildBranch(level, now, slots.clone());
    }
}
