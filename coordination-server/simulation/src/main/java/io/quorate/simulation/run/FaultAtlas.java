package io.quorate.simulation.run;

import io.quorate.core.replica.ReplicaStatus;
import io.quorate.simulation.DurableHistory;
import io.quorate.simulation.server.SimNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which damage may be done: never so much that what a quorum has promised could be forgotten. What is lost with a disk
 * must be on the disks of a quorum of the others, and nobody may be about to count on a promise that is lost with it.
 */
final class FaultAtlas {

    private final Fleet fleet;
    private final Map<Long, DurableHistory> disks = new TreeMap<>();

    FaultAtlas(Fleet fleet) {
        this.fleet = fleet;
        for (SimNode node : fleet.nodes()) {
            disks.put(node.id(), new DurableHistory(node.disk()));
        }
    }

    /** Whether a member may lose its disk. */
    boolean mayLose(long serverId) {
        if (!fleet.shape().isEnsemble() || leaders() > 1) {
            return false;
        }
        if (serverId > fleet.shape().voters()) {
            return true;
        }
        long epoch = 0;
        for (DurableHistory disk : disks.values()) {
            epoch = Math.max(epoch, disk.acceptedEpoch());
        }
        int holders = 0;
        for (long id = 1; id <= fleet.shape().voters(); id++) {
            holders += id != serverId && holds(id, serverId, epoch) ? 1 : 0;
        }
        return 2 * holders > fleet.shape().voters();
    }

    private int leaders() {
        int leaders = 0;
        for (SimNode node : fleet.nodes()) {
            ReplicaStatus status = node.status();
            leaders += status != null && status.role().equals("LEADING") ? 1 : 0;
        }
        return leaders;
    }

    /** Whether one member has everything of another, and has come as far as anybody has promised. */
    private boolean holds(long id, long other, long epoch) {
        DurableHistory disk = disk(id);
        DurableHistory lost = disk(other);
        if (disk.currentEpoch() != epoch || disk.acceptedEpoch() != epoch || disk.lastZxid() < lost.lastZxid()) {
            return false;
        }
        List<Long> behind =
                new ArrayList<>(lost.txns().tailMap(disk.snapshotZxid(), false).keySet());
        for (long zxid : behind) {
            if (!disk.holds(zxid)) {
                return false;
            }
        }
        return true;
    }

    private DurableHistory disk(long id) {
        DurableHistory disk = disks.get(id);
        if (disk == null) {
            throw new IllegalArgumentException("no server " + id);
        }
        return disk;
    }
}
