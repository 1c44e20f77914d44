package io.quorate.core.election;

import io.quorate.core.base.Verify;
import io.quorate.core.port.ServerEvents;
import io.quorate.core.quorum.Membership;
import io.quorate.core.quorum.PeerServer;
import io.quorate.core.wire.peer.Notification;
import io.quorate.core.wire.peer.PeerState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Fast leader election as a pure machine (quorum protocol 3). While it looks it trades votes until a quorum agrees;
 * afterwards it tells those who look what has been decided. Which member wins is a matter of speed only: that nothing
 * committed is lost is ensured by what a leader must do before it may propose (quorum protocol 4).
 */
public final class Election {

    /** What an election does to the world. Nothing here calls back. */
    public interface Output {

        /** Sends to another member; a newer message replaces one that waits. Dials where there is no connection. */
        void send(long serverId, Notification message);

        /** Dials every member that was ever sent something and is not connected. */
        void connectAll();

        /** Whether nothing waits for at least one member. */
        boolean delivered();

        /** Whether there is no connection to this member and the last attempt to make one has failed. */
        boolean unreachable(long serverId);

        /** A voter looks for a leader in a later round than the one this server was elected in: it does not follow. */
        void lookingAgain(long serverId);
    }

    private static final long NEVER = Long.MAX_VALUE;
    /** Fraction of the shortest interval in which the same answer is not given again. */
    private static final int ANSWERS_PER_INTERVAL = 10;

    private final long serverId;
    private final ElectionTiming timing;
    private final Output output;
    private final MembershipWatch watch;
    private final RecentAnswers answers;
    /** Votes of the current round, this server's own included if it has one. */
    private final VoteTable received = new VoteTable();
    /** Votes of members that have settled, of whatever round. */
    private final VoteTable outside = new VoteTable();

    /** Null until this server looks for the first time; until then it hears and says nothing. */
    private @Nullable Membership membership;

    /**
     * Whether the last role is over and this server does not look yet. It says nothing then: what it was would be taken
     * for what it is, and others would follow a leader that has given up.
     */
    private boolean between;

    /** What voters have said meanwhile, the last of each. */
    private final Map<Long, Notification> heardBetween = new LinkedHashMap<>();

    private String config = "";
    private PeerState state = PeerState.LOOKING;
    private long round;
    /** What this server offers itself. */
    private Ballot own = new Ballot(Ballot.NOBODY, Ballot.NO_DATA, Ballot.NO_DATA);
    /** What it votes for while it looks; what was decided afterwards. */
    private Ballot vote = own;

    private @Nullable Ballot decision;
    private long intervalNanos;
    private long resendAtNanos = NEVER;
    /** When the choice of a quorum stands; {@link #NEVER} while there is none. */
    private long settleAtNanos = NEVER;

    public Election(long serverId, ElectionTiming timing, Output output, ServerEvents events) {
        this.serverId = serverId;
        this.timing = timing;
        this.output = output;
        this.watch = new MembershipWatch(events);
        this.answers = new RecentAnswers(timing.minNotificationNanos() / ANSWERS_PER_INTERVAL);
    }

    /**
     * Looks for a leader: begins the next round and proposes this server, or nobody where it has no vote. Whether the
     * end is following or observing is read from the membership.
     *
     * @param offered what this server has; for {@link Ballot#NOBODY} where the membership does not list it as a voter
     */
    public void look(Ballot offered, Membership members, long nowNanos) {
        Verify.that(
                offered.leader() == (members.isVoter(serverId) ? serverId : Ballot.NOBODY),
                "a member offers itself, and only if it may be voted for",
                serverId,
                offered.leader());
        if (members != membership) {
            membership = members;
            config = members.text();
            watch.ours(config);
        }
        state = PeerState.LOOKING;
        between = false;
        decision = null;
        own = observes(members) ? Ballot.OBSERVER : offered;
        round++;
        received.clear();
        outside.clear();
        intervalNanos = timing.minNotificationNanos();
        resendAtNanos = nowNanos + intervalNanos;
        propose(members, own);
        count(members, nowNanos);
        List<Map.Entry<Long, Notification>> heard = new ArrayList<>(heardBetween.entrySet());
        heardBetween.clear();
        heard.forEach(entry -> onNotification(entry.getKey(), entry.getValue(), nowNanos));
    }

    /** The role that came of the last decision is over. Until {@link #look} this server takes no part. */
    public void left() {
        between = true;
    }

    /** Another member has sent this. Stale repetitions change nothing. */
    public void onNotification(long fromServerId, Notification message, long nowNanos) {
        Membership members = membership;
        if (members == null || fromServerId == serverId) {
            return;
        }
        watch.onConfig(fromServerId, message.config(), members);
        if (between) {
            if (members.isVoter(fromServerId)) {
                heardBetween.put(fromServerId, message);
            }
            return;
        }
        boolean looks = message.state() == PeerState.LOOKING;
        if (!members.isVoter(fromServerId)) {
            answer(fromServerId, message, nowNanos);
        } else if (state != PeerState.LOOKING) {
            onVoterWhileSettled(fromServerId, message, nowNanos);
        } else if (looks && message.round() < round) {
            answer(fromServerId, message, nowNanos);
        } else if (members.isVoter(message.leader())) {
            onVote(members, fromServerId, message, nowNanos);
        }
    }

    private void onVoterWhileSettled(long fromServerId, Notification message, long nowNanos) {
        if (message.state() != PeerState.LOOKING) {
            return;
        }
        answer(fromServerId, message, nowNanos);
        // One of this round has not heard yet what came of it, or what it said then is repeated on a new connection.
        if (state == PeerState.LEADING && message.round() > round) {
            output.lookingAgain(fromServerId);
        }
    }

    private void onVote(Membership members, long fromServerId, Notification message, long nowNanos) {
        switch (message.state()) {
            case LOOKING -> onLooking(members, fromServerId, message, nowNanos);
            case FOLLOWING, LEADING -> onSettled(members, fromServerId, Vote.of(message), nowNanos);
            case OBSERVING -> {
                // Not a vote: who observes has not been asked.
            }
        }
    }

    private void onLooking(Membership members, long fromServerId, Notification message, long nowNanos) {
        Vote heard = Vote.of(message);
        if (own.zxid() == Ballot.NO_DATA || heard.ballot().zxid() == Ballot.NO_DATA) {
            return;
        }
        if (heard.round() > round) {
            round = heard.round();
            received.clear();
            propose(members, heard.ballot().beats(own, members.rule()) ? heard.ballot() : own);
        } else if (heard.ballot().beats(vote, members.rule())) {
            propose(members, heard.ballot());
        } else if (vote.beats(heard.ballot(), members.rule())) {
            // It began to look after we told everyone, or it would have our candidate: the timer need not tell it.
            answer(fromServerId, message, nowNanos);
        }
        received.put(fromServerId, heard);
        count(members, nowNanos);
    }

    private void onSettled(Membership members, long fromServerId, Vote heard, long nowNanos) {
        if (heard.round() == round) {
            received.put(fromServerId, heard.withoutVersion());
            if (stands(members, received, heard)) {
                decide(members, heard.ballot());
                return;
            }
        }
        outside.put(fromServerId, heard);
        if (stands(members, outside, heard)) {
            round = heard.round();
            decide(members, heard.ballot());
            return;
        }
        count(members, nowNanos);
    }

    /**
     * Whether a quorum follows this leader, and the leader knows: it says so itself, or is us in this very round. Who
     * has lost its data leads nobody, whatever is still remembered of the time before.
     */
    private boolean stands(Membership members, VoteTable votes, Vote heard) {
        long leader = heard.ballot().leader();
        boolean knows =
                leader == serverId ? heard.round() == round && own.zxid() != Ballot.NO_DATA : votes.saysItLeads(leader);
        return knows && members.rule().isQuorum(votes.agreeing(heard));
    }

    /** Votes for this, and tells every voter. */
    private void propose(Membership members, Ballot ballot) {
        vote = ballot;
        settleAtNanos = NEVER;
        // Without data even the own vote counts for nothing: whoever stands must be heard from those who have some.
        if (members.isVoter(serverId) && own.zxid() != Ballot.NO_DATA) {
            received.put(serverId, currentVote());
        }
        tellVoters(members);
    }

    private void tellVoters(Membership members) {
        Notification message = message();
        for (Long voter : members.voters()) {
            if (voter != serverId) {
                output.send(voter, message);
            }
        }
    }

    /** Decides if a quorum agrees and nobody is left to name a better one; otherwise sets or stops the wait. */
    private void count(Membership members, long nowNanos) {
        TreeSet<Long> agreeing = received.agreeing(currentVote());
        if (!members.rule().isQuorum(agreeing)) {
            settleAtNanos = NEVER;
        } else if (nobodyElse(members, agreeing)) {
            decide(members, vote);
        } else if (settleAtNanos == NEVER) {
            settleAtNanos = nowNanos + timing.finalizeWaitNanos();
        }
    }

    /**
     * Whether every voter agrees, has decided the same already (its epoch may be that of the new term), or cannot be
     * reached. The wait for a better candidate is a courtesy: whoever a quorum prefers has all that was ever committed,
     * and a member that is gone cannot lead anyway.
     */
    private boolean nobodyElse(Membership members, TreeSet<Long> agreeing) {
        for (Long voter : members.voters()) {
            boolean heard = agreeing.contains(voter) || received.hasSettledOn(voter, vote.leader());
            if (!heard && !output.unreachable(voter)) {
                return false;
            }
        }
        return true;
    }

    /** Whom the membership does not list follows, although it has no vote. */
    private boolean observes(Membership members) {
        PeerServer self = members.find(serverId);
        return self != null && self.observer();
    }

    private void decide(Membership members, Ballot ballot) {
        vote = ballot;
        decision = ballot;
        settleAtNanos = NEVER;
        resendAtNanos = NEVER;
        if (ballot.leader() == serverId) {
            state = PeerState.LEADING;
        } else {
            state = observes(members) ? PeerState.OBSERVING : PeerState.FOLLOWING;
        }
    }

    /** The last attempt to reach a member has failed: there may be nobody left to wait for. */
    public void onUnreachable(long unreachableId, long nowNanos) {
        Membership members = membership;
        if (members != null && state == PeerState.LOOKING && members.isVoter(unreachableId)) {
            count(members, nowNanos);
        }
    }

    /** A connection has been lost: while this server looks it is at once made again, or found to be impossible. */
    public void onDisconnected(long lostId) {
        Membership members = membership;
        if (members != null && state == PeerState.LOOKING && members.isVoter(lostId)) {
            output.send(lostId, message());
        }
    }

    /** To be called once per turn. */
    public void onTime(long nowNanos) {
        Membership members = membership;
        if (members == null || state != PeerState.LOOKING) {
            return;
        }
        if (nowNanos >= settleAtNanos) {
            decide(members, vote);
        } else if (nowNanos >= resendAtNanos) {
            if (output.delivered()) {
                tellVoters(members);
            } else {
                output.connectAll();
            }
            intervalNanos = Math.min(2 * intervalNanos, timing.maxNotificationNanos());
            resendAtNanos = nowNanos + intervalNanos;
        }
    }

    /** When {@link #onTime} is wanted even if nothing happens; {@link Long#MAX_VALUE} for never. */
    public long nextDeadlineNanos() {
        return Math.min(settleAtNanos, resendAtNanos);
    }

    /** Whom to follow, or this server itself; null while it looks, and again once it has {@link #settled}. */
    public @Nullable Ballot decision() {
        return decision;
    }

    /** The role that came of the decision has been entered; others are told so from now on. */
    public void settled(PeerState role) {
        Verify.that(state != PeerState.LOOKING && role != PeerState.LOOKING, "a role follows from a decision");
        state = role;
        decision = null;
    }

    /** The term stands: whoever asks later hears its epoch, and the same from every member (3.7). */
    public void established(long epoch) {
        vote = new Ballot(vote.leader(), vote.zxid(), epoch);
    }

    /** The number of this election, or of the one that was last decided. */
    public long round() {
        return round;
    }

    /** What others are told this server is. Anything but looking as soon as there is a decision. */
    public PeerState state() {
        return state;
    }

    private void answer(long toServerId, Notification asked, long nowNanos) {
        Notification answer = message();
        if (answers.isDue(toServerId, asked, answer, nowNanos)) {
            output.send(toServerId, answer);
        }
    }

    private Vote currentVote() {
        return new Vote(vote, round, PeerState.LOOKING, Notification.VERSION);
    }

    private Notification message() {
        return new Notification(state, vote.leader(), vote.zxid(), round, vote.epoch(), Notification.VERSION, config);
    }
}
