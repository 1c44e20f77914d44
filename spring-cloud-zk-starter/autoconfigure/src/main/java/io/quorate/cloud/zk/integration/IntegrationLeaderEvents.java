package io.quorate.cloud.zk.integration;

import io.quorate.cloud.zk.leader.LeaderElection;
import io.quorate.cloud.zk.leader.LeaderEvent;
import io.quorate.cloud.zk.leader.LeadershipGrantedEvent;
import io.quorate.cloud.zk.leader.LeadershipRevokedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.integration.leader.Context;
import org.springframework.integration.leader.event.LeaderEventPublisher;

/** Publishes changes of leadership as Spring Integration's events, which start and stop endpoints by role. */
public final class IntegrationLeaderEvents implements ApplicationListener<LeaderEvent> {

    private final LeaderEventPublisher publisher;

    public IntegrationLeaderEvents(LeaderEventPublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public void onApplicationEvent(LeaderEvent event) {
        Context context = new ElectionContext(event.election());
        if (event instanceof LeadershipGrantedEvent) {
            publisher.publishOnGranted(event.election(), context, event.role());
        } else if (event instanceof LeadershipRevokedEvent) {
            publisher.publishOnRevoked(event.election(), context, event.role());
        }
    }

    private record ElectionContext(LeaderElection election) implements Context {

        @Override
        public boolean isLeader() {
            return election.isLeader();
        }

        @Override
        public void yield() {
            if (election.isLeader()) {
                election.resign();
            }
        }

        @Override
        public String getRole() {
            return election.role();
        }
    }
}
