package io.quorate.core.quorum;

import java.util.Arrays;

/**
 * How far each voter has acknowledged, and with it the highest position that a quorum has. Whoever is no voter is not
 * counted. Asked for every acknowledgement a leader receives, hence without allocation once every voter has been heard.
 */
public final class AckTally {

    /** No quorum has acknowledged anything. */
    public static final long NONE = -1;

    private static final int USUAL_VOTERS = 8;

    private final QuorumRule rule;
    /** Voters that have acknowledged something: the first {@link #count}, those with the highest positions first. */
    private long[] servers = new long[USUAL_VOTERS];
    /** Positions of {@link #servers}, descending. */
    private long[] positions = new long[USUAL_VOTERS];

    private int count;
    /** Always what {@link #servers} and {@link #positions} say. */
    private long quorumZxid = NONE;

    public AckTally(QuorumRule rule) {
        this.rule = rule;
    }

    /** A server has everything up to {@code zxid}. A position lower than one it has reported before is ignored. */
    public void acked(long serverId, long zxid) {
        int at = indexOf(serverId);
        if (at < 0) {
            if (!rule.isVoter(serverId)) {
                return;
            }
            at = append(serverId);
        } else if (zxid <= positions[at]) {
            return;
        }
        while (at > 0 && positions[at - 1] < zxid) {
            servers[at] = servers[at - 1];
            positions[at] = positions[at - 1];
            at--;
        }
        servers[at] = serverId;
        positions[at] = zxid;
        if (zxid > quorumZxid) {
            quorumZxid = highest();
        }
    }

    /**
     * Forgets what a server has acknowledged. The quorum's position falls where it rested on that server; what has been
     * committed by then stays committed.
     */
    public void remove(long serverId) {
        int at = indexOf(serverId);
        if (at < 0) {
            return;
        }
        count--;
        System.arraycopy(servers, at + 1, servers, at, count - at);
        System.arraycopy(positions, at + 1, positions, at, count - at);
        quorumZxid = highest();
    }

    /** The highest position that all members of some quorum have acknowledged, or {@link #NONE}. */
    public long quorumZxid() {
        return quorumZxid;
    }

    private long highest() {
        // Servers are in descending order, so the first that completes a quorum is the one whose position counts.
        for (int i = 0; i < count; i++) {
            if (rule.isQuorum(servers, i + 1)) {
                return positions[i];
            }
        }
        return NONE;
    }

    private int indexOf(long serverId) {
        for (int i = 0; i < count; i++) {
            if (servers[i] == serverId) {
                return i;
            }
        }
        return -1;
    }

    private int append(long serverId) {
        if (count == servers.length) {
            servers = Arrays.copyOf(servers, 2 * count);
            positions = Arrays.copyOf(positions, 2 * count);
        }
        servers[count] = serverId;
        positions[count] = Long.MIN_VALUE;
        return count++;
    }
}
