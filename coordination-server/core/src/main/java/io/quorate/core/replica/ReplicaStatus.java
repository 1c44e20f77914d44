package io.quorate.core.replica;

import io.quorate.core.request.ClientSide;
import io.quorate.core.tree.DataTree;
import io.quorate.core.watch.WatchKind;
import io.quorate.core.watch.WatchTable;
import io.quorate.core.zab.Database;
import org.jspecify.annotations.Nullable;

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
 * @param ensemble null for a server without peers
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
        long digest,
        @Nullable EnsembleStatus ensemble) {

    static ReplicaStatus of(Replica replica) {
        Database database = replica.database();
        DataTree tree = database.tree();
        ClientSide clients = replica.serving().clients();
        WatchTable watches = replica.serving().state().watches();
        Ensemble ensemble = replica.ensemble();
        return new ReplicaStatus(
                replica.role().name().name(),
                replica.options().serverId(),
                tree.lastZxid(),
                database.log().durableZxid(),
                clients != null && clients.acceptsWrites(),
                clients == null ? 0 : clients.connectionCount(),
                database.sessions().size(),
                clients == null ? 0 : clients.outstanding(),
                (int) Math.min(Integer.MAX_VALUE, tree.nodeCount()),
                tree.ephemeralCount(),
                tree.dataBytes(),
                clients == null ? 0 : watches.size(),
                clients == null ? 0 : watches.counts(WatchKind.DATA).paths(),
                replica.snapshots().lastZxid(),
                tree.digest(),
                ensemble == null ? null : ensemble.status());
    }

    /** The epoch of the applied zxid. */
    public long epoch() {
        return appliedZxid >>> 32;
    }
}
