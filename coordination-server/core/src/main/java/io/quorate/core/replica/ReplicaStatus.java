package io.quorate.core.replica;

/**
 * What a replica shows of itself: published once in a while for metrics, admin commands and health. Immutable.
 *
 * @param role one of LOOKING, LEADING, FOLLOWING, OBSERVING, STANDALONE
 * @param appliedZxid highest zxid whose effects are in the tree
 * @param durableZxid highest zxid that the log has forced
 * @param acceptsWrites false while the disk has no room
 * @param connections open client connections
 * @param outstanding requests that wait for a transaction
 * @param dataBytes approximate size of all paths and data
 * @param snapshotZxid zxid of the newest complete snapshot; -1 before the first
 */
public record ReplicaStatus(
        String role,
        long serverId,
        long appliedZxid,
        long durableZxid,
        boolean acceptsWrites,
        int connections,
        int sessions,
        int outstanding,
        int nodes,
        int ephemerals,
        long dataBytes,
        int watches,
        int watchedPaths,
        long snapshotZxid,
        long digest) {

    /** The epoch of the applied zxid. */
    public long epoch() {
        return appliedZxid >>> 32;
    }
}
