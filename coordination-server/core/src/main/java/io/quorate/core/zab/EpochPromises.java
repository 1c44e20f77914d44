package io.quorate.core.zab;

import io.quorate.core.quorum.QuorumRule;
import java.util.TreeSet;

/**
 * How the epoch of a term is agreed upon (quorum protocol 4.3): one more than the highest that any of its members has
 * promised before, once a quorum has come.
 */
final class EpochPromises {

    private final QuorumRule rule;
    private final long self;
    private final TreeSet<Long> promised = new TreeSet<>();
    private long epoch = -1;
    private boolean agreed;

    EpochPromises(QuorumRule rule, long self) {
        this.rule = rule;
        this.self = self;
    }

    /**
     * A member has come. Observers raise the epoch too, but promise nothing.
     *
     * @return whether the epoch is agreed upon with this
     */
    boolean arrive(long serverId, long acceptedEpoch) {
        if (agreed) {
            return false;
        }
        epoch = Math.max(epoch, acceptedEpoch + 1);
        if (rule.isVoter(serverId)) {
            promised.add(serverId);
        }
        agreed = promised.contains(self) && rule.isQuorum(promised);
        return agreed;
    }

    /** Final once it is agreed upon. */
    long epoch() {
        return epoch;
    }
}
