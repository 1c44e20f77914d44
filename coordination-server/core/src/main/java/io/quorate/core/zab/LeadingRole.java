package io.quorate.core.zab;

import io.quorate.core.base.TurnTime;
import io.quorate.core.session.ExpiryWheel;
import io.quorate.core.txn.Zxid;
import io.quorate.core.wire.MalformedRecord;
import io.quorate.core.wire.peer.PacketType;
import io.quorate.core.wire.peer.QuorumPacket;
import io.quorate.core.zab.LeaderTerm.Phase;
import java.nio.ByteBuffer;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A server that others have voted for. Its term goes through the phases of the protocol, each of which has its class:
 * {@link Discovery}, {@link Synchronisation}, {@link Broadcast} with what learners ask then, {@link LearnerRequests}.
 * This one hands each input to the phase it is for, watches over the quorum, and ends the term when that is gone.
 */
public final class LeadingRole implements Role {

    private final Member member;
    private final TurnTime time;
    private final Learners learners;
    private final LeaderTerm term;
    private final Discovery discovery;
    /** Voters that were heard looking for a leader since the term began. */
    private final TreeSet<Long> lookingAgain = new TreeSet<>();

    /** Null until the epoch is entered. */
    private @Nullable Synchronisation synchronisation;
    /** Null until a quorum holds the history; so are the two below. */
    private @Nullable Broadcast broadcast;

    private @Nullable LearnerRequests requests;
    /** Times the sessions while the term stands. */
    private @Nullable ExpiryWheel wheel;

    private long nextPingNanos;
    private long nextCheckNanos;

    public LeadingRole(Member member) {
        this.member = member;
        time = member.time();
        learners = new Learners(member.links(), member.events());
        term = new LeaderTerm(time, member.timing().initLimitNanos());
        discovery = new Discovery(member, learners, term, this::synchronise);
        nextPingNanos = term.startNanos() + member.timing().tickNanos() / 2;
        nextCheckNanos = term.startNanos() + member.timing().tickNanos();
    }

    /** To be called once, before any input. */
    public void start() {
        discovery.start();
    }

    @Override
    public RoleName name() {
        return RoleName.LEADING;
    }

    @Override
    public boolean isEstablished() {
        return term.isIn(Phase.BROADCAST);
    }

    @Override
    public long epoch() {
        return discovery.epoch();
    }

    /** A voter was heard looking for a leader although this one should be its own. */
    public void onLookingAgain(long serverId) {
        lookingAgain.add(serverId);
    }

    /** Visits those that have said who they are, in the order in which they came. */
    public void forEachLearner(LearnerVisitor visitor) {
        learners.forEachKnown(lastProposedZxid(), visitor);
    }

    public LeaderFigures figures() {
        long startNanos = term.startNanos();
        return broadcast == null ? new LeaderFigures(startNanos, 0, -1, -1, -1) : broadcast.figures(startNanos);
    }

    /** Forgets how large proposals have been. */
    public void resetProposalSizes() {
        if (broadcast != null) {
            broadcast.resetProposalSizes();
        }
    }

    // -------------------------------------------------------------------------------------------------------- phases

    private void synchronise() {
        term.enter(Phase.SYNCHRONISATION);
        Synchronisation started = new Synchronisation(member, learners, discovery.epochZxid());
        synchronisation = started;
        started.start();
        establishIfHeld(started);
    }

    private void establishIfHeld(Synchronisation synchronising) {
        if (term.isIn(Phase.SYNCHRONISATION) && synchronising.isHeldByQuorum()) {
            establish(synchronising);
        }
    }

    private void establish(Synchronisation synchronising) {
        term.enter(Phase.BROADCAST);
        long epochZxid = discovery.epochZxid();
        member.database().open(epochZxid);
        Broadcast started = new Broadcast(member, learners, epochZxid);
        broadcast = started;
        LeaderWrites leaderWrites = new LeaderWrites(member, started);
        ExpiryWheel timing = member.wheels().get();
        wheel = timing;
        requests = new LearnerRequests(member, learners, started, leaderWrites, timing);
        started.serve(member.door().openDeciding(leaderWrites, timing, leaderWrites::applied));
        member.events().termEstablished(discovery.epoch(), term.ageNanos());
        synchronising.onEstablished(started);
    }

    // ------------------------------------------------------------------------------------------------------ learners

    @Override
    public void onAccepted(long link) {
        long patience = member.timing().initLimitNanos() + member.timing().syncLimitNanos();
        learners.add(new LearnerLink(link, time.nanos() + patience));
    }

    @Override
    public void onClosed(long link) {
        LearnerLink learner = learners.remove(link);
        if (learner != null && learner.serverId >= 0) {
            member.events().learnerLeft(learner.serverId, "its connection is closed");
        }
    }

    @Override
    public void onWritable(long link, boolean writable) {
        LearnerLink learner = learners.find(link);
        if (learner != null) {
            learner.writable = writable;
        }
    }

    @Override
    public void onUnread(long link, ByteBuffer unread) {
        LearnerLink learner = learners.find(link);
        if (learner == null) {
            unread.position(unread.limit());
            return;
        }
        try {
            read(learner, unread);
        } catch (MalformedRecord malformed) {
            learners.drop(learner, "it does not speak the protocol: " + malformed.getMessage());
        }
    }

    private void read(LearnerLink learner, ByteBuffer unread) {
        while (term.ending() == null && learners.find(learner.link) != null) {
            if (isRequest(unread) && (requests == null || !requests.hasRoom())) {
                return;
            }
            QuorumPacket packet = QuorumPacket.read(unread, member.maxRecordBytes());
            if (packet == null) {
                return;
            }
            onPacket(learner, packet);
        }
    }

    private static boolean isRequest(ByteBuffer unread) {
        return unread.remaining() >= Integer.BYTES && unread.getInt(unread.position()) == PacketType.REQUEST;
    }

    private void onPacket(LearnerLink learner, QuorumPacket packet) {
        learner.heard(time.nanos(), member.timing().syncLimitNanos());
        switch (learner.stage) {
            case AWAITING_INFO -> discovery.onInfo(learner, packet);
            case AWAITING_EPOCH_ACK -> {
                discovery.onEpochAck(learner, packet);
                if (synchronisation != null) {
                    synchronisation.beginIfAwaited(learner);
                }
            }
            case AWAITING_HISTORY_ACK, SYNCED, SERVING -> onLater(learner, packet);
            default -> throw new MalformedRecord("packet " + packet.type() + " while " + learner.stage);
        }
    }

    private void onLater(LearnerLink learner, QuorumPacket packet) {
        switch (packet.type()) {
            case PacketType.ACK -> onAck(learner, packet.zxid());
            case PacketType.PING -> {
                if (requests != null && broadcast != null) {
                    requests.onTouches(packet);
                    broadcast.onPing(learner, packet.zxid());
                }
            }
            case PacketType.REQUEST -> required(requests).onRequest(learner, packet);
            case PacketType.REVALIDATE -> required(requests).onRevalidate(learner, packet);
            default -> {
                // A leader ignores what it does not know: newer members may say more (quorum protocol 4.1).
            }
        }
    }

    private static LearnerRequests required(@Nullable LearnerRequests serving) {
        if (serving == null) {
            throw new MalformedRecord("a request before the leader serves");
        }
        return serving;
    }

    private void onAck(LearnerLink learner, long zxid) {
        if (zxid == discovery.epochZxid()) {
            Synchronisation synchronising = synchronisation;
            if (synchronising != null && synchronising.onAck(learner)) {
                establishIfHeld(synchronising);
                synchronising.letServe();
            }
        } else if (Zxid.counter(zxid) != 0 && broadcast != null && !learner.observer) {
            broadcast.onAck(learner, zxid);
        }
    }

    // --------------------------------------------------------------------------------------------------- log and time

    @Override
    public void onLogDurable(long zxid) {
        if (broadcast != null) {
            broadcast.onOwnDurable(zxid);
        }
    }

    @Override
    public long lastProposedZxid() {
        return broadcast == null ? member.database().position() : broadcast.lastProposed();
    }

    @Override
    public void onTime() {
        long now = time.nanos();
        term.giveUpIfLate();
        if (now >= nextPingNanos) {
            nextPingNanos = now + member.timing().tickNanos() / 2;
            learners.ping(lastProposedZxid());
            if (broadcast != null) {
                broadcast.onPingDue();
            }
        }
        if (now >= nextCheckNanos) {
            nextCheckNanos = now + member.timing().tickNanos();
            check(now);
        }
    }

    private void check(long now) {
        for (LearnerLink learner : learners.copy()) {
            String silence = learner.silence(now, member.timing().syncLimitNanos());
            if (silence != null) {
                learners.drop(learner, silence);
            }
        }
        if (isEstablished()) {
            if (!member.membership().rule().isQuorum(learners.alive(member.serverId(), now))) {
                term.giveUp("its quorum is gone");
            } else if (member.database().log().isFull()) {
                term.giveUp("no space left for the transaction log");
            } else if (broadcast != null && broadcast.isExhausted()) {
                term.giveUp("the epoch has no zxid left");
            }
        } else if (term.ageNanos() > member.timing().tickNanos() && isDeserted(now)) {
            member.events().votersLost();
            term.giveUp("its voters are looking for a leader again");
        }
    }

    /** Whether too few voters are left that could still come: the others have been heard looking elsewhere. */
    private boolean isDeserted(long now) {
        TreeSet<Long> possible = learners.alive(member.serverId(), now);
        for (long voter : member.membership().voters()) {
            if (!lookingAgain.contains(voter)) {
                possible.add(voter);
            }
        }
        return !member.membership().rule().isQuorum(possible);
    }

    @Override
    public void endOfTurn() {
        if (broadcast != null) {
            broadcast.endOfTurn();
        }
        if (synchronisation != null) {
            synchronisation.endOfTurn();
        }
    }

    @Override
    public long nextDeadlineNanos() {
        if (broadcast != null && broadcast.wantsTurn() || synchronisation != null && synchronisation.wantsTurn()) {
            return time.nanos();
        }
        return Math.min(term.deadlineNanos(), Math.min(nextPingNanos, nextCheckNanos));
    }

    @Override
    public @Nullable String ending() {
        return term.ending();
    }

    @Override
    public void end() {
        term.enter(Phase.ENDED);
        learners.copy().forEach(learner -> member.links().close(learner.link));
        if (wheel != null) {
            // Sessions outlive the term: one that this wheel still timed would not be timed by the next one.
            wheel.stop();
        }
    }
}
