package io.quorate.cloud.zk.actuate;

import io.quorate.cloud.zk.leader.LeaderElection;
import io.quorate.cloud.zk.leader.LeaderElections;
import io.quorate.cloud.zk.leader.LeadershipToken;
import io.quorate.cloud.zk.leader.Participant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The roles for which this application is a candidate. */
public final class LeaderSection implements EndpointSection {

    private final LeaderElections elections;

    /**
     * @param leading whether this application leads
     * @param epoch of this application's leadership; absent when it does not lead
     * @param leader id of the candidate that leads; absent when none is known
     * @param candidates ids in the order in which they will lead
     */
    public record Role(
            String role,
            boolean leading,
            @Nullable Long epoch,
            @Nullable String leader,
            List<String> candidates) {}

    public LeaderSection(LeaderElections elections) {
        this.elections = elections;
    }

    @Override
    public String name() {
        return "leader";
    }

    @Override
    public List<Role> content() {
        return elections.roles().stream().map(LeaderSection::role).toList();
    }

    private static Role role(LeaderElection election) {
        LeadershipToken token = election.token().orElse(null);
        return new Role(
                election.role(),
                token != null,
                token == null ? null : token.epoch(),
                election.leader().map(Participant::id).orElse(null),
                election.participants().stream().map(Participant::id).toList());
    }
}
