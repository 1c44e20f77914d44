package io.quorate.core.request;

import io.quorate.core.base.NodePath;
import io.quorate.core.tree.DataTree;
import io.quorate.core.tree.QuotaView;
import io.quorate.core.wire.ErrorCode;

/**
 * Refuses what would exceed a hard quota (client protocol 10.4). Judges by the committed usage, so pipelined writes may
 * overshoot; soft limits never refuse.
 */
final class QuotaRule {

    private final DataTree tree;
    private final boolean enforced;

    QuotaRule(DataTree tree, boolean enforced) {
        this.tree = tree;
        this.enforced = enforced;
    }

    /** A node with this much data is about to be created. */
    void checkCreate(NodePath path, int dataBytes) {
        QuotaView quota = enforced ? tree.quotaFor(path) : null;
        if (quota != null) {
            refuseAbove(quota.limits().countHardLimit(), quota.count() + 1);
            checkBytes(quota, dataBytes);
        }
    }

    /** The data of a node is about to grow (or shrink) by this much. */
    void checkBytes(NodePath path, int delta) {
        QuotaView quota = enforced ? tree.quotaFor(path) : null;
        if (quota != null) {
            checkBytes(quota, delta);
        }
    }

    private static void checkBytes(QuotaView quota, int delta) {
        if (delta != 0) {
            refuseAbove(quota.limits().byteHardLimit(), quota.bytes() + delta);
        }
    }

    private static void refuseAbove(long hardLimit, long usage) {
        RequestRefused.unless(hardLimit < 0 || usage <= hardLimit, ErrorCode.QUOTA_EXCEEDED);
    }
}
