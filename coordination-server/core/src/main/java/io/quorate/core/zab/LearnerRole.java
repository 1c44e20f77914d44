package io.quorate.core.zab;

import io.quorate.core.base.TurnTime;
import io.quorate.core.port.PeerLinks;
import io.quorate.core.port.PeerLinks.Purpose;
import io.quorate.core.quorum.HostPort;
import io.quorate.core.request.ClientSide;
import io.quorate.core.session.TouchTable;
import io.quorate.core.snapshot.SnapshotIntake;
import io.quorate.core.txn.Zxid;
import io.quorate.core.wire.MalformedRecord;
import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.peer.LearnerInfo;
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

    /** Where the learner stands. Moves down this list only, except that a snapshot or a truncation may be left out. */
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

    private static final int MAX_ATTEMPTS = 5;
    private static final long RETRY_NANOS = 100_000_000;
    private static final int MIN_CONNECT_MILLIS = 1;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NO_LINK = -1;

    private final Member member;
    private final RoleName name;
    private final long leaderId;
    private final List<HostPort> addresses;
    private final StateInstaller installer;
    private final PeerLinks port;
    private final TurnTime time;
    private final LearnerHistory history;
    private final TouchTable touches = new TouchTable();
    private final WireWriter out = new WireWriter(256);
    private final long startNanos;
    private Phase phase = Phase.CONNECTING;
    private long link = NO_LINK;
    private boolean connected;
    private int attempts;
    private long retryAtNanos;
    private long heardNanos;
    private long patienceNanos;
    private long epoch = -1;
    private @Nullable SnapshotIntake intake;
    private @Nullable LearnerWrites writes;
    private @Nullable ClientSide clients;
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
        this.addresses = addresses;
        this.installer = installer;
        port = member.links();
        time = member.time();
        history = new LearnerHistory(member.database(), name == RoleName.OBSERVING, time, member.events());
        startNanos = time.nanos();
        heardNanos = startNanos;
        retryAtNanos = startNanos;
        patienceNanos = member.timing().initLimitNanos();
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

    private void connect() {
        long left = startNanos + member.timing().connectLimitNanos() - time.nanos();
        if (attempts == MAX_ATTEMPTS || left <= 0) {
            giveUp("server " + leaderId + " cannot be reached as leader");
            return;
        }
        HostPort address = addresses.get(attempts % addresses.size());
        attempts++;
        int timeout = (int) Math.min(member.timing().connectTimeoutMillis(), left / NANOS_PER_MILLI);
        link = port.connect(Purpose.QUORUM, address.host(), address.port(), Math.max(MIN_CONNECT_MILLIS, timeout));
    }

    @Override
    public void onConnected(long connectedLink) {
        if (connectedLink != link || phase != Phase.CONNECTING) {
            return;
        }
        connected = true;
        phase = Phase.AWAITING_EPOCH;
        heardNanos = time.nanos();
        LearnerInfo info = new LearnerInfo(
                member.serverId(),
                LearnerInfo.PROTOCOL_VERSION,
                member.membership().version());
        int type = name == RoleName.OBSERVING ? PacketType.OBSERVER_INFO : PacketType.FOLLOWER_INFO;
        send(QuorumPacket.of(type, member.epochs().accepted() << Integer.SIZE, info.toBytes()));
    }

    @Override
    public void onClosed(long closedLink) {
        if (closedLink != link) {
            return;
        }
        link = NO_LINK;
        if (connected) {
            giveUp("the connection to leader " + leaderId + " is closed");
        } else {
            retryAtNanos = time.nanos() + RETRY_NANOS;
        }
    }

    @Override
    public void onWritable(long changedLink, boolean writable) {
        if (changedLink == link && writes != null) {
            writes.onWritable(writable);
        }
    }

    private void send(QuorumPacket packet) {
        out.clear();
        packet.writeTo(out);
        port.send(link, out.written());
    }

    // ------------------------------------------------------------------------------------------------------- packets

    @Override
    public void onHeard(long from) {
        if (from == link) {
            heardNanos = time.nanos();
        }
    }

    @Override
    public void onUnread(long from, ByteBuffer unread) {
        if (from != link || ending != null) {
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
        long position = member.database().isDoubted() ? -1 : member.database().position();
        byte[] data = new WireWriter(Integer.BYTES).writeInt(current).toByteArray();
        send(QuorumPacket.of(PacketType.ACK_EPOCH, position, data));
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
            public void onImpossible(String reason) {
                member.database().doubt();
                giveUp("the log cannot be cut at 0x" + Long.toHexString(toZxid) + ": " + reason);
            }
        });
    }

    private void onHistory(QuorumPacket packet) {
        switch (packet.type()) {
            case PacketType.PROPOSAL -> history.onProposal(packet);
            case PacketType.COMMIT -> history.onCommit(packet.zxid());
            case PacketType.INFORM -> history.onInform(packet);
            case PacketType.NEW_LEADER -> onNewLeader(packet);
            case PacketType.UP_TO_DATE -> onUpToDate();
            case PacketType.PING -> answerPing(packet);
            case PacketType.REVALIDATE -> onRevalidated(packet);
            case PacketType.SYNC -> {
                if (clients != null) {
                    clients.onSynced(history.committedZxid());
                }
            }
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
        patienceNanos = member.timing().syncLimitNanos();
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
        send(QuorumPacket.of(PacketType.ACK, Zxid.of(epoch, 0)));
    }

    /** One for each proposal, in order, and none before the disk has it (quorum protocol I1, I9). */
    private void acknowledge() {
        if (phase.compareTo(Phase.AWAITING_UP_TO_DATE) < 0 || phase == Phase.ENDED) {
            return;
        }
        out.clear();
        history.writeAcks(out);
        if (out.size() > 0) {
            port.send(link, out.written());
        }
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
            LearnerWrites forwarding = new LearnerWrites(port, link);
            writes = forwarding;
            clients = member.door().openForwarding(forwarding, touches);
            member.events().termEstablished(epoch, time.nanos() - startNanos);
        }
    }

    /** Not before the history is acknowledged: ZooKeeper as leader takes nothing but that for the next packet. */
    private void answerPing(QuorumPacket ping) {
        if (phase.compareTo(Phase.AWAITING_UP_TO_DATE) < 0) {
            return;
        }
        WireWriter heard = new WireWriter(touches.size() * (Long.BYTES + Integer.BYTES) + 1);
        touches.drain((sessionId, timeoutMillis) -> heard.writeLong(sessionId).writeInt(timeoutMillis));
        send(QuorumPacket.of(PacketType.PING, ping.zxid(), heard.toByteArray()));
    }

    private void onRevalidated(QuorumPacket packet) {
        byte[] data = packet.data();
        if (data == null || data.length <= Long.BYTES) {
            throw new MalformedRecord("an answer about a session without the session");
        }
        ByteBuffer in = ByteBuffer.wrap(data);
        long sessionId = in.getLong();
        if (clients != null) {
            clients.onRevalidated(sessionId, in.get() != 0, history.committedZxid());
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
        if (phase == Phase.CONNECTING && link == NO_LINK && time.nanos() >= retryAtNanos) {
            connect();
        }
        if (phase == Phase.TRUNCATING || !history.takesProposals()) {
            // It is our own disk that keeps us from listening.
            heardNanos = time.nanos();
        }
        if (time.nanos() >= patienceEndNanos()) {
            giveUp("leader " + leaderId + " has not been heard for too long, while " + phase);
        }
    }

    private long patienceEndNanos() {
        return heardNanos + patienceNanos;
    }

    @Override
    public long nextDeadlineNanos() {
        return phase == Phase.CONNECTING && link == NO_LINK
                ? Math.min(retryAtNanos, patienceEndNanos())
                : patienceEndNanos();
    }

    @Override
    public void endOfTurn() {
        SnapshotIntake receiving = intake;
        if (receiving != null && receiving.failure() != null) {
            giveUp("the leader's snapshot cannot be written: " + receiving.failure());
        } else if (phase == Phase.RECEIVING_SNAPSHOT && receiving != null && receiving.isDurable()) {
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
        if (link != NO_LINK) {
            port.close(link);
        }
    }
}
