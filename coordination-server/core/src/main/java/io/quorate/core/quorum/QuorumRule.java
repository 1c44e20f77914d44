package io.quorate.core.quorum;

import java.util.Set;

/** Which sets of members decide (quorum protocol 1.2). Unknown ids in a set are ignored. */
public interface QuorumRule {

    boolean isQuorum(Set<Long> members);

    /** Whether a member counts at all. */
    boolean isVoter(long serverId);

    /** 0 for whom nobody votes, and for who is unknown. */
    long weight(long serverId);
}
