package io.quorate.cloud.zk.leader;

import org.springframework.context.ApplicationEvent;

/**
 * Something happened in the election for a role. Published after the state has changed, in order, on the starter's
 * thread for events; a listener that takes long delays later events and nothing else.
 */
public abstract class LeaderEvent extends ApplicationEvent {

    private final String role;

    LeaderEvent(LeaderElection election) {
        super(election);
        this.role = election.role();
    }

    public String role() {
        return role;
    }

    /** The election that it happened in. */
    public LeaderElection election() {
        return (LeaderElection) getSource();
    }
}
