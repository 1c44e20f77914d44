package io.quorate.sample.order;

import io.quorate.cloud.zk.leader.LeaderElections;
import io.quorate.cloud.zk.leader.Participant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows who ships. */
@RestController
class ShippingController {

    /**
     * Who leads as this instance knows it, and what was done last.
     *
     * @param leader null while nobody leads
     * @param lastRun null before the first
     */
    record Shipping(@Nullable String leader, @Nullable ShippingRun lastRun) {}

    private final LeaderElections elections;
    private final ShippingLog log;

    ShippingController(LeaderElections elections, ShippingLog log) {
        this.elections = elections;
        this.log = log;
    }

    @GetMapping("/shipping")
    Shipping shipping() {
        String leader =
                elections.role(ShippingJob.ROLE).leader().map(Participant::id).orElse(null);
        return new Shipping(leader, log.last().orElse(null));
    }
}
