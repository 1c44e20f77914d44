package io.quorate.cloud.zk.leader;

/** This candidate leads from now on. */
public final class LeadershipGrantedEvent extends LeaderEvent {

    private final LeadershipToken token;

    LeadershipGrantedEvent(LeaderElection election, LeadershipToken token) {
        super(election);
        this.token = token;
    }

    public LeadershipToken token() {
        return token;
    }
}
