package io.quorate.cloud.zk.registry;

import io.quorate.cloud.zk.ZkLane;
import io.quorate.cloud.zk.ZkRequests;
import io.quorate.cloud.zk.discovery.InstanceRecord;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what former sessions of an instance have left, as its policy says; once in a session, as two that live and
 * claim to be the same instance would otherwise remove each other for ever. Used in the lane.
 */
final class Leftovers {

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    private final Siblings siblings;
    private final ZkLane lane;
    /** The session in which they were removed; 0 for none. */
    private long swept;

    Leftovers(Siblings siblings, ZkLane lane) {
        this.siblings = siblings;
        this.lane = lane;
    }

    /** This node of the instance is there, and those of former sessions are not needed any more. */
    void removeBehind(ZkRequests.Created created, InstanceRecord present) {
        long session = created.stat().getEphemeralOwner();
        if (swept == session) {
            return;
        }
        swept = session;
        siblings.removeLeftovers(present, session)
                .whenComplete((removed, failure) -> lane.execute(() -> {
                    if (failure != null) {
                        swept = 0;
                        LOG.debug("Leftovers of {} stay until their session ends", created.path(), failure);
                    }
                }));
    }

    /**
     * A node of another session has the place that this session wants. It goes as the policy says, or with its session.
     *
     * @return completes with whether the place is free now; with false where that is not known
     */
    CompletableFuture<Boolean> makeWay(String place, InstanceRecord present, long session) {
        boolean takenOver = swept == session;
        LOG.warn(
                "{} is held by another session, {}",
                place,
                takenOver
                        ? "and was taken over by it from this one: is there a second instance with this id?"
                        : "most likely a former one of this instance");
        return siblings.ownedBy(session)
                .thenCompose(ours -> ours == null && !takenOver
                        ? siblings.removeLeftovers(present, session)
                        : CompletableFuture.completedFuture(0))
                .handleAsync(
                        (removed, failure) -> {
                            boolean free = failure == null && removed != null && removed > 0;
                            if (free) {
                                swept = session;
                            }
                            return free;
                        },
                        lane);
    }
}
