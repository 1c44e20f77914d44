package io.quorate.core.tree;

import io.quorate.core.base.NodePath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the nodes below /zookeeper/quota say, parsed once (client protocol 10.2 to 10.4). The tree tells it of every
 * such node and stores the usage texts that it hands back.
 */
final class QuotaTable {

    static final NodePath QUOTA_ROOT = NodePath.of("/zookeeper/quota");
    private static final byte[] ROOT_PREFIX = ascii("/zookeeper/quota/");
    private static final byte[] LIMITS_NAME = ascii("zookeeper_limits");
    private static final byte[] STATS_NAME = ascii("zookeeper_stats");
    private static final int LIMITS_HASH = ChildMap.hash(LIMITS_NAME, 0, LIMITS_NAME.length);

    /** By the path that is limited. */
    private final TreeMap<NodePath, Quota> quotas = new TreeMap<>();

    /** One limited path. */
    private static final class Quota {
        /** Null without a limits node, or with one that makes no sense. */
        private @Nullable QuotaLimits limits;
        /** Whether the statistics node exists. */
        private boolean hasStats;
        /** Whether the limits node exists. */
        private boolean hasLimits;
        /** What the statistics node says. */
        private long count;

        private long bytes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether {@code path} is a statistics node, whose data the server replaces when it is created. */
    static boolean isStats(NodePath path) {
        return isQuotaNode(path) && endsWith(path, STATS_NAME);
    }

    /** The path that a limits or statistics node is about. */
    static NodePath target(NodePath quotaNode) {
        return NodePath.ofUtf8(quotaNode.copyOfRange(ROOT_PREFIX.length - 1, quotaNode.lastSlash()));
    }

    /** The statistics node of a limited path. */
    static NodePath statsNode(NodePath target) {
        byte[] below = Arrays.copyOfRange(target.utf8(), 1, target.lengthBytes());
        return QUOTA_ROOT.child(below).child(STATS_NAME);
    }

    /** Limits or statistics of some path; those directly in /zookeeper/quota, about the root, count for nothing. */
    private static boolean isQuotaNode(NodePath path) {
        byte[] utf8 = path.utf8();
        int prefix = ROOT_PREFIX.length;
        return utf8.length > prefix
                && Arrays.equals(utf8, 0, prefix, ROOT_PREFIX, 0, prefix)
                && path.lastSlash() > prefix
                && (endsWith(path, LIMITS_NAME) || endsWith(path, STATS_NAME));
    }

    private static boolean endsWith(NodePath path, byte[] name) {
        byte[] utf8 = path.utf8();
        return Arrays.equals(utf8, path.lastSlash() + 1, utf8.length, name, 0, name.length);
    }

    /** A node was created or its data changed; most nodes are no quota nodes. */
    void onData(NodePath path, ZNode node) {
        if (!isQuotaNode(path)) {
            return;
        }
        Quota quota = quotas.computeIfAbsent(target(path), target -> new Quota());
        QuotaLimits text = QuotaLimits.parse(node.data());
        if (endsWith(path, LIMITS_NAME)) {
            quota.hasLimits = true;
            quota.limits = text;
        } else {
            quota.hasStats = true;
            if (text != null) {
                quota.count = text.count();
                quota.bytes = text.bytes();
            }
        }
    }

    void onDeleted(NodePath path) {
        if (!isQuotaNode(path)) {
            return;
        }
        NodePath target = target(path);
        Quota quota = quotas.get(target);
        if (quota == null) {
            return;
        }
        if (endsWith(path, LIMITS_NAME)) {
            quota.hasLimits = false;
            quota.limits = null;
        } else {
            quota.hasStats = false;
        }
        if (!quota.hasLimits && !quota.hasStats) {
            quotas.remove(target);
        }
    }

    boolean isEmpty() {
        return quotas.isEmpty();
    }

    /** The paths whose usage is kept, sorted. */
    List<NodePath> counted() {
        List<NodePath> counted = new ArrayList<>();
        quotas.forEach((target, quota) -> {
            if (quota.hasStats) {
                counted.add(target);
            }
        });
        return counted;
    }

    /**
     * The deepest path at or above {@code path} that has a limits node, or null.
     *
     * @param quotaRoot the node /zookeeper/quota, whose subtree repeats the limited paths
     */
    static @Nullable NodePath deepest(@Nullable ZNode quotaRoot, NodePath path) {
        byte[] utf8 = path.utf8();
        int limited = 0;
        ZNode node = quotaRoot;
        int from = 1;
        while (node != null && from < utf8.length) {
            int to = PathWalk.componentEnd(utf8, from, utf8.length);
            node = ChildMap.find(node.children(), ChildMap.hash(utf8, from, to), utf8, from, to);
            if (node != null && hasLimits(node)) {
                limited = to;
            }
            from = to + 1;
        }
        return limited == 0 ? null : NodePath.ofUtf8(path.copyOfRange(0, limited));
    }

    private static boolean hasLimits(ZNode node) {
        return ChildMap.find(node.children(), LIMITS_HASH, LIMITS_NAME, 0, LIMITS_NAME.length) != null;
    }

    /** Notes a change below {@code target}; the new text of its statistics node, or null if it has none. */
    byte @Nullable [] addUsage(NodePath target, long count, long bytes) {
        Quota quota = quotas.get(target);
        if (quota == null || !quota.hasStats) {
            return null;
        }
        quota.count += count;
        quota.bytes += bytes;
        return QuotaLimits.formatUsage(quota.count, quota.bytes);
    }

    /** Null unless both nodes exist and the limits make sense. */
    @Nullable
    QuotaView view(NodePath target) {
        Quota quota = quotas.get(target);
        if (quota == null || quota.limits == null || !quota.hasStats) {
            return null;
        }
        return new QuotaView(target, quota.limits, quota.count, quota.bytes);
    }
}
