package io.quorate.simulation.run;

import io.quorate.core.base.Limits;
import io.quorate.core.base.ThrottleOptions;
import io.quorate.core.quorum.Membership;
import io.quorate.core.quorum.PeerServer;
import io.quorate.core.replica.EnsembleOptions;
import io.quorate.core.replica.ReplicaOptions;
import io.quorate.core.replica.ReplicaOptions.Access;
import io.quorate.core.replica.ReplicaOptions.Nodes;
import io.quorate.core.replica.ReplicaOptions.Storage;
import io.quorate.simulation.SimRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * How every server of a run is configured. Limits are low, so that runs come to them.
 *
 * @param windowTxns what a leader keeps for learners that have been away
 * @param leaderServes whether whoever leads takes clients as well
 */
record ServerPlan(Limits limits, Nodes nodes, Storage storage, int windowTxns, boolean leaderServes) {

    static final int QUORUM_PORT = 2888;
    static final int ELECTION_PORT = 3888;

    private static final int TICK_MILLIS = 20;
    private static final int INIT_LIMIT_TICKS = 10;
    private static final int SYNC_LIMIT_TICKS = 5;
    private static final int CONNECT_MILLIS = 50;
    private static final int FINALIZE_MILLIS = 10;
    private static final int MOST_NOTIFICATION_MILLIS = 100;

    static ServerPlan of(SimRandom random) {
        int maxOutstanding = (int) random.between(4, 40);
        int maxInProcess = random.oneIn(4) ? (int) random.between(1, 10) : 0;
        Limits limits = new Limits(
                new Limits.Frames(4096, 1024, 1 << 20),
                new Limits.Links(0, 0, 64 << 20, 500, 256, 64 << 10),
                new Limits.Requests(maxOutstanding, maxInProcess, 0, -1, 100 << 20),
                10_000);
        Nodes nodes = new Nodes(false, false, false, random.between(10, 60), 10_000, 0);
        Storage storage = new Storage(
                (int) random.between(10, 400),
                random.oneIn(3) ? random.between(2_000, 20_000) : 0,
                random.oneIn(3) ? random.between(1_000, 10_000) : 0,
                (int) random.between(6 << 10, 32 << 10),
                (int) random.below(4),
                false);
        int window = (int) (random.oneIn(3) ? random.between(2, 20) : random.between(20, 500));
        boolean leaderServes = !random.stream("leaders without clients").oneIn(8);
        return new ServerPlan(limits, nodes, storage, window, leaderServes);
    }

    /** Where members call a server. */
    static String hostOf(long serverId) {
        return "s" + serverId;
    }

    ReplicaOptions options(long serverId, Shape shape) {
        ReplicaOptions alone = new ReplicaOptions(
                serverId,
                ReplicaOptions.Times.ofTick(TICK_MILLIS),
                limits,
                nodes,
                Access.DEFAULTS,
                storage,
                false,
                ThrottleOptions.OFF,
                null);
        return shape.isEnsemble() ? alone.withEnsemble(ensemble(serverId, shape)) : alone;
    }

    private EnsembleOptions ensemble(long serverId, Shape shape) {
        List<PeerServer> servers = new ArrayList<>();
        for (long id = 1; id <= shape.servers(); id++) {
            PeerServer.PeerAddress address = new PeerServer.PeerAddress(hostOf(id), QUORUM_PORT, ELECTION_PORT);
            servers.add(new PeerServer(id, List.of(address), id > shape.voters(), null));
        }
        return new EnsembleOptions(
                serverId,
                Membership.majority(0, servers),
                TICK_MILLIS,
                INIT_LIMIT_TICKS,
                SYNC_LIMIT_TICKS,
                0,
                CONNECT_MILLIS,
                FINALIZE_MILLIS,
                FINALIZE_MILLIS,
                MOST_NOTIFICATION_MILLIS,
                windowTxns,
                1 << 20,
                leaderServes);
    }
}
