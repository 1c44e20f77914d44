package io.quorate.core.zab;

import io.quorate.core.base.TurnTime;
import io.quorate.core.base.Verify;
import io.quorate.core.session.ExpiryWheel;
import io.quorate.core.txn.Zxid;
import io.quorate.core.wire.MalformedRecord;
import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.peer.LearnerInfo;
import io.quorate.core.wire.peer.PacketType;
import io.quorate.core.wire.peer.QuorumPacket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A server that others have voted for: it agrees with a quorum on an epoch, brings its learners to its history, and
 * then proposes (quorum protocol 4 and 5). A term ends when its quorum does.
 */
public final class LeadingRole implements Role {

    /** Where the term stands. Only moves down this list. */
    enum Phase {
        /** Collects promises until a quorum has come. */
        DISCOVERY,
        /** Has an epoch, durably, and collects who holds no better history. */
        PROMISED,
        /** Holds the epoch, and brings a quorum to its history. */
        SYNCHRONISATION,
        BROADCAST,
        ENDED
    }

    private final Member member;
    private final TurnTime time;
    private final Learners learners;
    private final EpochPromises promises;
    private final long startNanos;
    /** What this server had when the term began: nobody whose history is better may be led by it. */
    private final long ownEpoch;

    private final long ownPosition;
    private final TreeSet<Long> epochAcks = new TreeSet<>();
    private final TreeSet<Long> historyAcks = new TreeSet<>();
    private final TreeSet<Long> lookingAgain = new TreeSet<>();
    private Phase phase = Phase.DISCOVERY;
    private boolean epochDurable;
    private boolean entering;

    private @Nullable String ending;
    private @Nullable LearnerSync sync;
    private @Nullable Broadcast broadcast;
    private @Nullable LearnerRequests requests;
    /** Times the sessions while the term stands. */
    private @Nullable ExpiryWheel wheel;

    private long phaseDeadlineNanos;
    private long nextPingNanos;
    private long nextCheckNanos;

    public LeadingRole(Member member) {
        this.member = member;
        time = member.time();
        learners = new Learners(member.links());
        promises = new EpochPromises(member.membership().rule(), member.serverId());
        startNanos = time.nanos();
        ownEpoch = member.epochs().current();
        ownPosition = member.database().position();
        phaseDeadlineNanos = startNanos + member.timing().initLimitNanos();
        nextPingNanos = startNanos + member.timing().tickNanos() / 2;
        nextCheckNanos = startNanos + member.timing().tickNanos();
    }

    /** To be called once, before any input. */
    public void start() {
        promise(member.serverId(), member.epochs().accepted());
    }

    @Override
    public RoleName name() {
        return RoleName.LEADING;
    }

    @Override
    public boolean isEstablished() {
        return phase == Phase.BROADCAST;
    }

    @Override
    public long epoch() {
        return epochDurable ? promises.epoch() : -1;
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
        return broadcast == null ? new LeaderFigures(startNanos, 0, -1, -1, -1) : broadcast.figures(startNanos);
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
            drop(learner, "it does not speak the protocol: " + malformed.getMessage());
        }
    }

    private void read(LearnerLink learner, ByteBuffer unread) {
        while (ending == null && learners.find(learner.link) != null) {
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
        heard(learner);
        switch (learner.stage) {
            case AWAITING_INFO -> onInfo(learner, packet);
            case AWAITING_EPOCH_ACK -> onEpochAck(learner, packet);
            case AWAITING_HISTORY_ACK, SYNCED, SERVING -> onLater(learner, packet);
            default -> throw new MalformedRecord("packet " + packet.type() + " while " + learner.stage);
        }
    }

    private void heard(LearnerLink learner) {
        if (learner.stage == LearnerLink.Stage.SERVING) {
            learner.deadlineNanos = time.nanos() + member.timing().syncLimitNanos();
        }
    }

    private void onInfo(LearnerLink learner, QuorumPacket packet) {
        if (packet.type() != PacketType.FOLLOWER_INFO && packet.type() != PacketType.OBSERVER_INFO) {
            throw new MalformedRecord("packet " + packet.type() + " before the learner has said who it is");
        }
        LearnerInfo info = LearnerInfo.read(packet.data());
        learner.serverId = info.serverId();
        learner.observer = packet.type() == PacketType.OBSERVER_INFO;
        learner.voter = !learner.observer && member.isVoter(info.serverId());
        LearnerLink other = learners.otherOf(learner);
        if (other != null) {
            drop(other, "it has come again on another connection");
        }
        if (info.configVersion() > member.membership().version()) {
            drop(learner, "it knows a newer membership, version " + Long.toHexString(info.configVersion()));
            return;
        }
        learner.stage = LearnerLink.Stage.AWAITING_EPOCH;
        // The epoch is signed here: a member without data has promised -1.
        promise(learner.serverId, packet.zxid() >> Integer.SIZE);
        if (epochDurable) {
            tellEpoch(learner);
        }
    }

    private void promise(long serverId, long acceptedEpoch) {
        if (!promises.arrive(serverId, acceptedEpoch)) {
            return;
        }
        member.epochs().accept(promises.epoch(), this::onEpochPromised, this::giveUp);
    }

    private void onEpochPromised() {
        if (phase != Phase.DISCOVERY) {
            return;
        }
        phase = Phase.PROMISED;
        epochDurable = true;
        phaseDeadlineNanos = time.nanos() + member.timing().initLimitNanos();
        epochAcks.add(member.serverId());
        for (LearnerLink learner : learners.copy()) {
            if (learner.stage == LearnerLink.Stage.AWAITING_EPOCH) {
                tellEpoch(learner);
            }
        }
        enterIfAcknowledged();
    }

    private void tellEpoch(LearnerLink learner) {
        learner.stage = LearnerLink.Stage.AWAITING_EPOCH_ACK;
        byte[] version = new WireWriter(Integer.BYTES)
                .writeInt(LearnerInfo.PROTOCOL_VERSION)
                .toByteArray();
        learners.send(learner, QuorumPacket.of(PacketType.LEADER_INFO, epochZxid(), version));
    }

    private long epochZxid() {
        return Zxid.of(promises.epoch(), 0);
    }

    private void onEpochAck(LearnerLink learner, QuorumPacket packet) {
        byte[] data = packet.data();
        if (packet.type() != PacketType.ACK_EPOCH || data == null || data.length < Integer.BYTES) {
            throw new MalformedRecord("packet " + packet.type() + " where the epoch is to be acknowledged");
        }
        learner.position = packet.zxid();
        learner.stage = LearnerLink.Stage.AWAITING_SYNC;
        int currentEpoch = ByteBuffer.wrap(data).getInt();
        if (phase == Phase.PROMISED && !entering && currentEpoch != -1) {
            if (currentEpoch > ownEpoch || currentEpoch == ownEpoch && packet.zxid() > ownPosition) {
                drop(learner, "its history is better than ours");
                return;
            }
            if (learner.voter && packet.zxid() != -1) {
                epochAcks.add(learner.serverId);
                enterIfAcknowledged();
            }
        }
        syncIfPossible(learner);
    }

    private void enterIfAcknowledged() {
        if (entering || !member.membership().rule().isQuorum(epochAcks)) {
            return;
        }
        entering = true;
        member.epochs().enter(promises.epoch(), this::onEpochEntered, this::giveUp);
    }

    private void onEpochEntered() {
        if (phase != Phase.PROMISED) {
            return;
        }
        phase = Phase.SYNCHRONISATION;
        phaseDeadlineNanos = time.nanos() + member.timing().initLimitNanos();
        byte[] config = member.membership().text().getBytes(StandardCharsets.UTF_8);
        sync = new LearnerSync(member, learners, QuorumPacket.of(PacketType.NEW_LEADER, epochZxid(), config));
        historyAcks.add(member.serverId());
        learners.copy().forEach(this::syncIfPossible);
        establishIfHeld();
    }

    private void syncIfPossible(LearnerLink learner) {
        if (sync != null && learner.stage == LearnerLink.Stage.AWAITING_SYNC) {
            sync.begin(learner, broadcast);
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
        if (zxid == epochZxid()) {
            onHistoryAck(learner);
        } else if (Zxid.counter(zxid) != 0 && broadcast != null && !learner.observer) {
            broadcast.onAck(learner, zxid);
        }
    }

    private void onHistoryAck(LearnerLink learner) {
        if (learner.stage != LearnerLink.Stage.AWAITING_HISTORY_ACK) {
            return;
        }
        learner.stage = LearnerLink.Stage.SYNCED;
        if (learner.voter) {
            historyAcks.add(learner.serverId);
        }
        if (broadcast != null && learner.voter && learner.knownZxid > epochZxid()) {
            // Held before it came: whatever of it is not committed is acknowledged by this.
            broadcast.onAck(learner, learner.knownZxid);
        }
        establishIfHeld();
        letServe();
    }

    private void establishIfHeld() {
        if (phase == Phase.SYNCHRONISATION && member.membership().rule().isQuorum(historyAcks)) {
            establish();
        }
    }

    private void establish() {
        phase = Phase.BROADCAST;
        phaseDeadlineNanos = Long.MAX_VALUE;
        member.database().open(epochZxid());
        Broadcast started = new Broadcast(member, learners, epochZxid());
        broadcast = started;
        LeaderWrites leaderWrites = new LeaderWrites(member, started);
        ExpiryWheel timing = member.wheels().get();
        wheel = timing;
        requests = new LearnerRequests(member, learners, started, leaderWrites, timing);
        started.serve(member.door().openDeciding(leaderWrites, timing, leaderWrites::applied));
        member.events().termEstablished(promises.epoch(), time.nanos() - startNanos);
        letServe();
    }

    /** A learner may serve once everything that it has is committed. */
    private void letServe() {
        Broadcast serving = broadcast;
        if (serving == null) {
            return;
        }
        for (LearnerLink learner : learners.all()) {
            if (learner.stage == LearnerLink.Stage.SYNCED && serving.committed() >= learner.knownZxid) {
                learner.stage = LearnerLink.Stage.SERVING;
                heard(learner);
                learners.send(learner, QuorumPacket.of(PacketType.UP_TO_DATE, -1));
                long syncNanos = time.nanos() - learner.syncSinceNanos;
                member.events().learnerJoined(learner.serverId, learner.observer, learner.how, syncNanos);
            }
        }
    }

    private void drop(LearnerLink learner, String reason) {
        learners.remove(learner.link);
        member.links().close(learner.link);
        member.events().learnerLeft(learner.serverId, reason);
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
        if (now >= phaseDeadlineNanos) {
            giveUp("no quorum within the init limit, in phase " + phase);
        }
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
                drop(learner, silence);
            }
        }
        if (phase == Phase.BROADCAST) {
            if (!member.membership().rule().isQuorum(learners.alive(member.serverId(), now))) {
                giveUp("its quorum is gone");
            } else if (member.database().log().isFull()) {
                giveUp("no space left for the transaction log");
            } else if (broadcast != null && broadcast.isExhausted()) {
                giveUp("the epoch has no zxid left");
            }
        } else if (now - startNanos > member.timing().tickNanos() && isDeserted(now)) {
            member.events().votersLost();
            giveUp("its voters are looking for a leader again");
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
        LearnerSync syncing = sync;
        if (syncing == null) {
            return;
        }
        for (LearnerLink learner : learners.copy()) {
            if (learner.snapshot != null && learner.writable) {
                learner.deadlineNanos = time.nanos()
                        + member.timing().initLimitNanos()
                        + member.timing().syncLimitNanos();
                if (!syncing.proceed(learner, broadcast)) {
                    drop(learner, "so much has happened since its snapshot that it needs another one");
                }
            }
        }
        letServe();
    }

    @Override
    public long nextDeadlineNanos() {
        if (broadcast != null && broadcast.wantsTurn()) {
            return time.nanos();
        }
        for (LearnerLink learner : learners.all()) {
            if (learner.snapshot != null && learner.writable) {
                return time.nanos();
            }
        }
        return Math.min(phaseDeadlineNanos, Math.min(nextPingNanos, nextCheckNanos));
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
        Verify.that(phase != Phase.ENDED, "a role ends once");
        phase = Phase.ENDED;
        learners.copy().forEach(learner -> member.links().close(learner.link));
        if (wheel != null) {
            // Sessions outlive the term: one that this wheel still timed would not be timed by the next one.
            wheel.stop();
        }
    }
}
