package io.quorate.cloud.zk.leader;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Another candidate leads than before, or none; published in every application that takes part. */
public final class LeaderChangedEvent extends LeaderEvent {

    private final @Nullable Participant leader;

    LeaderChangedEvent(LeaderElection election, @Nullable Participant leader) {
        super(election);
        this.leader = leader;
    }

    /** Who leads now; empty when nobody does. */
    public Optional<Participant> leader() {
        return Optional.ofNullable(leader);
    }
}
