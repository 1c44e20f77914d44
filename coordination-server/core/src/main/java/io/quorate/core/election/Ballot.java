package io.quorate.core.election;

import io.quorate.core.quorum.QuorumRule;

/**
 * A vote: whom it is for, and what that member has (quorum protocol 3.3).
 *
 * @param leader its id; {@link #NOBODY} from who may not be voted for
 * @param zxid the last transaction that it has logged
 * @param epoch its current epoch
 */
public record Ballot(long leader, long zxid, long epoch) {

    /** What who may not be voted for offers. */
    public static final long NOBODY = Long.MIN_VALUE;

    /** What an observer offers, whatever it has. */
    public static final Ballot OBSERVER = new Ballot(NOBODY, Long.MIN_VALUE, Long.MIN_VALUE);

    /** The zxid of a member that has lost its data: nobody believes it, and it believes no one that looks. */
    public static final long NO_DATA = -1;

    /** Whether this ballot is the better one: larger epoch, then larger zxid, then larger id (3.4). */
    public boolean beats(Ballot other, QuorumRule rule) {
        if (rule.weight(leader) == 0) {
            return false;
        }
        if (epoch != other.epoch) {
            return epoch > other.epoch;
        }
        return zxid != other.zxid ? zxid > other.zxid : leader > other.leader;
    }
}
