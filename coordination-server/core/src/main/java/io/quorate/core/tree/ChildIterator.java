package io.quorate.core.tree;

import org.jspecify.annotations.Nullable;

/** Walks a {@link ChildMap} in its order. The map must not change meanwhile; a frozen one never does. Reusable. */
final class ChildIterator {

    private static final ChildBranch[] NO_BRANCHES = {};

    /** The branches being walked, outermost first; allocated at the first branch, since most maps have none. */
    private @Nullable ChildBranch[] branches = NO_BRANCHES;
    /** Per branch, the slot to look at next. */
    private int[] slots = {};

    private int level;
    private @Nullable ChildBucket bucket;
    private int index;

    ChildIterator over(@Nullable ChildMap map) {
        level = -1;
        bucket = null;
        enter(map);
        return this;
    }

    private void enter(@Nullable ChildMap part) {
        if (part instanceof ChildBranch branch) {
            if (branches.length == 0) {
                branches = new ChildBranch[ChildBranch.LAST_LEVEL + 1];
                slots = new int[ChildBranch.LAST_LEVEL + 1];
            }
            level++;
            branches[level] = branch;
            slots[level] = 0;
        } else {
            bucket = (ChildBucket) part;
            index = 0;
        }
    }

    /** The next child, or null at the end. */
    @Nullable
    ZNode next() {
        while (bucket == null || index == bucket.size()) {
            bucket = null;
            if (!step()) {
                return null;
            }
        }
        return bucket.nodeAt(index++);
    }

    /** Goes to the next slot of the innermost branch; false when all are done. */
    private boolean step() {
        while (level >= 0 && slots[level] == ChildBranch.SLOTS) {
            branches[level] = null;
            level--;
        }
        if (level < 0) {
            return false;
        }
        ChildBranch branch = branches[level];
        ChildMap part = branch == null ? null : branch.slot(slots[level]);
        slots[level] += part instanceof ChildBucket run ? ChildBranch.SLOTS >> run.depth : 1;
        enter(part);
        return true;
    }
}
