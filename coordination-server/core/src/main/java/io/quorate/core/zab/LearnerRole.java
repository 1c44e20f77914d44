package io.quorate.core.zab;

import io.quorate.core.base.TurnTime;
import io.quorate.core.quorum.HostPort;
import io.quorate.core.snapshot.SnapshotIntake;
import io.quorate.core.txn.Zxid;
import io.quorate.core.wire.MalformedRecord;
import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.peer.PacketType;
import io.quorate.core.wire.peer.QuorumPacket;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server that follows another's lead: it takes over the leader's history, makes it durable, and then logs,
 * acknowledges and applies what comes (quorum protocol 4.6, 5.3). Followers and observers differ in what they say at
 * the start and in that observers acknowledge no transaction.
 */
public final class LearnerRole implements Role {

    /**
     * Where the learner stands. Moves down this list, where a snapshot or a truncation may be left out; back to the
     * start only when no truncation leads to the leader's history.
     */
    enum Phase {
        CONNECTING,
        /** Has introduced itself. */
        AWAITING_EPOCH,
        /** The promise of the epoch is on its way to the disk. */
        PROMISING,
        /** Has promised the epoch, and is to hear how it will be synchronised. */
        AWAITING_PLAN,
        RECEIVING_SNAPSHOT,
        TRUNCATING,
        /** Gets what it lacks. */
        SYNCHRONISING,
        /** Has got it; the history, and then the epoch, are on their way to the disk. */
        ENTERING,
        /** Has acknowledged the history. */
        AWAITING_UP_TO_DATE,
        /** Told to serve; what is committed is being applied. */
        CATCHING_UP,
        SERVING,
        ENDED
    }

    private final Member member;
    private final RoleName name;
    private final long leaderId;
    private final LeaderLink leader;
    private final StateInstaller installer;
    private final TurnTime time;
    private final LearnerHistory history;
    private final LearnerService service;
    private final long startNanos;
    private Phase phase = Phase.CONNECTING;
    private long epoch = -1;
    /** Whether this leader's history leads nowhere from ours: it is asked for all of it. */
    private boolean needsSnapshot;

    private @Nullable SnapshotIntake intake;
    private @Nullable String ending;

    /**
     * Begins to follow.
     *
     * @param name {@link RoleName#FOLLOWING} or {@link RoleName#OBSERVING}
     * @param addresses where the leader may be reached
     */
    public LearnerRole(
            Member member, RoleName name, long leaderId, List<HostPort> addresses, StateInstaller installer) {
        this.member = member;
        this.name = name;
        this.leaderId = leaderId;
        this.installer = installer;
        leader = new LeaderLink(member, addresses);
        service = new LearnerService(member.door(), leader);
        time = member.time();
        history = new LearnerHistory(member.database(), name == RoleName.OBSERVING, time, member.events());
        startNanos = time.nanos();
    }

    @Override
    public RoleName name() {
        return name;
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public boolean isEstablished() {
        return phase == Phase.SERVING;
    }

    // ---------------------------------------------------------------------------------------------------- connection

    @Override
    public void onConnected(long connectedLink) {
        if (!leader.is(connectedLink) || phase != Phase.CONNECTING) {
            return;
        }
        phase = Phase.AWAITING_EPOCH;
        leader.onHeard();
        int type = name == RoleName.OBSERVING ? PacketType.OBSERVER_INFO : PacketType.FOLLOWER_INFO;
        leader.send(QuorumPacket.of(
                type,
                member.epochs().accepted() << Integer.SIZE,
                member.introduction().toBytes()));
    }

    @Override
    public void onClosed(long closedLink) {
        if (!leader.is(closedLink)) {
            return;
        }
        leader.onClosed();
        if (phase != Phase.CONNECTING) {
            giveUp("the connection to leader " + leaderId + " is closed");
        }
    }

    @Override
    public void onWritable(long changedLink, boolean writable) {
        if (leader.is(changedLink)) {
            service.onWritable(writable);
        }
    }

    // ------------------------------------------------------------------------------------------------------- packets

    @Override
    public void onHeard(long from) {
        if (leader.is(from)) {
            leader.onHeard();
        }
    }

    @Override
    public void onUnread(long from, ByteBuffer unread) {
        if (!leader.is(from) || ending != null) {
            return;
        }
        try {
            read(unread);
        } catch (MalformedRecord malformed) {
            giveUp("leader " + leaderId + " does not speak the protocol: " + malformed.getMessage());
        }
    }

    private void read(ByteBuffer unread) {
        while (ending == null) {
            if (phase == Phase.RECEIVING_SNAPSHOT && intake != null && intake.takesBytes()) {
                intake.accept(unread);
            }
            if (isBusy() || !history.takesProposals()) {
                return;
            }
            QuorumPacket packet = QuorumPacket.read(unread, member.maxRecordBytes());
            if (packet == null) {
                return;
            }
            onPacket(packet);
        }
    }

    /** Whether what comes next has to wait for the disk. */
    private boolean isBusy() {
        return phase == Phase.PROMISING || phase == Phase.RECEIVING_SNAPSHOT || phase == Phase.TRUNCATING;
    }

    private void onPacket(QuorumPacket packet) {
        switch (phase) {
            case AWAITING_EPOCH -> onLeaderInfo(packet);
            case AWAITING_PLAN -> onPlan(packet);
            case SYNCHRONISING, ENTERING, AWAITING_UP_TO_DATE, CATCHING_UP, SERVING -> onHistory(packet);
            default -> throw new MalformedRecord("packet " + packet.type() + " while " + phase);
        }
    }

    private void onLeaderInfo(QuorumPacket packet) {
        if (packet.type() != PacketType.LEADER_INFO) {
            throw new MalformedRecord("packet " + packet.type() + " where the epoch should be");
        }
        epoch = Zxid.epoch(packet.zxid());
        long accepted = member.epochs().accepted();
        if (epoch < accepted) {
            giveUp("leader " + leaderId + " has epoch " + epoch + ", and " + accepted + " has been promised already");
            return;
        }
        // Another term: whether that leader may lead us depends on what we have.
        needsSnapshot &= epoch == accepted;
        // An epoch promised before must not be counted twice; the leader synchronises us nevertheless.
        boolean counts = epoch > accepted && !member.database().isDoubted();
        phase = Phase.PROMISING;
        member.epochs().accept(epoch, () -> onPromised(counts), this::giveUp);
    }

    private void onPromised(boolean counts) {
        if (phase != Phase.PROMISING) {
            return;
        }
        phase = Phase.AWAITING_PLAN;
        int current = counts ? (int) member.epochs().current() : -1;
        // Without data there is no position: 0 might be answered with a difference, where the leader's log reaches
        // back.
        boolean nowhere = needsSnapshot || member.database().isDoubted();
        long position = nowhere ? -1 : member.database().position();
        byte[] data = new WireWriter(Integer.BYTES).writeInt(current).toByteArray();
        leader.send(QuorumPacket.of(PacketType.ACK_EPOCH, position, data));
    }

    private void onPlan(QuorumPacket packet) {
        switch (packet.type()) {
            case PacketType.DIFF -> begin();
            case PacketType.SNAP -> {
                phase = Phase.RECEIVING_SNAPSHOT;
                intake = installer.receive(packet.zxid());
            }
            case PacketType.TRUNC -> truncate(packet.zxid());
            default -> throw new MalformedRecord("packet " + packet.type() + " where the way to synchronise should be");
        }
    }

    private void begin() {
        if (member.database().isDoubted()) {
            giveUp("what this server has is doubted, and its leader did not send a snapshot");
            return;
        }
        phase = Phase.SYNCHRONISING;
        history.begin();
    }

    private void truncate(long toZxid) {
        phase = Phase.TRUNCATING;
        installer.truncate(toZxid, new StateInstaller.TruncateOutcome() {
            @Override
            public void onTruncated() {
                if (phase == Phase.TRUNCATING) {
                    begin();
                }
            }

            @Override
            public void onNotHeld() {
                if (phase == Phase.TRUNCATING) {
                    member.events().truncationNotPossible(leaderId, toZxid);
                    comeAgainForSnapshot();
                }
            }

            @Override
            public void onFailed(String reason) {
                member.database().doubt();
                giveUp("the log cannot be cut at 0x" + Long.toHexString(toZxid) + ": " + reason);
            }
        });
    }

    /**
     * As from an interrupted snapshot of another leader, whose history this one does not share. Our promise has been
     * counted, and without us there may be no quorum, so the leader is kept; it looks at what a learner has only on
     * a new connection.
     */
    private void comeAgainForSnapshot() {
        needsSnapshot = true;
        leader.renew();
        phase = Phase.CONNECTING;
    }

    private void onHistory(QuorumPacket packet) {
        switch (packet.type()) {
            case PacketType.PROPOSAL -> history.onProposal(packet);
            case PacketType.COMMIT -> history.onCommit(packet.zxid());
            case PacketType.INFORM -> history.onInform(packet);
            case PacketType.NEW_LEADER -> onNewLeader(packet);
            case PacketType.UP_TO_DATE -> onUpToDate();
            case PacketType.PING -> answerPing(packet);
            case PacketType.REVALIDATE -> service.onRevalidated(packet, history.committedZxid());
            case PacketType.SYNC -> service.onSynced(history.committedZxid());
            default -> {
                // A learner ignores what it does not know: newer leaders may say more (quorum protocol 4.1).
            }
        }
        String doubt = history.doubt();
        if (doubt != null) {
            member.database().doubt();
            giveUp(doubt);
        }
    }

    private void onNewLeader(QuorumPacket packet) {
        if (phase != Phase.SYNCHRONISING || Zxid.epoch(packet.zxid()) != epoch) {
            throw new MalformedRecord("a new leader of epoch " + Zxid.epoch(packet.zxid()) + " while " + phase);
        }
        phase = Phase.ENTERING;
        leader.setPatience(member.timing().syncLimitNanos());
        history.onNewLeader();
        enterIfDurable();
    }

    /** First the history, then the epoch, then the word (quorum protocol I3). */
    private void enterIfDurable() {
        if (phase != Phase.ENTERING || !history.isTakenOver() || member.epochs().isBusy()) {
            return;
        }
        member.epochs().enter(epoch, this::onEntered, this::giveUp);
    }

    private void onEntered() {
        if (phase != Phase.ENTERING) {
            return;
        }
        phase = Phase.AWAITING_UP_TO_DATE;
        acknowledgeHistory();
        acknowledge();
    }

    private void acknowledgeHistory() {
        leader.send(QuorumPacket.of(PacketType.ACK, Zxid.of(epoch, 0)));
    }

    /** One for each proposal, in order, and none before the disk has it (quorum protocol I1, I9). */
    private void acknowledge() {
        if (phase.compareTo(Phase.AWAITING_UP_TO_DATE) < 0 || phase == Phase.ENDED) {
            return;
        }
        history.writeAcks(leader.writer());
        leader.sendWritten();
    }

    private void onUpToDate() {
        if (phase != Phase.AWAITING_UP_TO_DATE) {
            return;
        }
        acknowledgeHistory();
        phase = Phase.CATCHING_UP;
        serveIfCaughtUp();
    }

    private void serveIfCaughtUp() {
        if (phase == Phase.CATCHING_UP && member.database().isCaughtUp()) {
            phase = Phase.SERVING;
            service.open();
            member.events().termEstablished(epoch, time.nanos() - startNanos);
        }
    }

    /** Not before the history is acknowledged: ZooKeeper as leader takes nothing but that for the next packet. */
    private void answerPing(QuorumPacket ping) {
        if (phase.compareTo(Phase.AWAITING_UP_TO_DATE) >= 0) {
            service.answerPing(ping);
        }
    }

    // --------------------------------------------------------------------------------------------------- log and time

    @Override
    public void onLogDurable(long zxid) {
        member.database().onLogDurable();
        enterIfDurable();
        acknowledge();
        serveIfCaughtUp();
    }

    @Override
    public long lastProposedZxid() {
        return member.database().position();
    }

    @Override
    public void onTime() {
        if (phase == Phase.CONNECTING && time.nanos() >= leader.dueNanos() && !leader.connect()) {
            giveUp("server " + leaderId + " cannot be reached as leader");
        }
        if (phase == Phase.TRUNCATING || !history.takesProposals()) {
            // It is our own disk that keeps us from listening.
            leader.onHeard();
        }
        if (time.nanos() >= leader.patienceEndNanos()) {
            giveUp("leader " + leaderId + " has not been heard for too long, while " + phase);
        }
    }

    @Override
    public long nextDeadlineNanos() {
        long patienceEndNanos = leader.patienceEndNanos();
        return phase == Phase.CONNECTING ? Math.min(leader.dueNanos(), patienceEndNanos) : patienceEndNanos;
    }

    @Override
    public void endOfTurn() {
        SnapshotIntake receiving = intake;
        if (receiving != null && receiving.failure() != null) {
            giveUp("the leader's snapshot cannot be written: " + receiving.failure());
        } else if (phase == Phase.RECEIVING_SNAPSHOT
                && receiving != null
                && receiving.isDurable()
                && installer.mayInstall()) {
            intake = null;
            installer.install(receiving);
            phase = Phase.SYNCHRONISING;
            history.begin();
        }
        serveIfCaughtUp();
    }

    private void giveUp(String reason) {
        if (ending == null) {
            ending = reason;
        }
    }

    @Override
    public @Nullable String ending() {
        return ending;
    }

    @Override
    public void end() {
        phase = Phase.ENDED;
        if (intake != null) {
            intake.abandon();
            intake = null;
        }
        leader.close();
    }
}
