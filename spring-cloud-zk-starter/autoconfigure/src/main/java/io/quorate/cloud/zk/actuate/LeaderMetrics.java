package io.quorate.cloud.zk.actuate;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.quorate.cloud.zk.leader.LeaderElection;
import io.quorate.cloud.zk.leader.LeaderOnlyPostProcessor;
import io.quorate.cloud.zk.leader.ZkLeaderElections;

/** For every role whether this application leads, and how many calls it has skipped because it did not. */
public final class LeaderMetrics implements MeterBinder {

    private final ZkLeaderElections elections;
    private final LeaderOnlyPostProcessor leaderOnly;

    public LeaderMetrics(ZkLeaderElections elections, LeaderOnlyPostProcessor leaderOnly) {
        this.elections = elections;
        this.leaderOnly = leaderOnly;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        elections.onRole(election -> {
            Gauge.builder("zk.leader.state", election, LeaderMetrics::state)
                    .description("1 while this application leads the role, else 0")
                    .tag("role", election.role())
                    .register(registry);
            FunctionCounter.builder("zk.leader.skipped", leaderOnly, processor -> processor.skipped(election.role()))
                    .description("Calls of @LeaderOnly methods that were skipped because this application did not lead")
                    .tag("role", election.role())
                    .register(registry);
        });
    }

    private static double state(LeaderElection election) {
        return election.isLeader() ? 1 : 0;
    }
}
