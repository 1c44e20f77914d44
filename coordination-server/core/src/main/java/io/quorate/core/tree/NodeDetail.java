package io.quorate.core.tree;

import org.jspecify.annotations.Nullable;

/**
 * What distinguishes a node from one that was created and never touched again. Most nodes of a large tree have none.
 *
 * @param children null exactly when {@code numChildren} is zero
 */
record NodeDetail(
        long mzxid,
        long mtime,
        long pzxid,
        long owner,
        int version,
        int cversion,
        int aversion,
        int numChildren,
        @Nullable ChildMap children) {

    /** The detail of a node with this stat and these children; null when it would say nothing. */
    static @Nullable NodeDetail of(StoredStat stat, int numChildren, @Nullable ChildMap children) {
        boolean fresh = stat.mzxid() == stat.czxid()
                && stat.pzxid() == stat.czxid()
                && stat.mtime() == stat.ctime()
                && stat.owner() == NodeKinds.NO_OWNER
                && (stat.version() | stat.cversion() | stat.aversion() | numChildren) == 0;
        if (fresh) {
            return null;
        }
        return new NodeDetail(
                stat.mzxid(),
                stat.mtime(),
                stat.pzxid(),
                stat.owner(),
                stat.version(),
                stat.cversion(),
                stat.aversion(),
                numChildren,
                children);
    }
}
