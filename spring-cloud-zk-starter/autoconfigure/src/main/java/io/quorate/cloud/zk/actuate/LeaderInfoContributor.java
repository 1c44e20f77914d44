package io.quorate.cloud.zk.actuate;

import io.quorate.cloud.zk.leader.LeaderElection;
import io.quorate.cloud.zk.leader.LeaderElections;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/** {@code /actuator/info}: who leads each role, under {@code leader}. */
public final class LeaderInfoContributor implements InfoContributor {

    private final LeaderElections elections;

    public LeaderInfoContributor(LeaderElections elections) {
        this.elections = elections;
    }

    @Override
    public void contribute(Info.Builder builder) {
        Map<String, Object> leaders = new TreeMap<>();
        for (LeaderElection election : elections.roles()) {
            election.leader().ifPresent(leader -> leaders.put(election.role(), leader.id()));
        }
        if (!leaders.isEmpty()) {
            builder.withDetail("leader", leaders);
        }
    }
}
