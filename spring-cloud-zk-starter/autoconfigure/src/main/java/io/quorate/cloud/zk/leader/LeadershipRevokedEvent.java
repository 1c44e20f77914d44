package io.quorate.cloud.zk.leader;

/** This candidate does not lead any more. */
public final class LeadershipRevokedEvent extends LeaderEvent {

    private final LeadershipToken token;

    LeadershipRevokedEvent(LeaderElection election, LeadershipToken token) {
        super(election);
        this.token = token;
    }

    /** The leadership that has ended. */
    public LeadershipToken token() {
        return token;
    }
}
