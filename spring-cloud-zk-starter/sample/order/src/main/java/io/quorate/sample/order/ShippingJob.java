package io.quorate.sample.order;

import io.quorate.cloud.zk.leader.LeaderElections;
import io.quorate.cloud.zk.leader.LeaderOnly;
import io.quorate.cloud.zk.leader.LeadershipToken;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Runs on the instance that leads; on the others it is skipped. */
@Component
class ShippingJob {

    static final String ROLE = "shipping";

    private final LeaderElections elections;
    private final ShippingLog log;
    private final Parcels parcels;
    private final Registration registration;

    ShippingJob(LeaderElections elections, ShippingLog log, Parcels parcels, Registration registration) {
        this.elections = elections;
        this.log = log;
        this.parcels = parcels;
        this.registration = registration;
    }

    @LeaderOnly(ROLE)
    @Scheduled(fixedDelayString = "${shipping.delay}")
    void ship() {
        elections.role(ROLE).token().map(LeadershipToken::epoch).ifPresent(this::shipAs);
    }

    private void shipAs(long token) {
        long run = log.begin(token, registration.getInstanceId());
        log.end(run, parcels.ship(token));
    }
}
