package io.quorate.core.replica;

import io.quorate.core.auth.AclRules;
import io.quorate.core.base.TurnTime;
import io.quorate.core.log.EpochStore;
import io.quorate.core.log.LogWriter;
import io.quorate.core.port.ClientOrigin;
import io.quorate.core.port.CloseReason;
import io.quorate.core.port.DiskOutcome;
import io.quorate.core.port.PeerInputs;
import io.quorate.core.port.ServerEvents;
import io.quorate.core.port.TicketSource;
import io.quorate.core.request.ClientSide;
import io.quorate.core.request.TxnPreparer;
import io.quorate.core.session.ExpiryWheel;
import io.quorate.core.zab.Database;
import io.quorate.core.zab.Member;
import io.quorate.core.zab.Role;
import io.quorate.core.zab.StandaloneRole;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The single entrance to a replica: what happened goes in, commands to the ports come out. Inputs never block and never
 * call back; the same inputs give the same outputs. Not thread-safe: one thread feeds it, in turns.
 *
 * <p>A turn is: {@link #onTime} once, every input that is ready, {@link #endOfTurn} once.
 */
public final class Replica {

    private final ReplicaOptions options;
    private final TurnTime time;
    private final ServerEvents events;
    private final Database database;
    private final LogWriter log;
    private final EpochStore epochs;
    private final Snapshots snapshots;
    private final StateReplacement replacement;
    private final ClientServing serving;
    /** Null for a server without peers. */
    private final @Nullable Ensemble ensemble;
    /** The role of a server without peers, which it has for good; null otherwise. */
    private final @Nullable StandaloneRole standalone;
    /** Whether the log had no room at the end of the last turn. */
    private boolean full;

    Replica(ReplicaOptions options, RecoveredState found, Recovery.Ports ports, TurnTime time) {
        this.options = options;
        this.time = time;
        events = ports.events();
        TicketSource tickets = new TicketSource();
        log = new LogWriter(
                ports.logLane(), tickets, found.logOptions(), found.tree().lastZxid());
        database =
                new Database(found.tree(), found.sessions(), log, found.window(), this::hasBase, time, ports.events());
        if (found.lost()) {
            database.doubt();
        }
        epochs = new EpochStore(
                ports.logLane(),
                tickets,
                found.epochs().accepted(),
                found.epochs().current());
        Snapshots.Lane lane = new Snapshots.Lane(ports.bulkLane(), tickets, ports.random(), time);
        snapshots = new Snapshots(
                database,
                lane,
                options.storage(),
                new Snapshots.Found(found.catalog(), found.segments()),
                ports.events());
        replacement = new StateReplacement(
                options,
                database,
                snapshots,
                epochs,
                new StateReplacement.Lanes(ports.logLane(), ports.bulkLane(), tickets),
                events);
        serving = new ClientServing(options, database, ports, time);
        EnsembleOptions membership = options.ensemble();
        if (membership == null) {
            ensemble = null;
            standalone = serveAlone();
        } else {
            standalone = null;
            ensemble = EnsembleAssembly.of(membership, member(membership, ports), replacement, serving);
        }
    }

    private boolean hasBase() {
        return snapshots.hasBase();
    }

    /** Becomes standalone, the only role there is without peers. */
    private StandaloneRole serveAlone() {
        StandaloneRole role = new StandaloneRole(
                preparer(), database, time, events, options.limits().maxRecordBytes());
        ExpiryWheel wheel = OptionParts.expiryWheel(options);
        ClientSide clients = serving.openDeciding(role, wheel, txn -> {});
        role.start(clients.commitStage());
        return role;
    }

    private Member member(EnsembleOptions membership, Recovery.Ports ports) {
        if (ports.peers() == null) {
            throw new IllegalArgumentException("a member of an ensemble needs connections to the others");
        }
        return new Member(
                membership.serverId(),
                membership.membership(),
                OptionParts.timing(membership),
                database,
                epochs,
                ports.peers(),
                serving,
                time,
                events,
                options.limits().maxRecordBytes(),
                this::preparer,
                () -> OptionParts.expiryWheel(options));
    }

    private TxnPreparer preparer() {
        return new TxnPreparer(
                database.tree(),
                database.tree().kinds(),
                serving.aclChecker(),
                new AclRules(serving.schemes()),
                options.nodes().enforceQuota());
    }

    // ------------------------------------------------------------------------------------------------------- clients

    /**
     * A client has connected.
     *
     * @param link names the connection from now on; never used twice
     * @param origin what is known of it already
     */
    public void onClientOpened(long link, ClientOrigin origin) {
        serving.onOpened(link, origin);
    }

    /** A whole frame without its length. The bytes are the caller's again when this returns. */
    public void onClientFrame(long link, ByteBuffer frame) {
        serving.onFrame(link, frame);
    }

    /** The client broke the framing; the connection is closed. */
    public void onClientViolation(long link, CloseReason reason) {
        serving.onViolation(link, reason);
    }

    /** The connection takes output again, or has stopped taking it. */
    public void onClientWritable(long link, boolean writable) {
        ClientSide clients = serving.clients();
        if (clients != null) {
            clients.onWritable(link, writable);
        }
    }

    /** The connection is gone. */
    public void onClientClosed(long link) {
        serving.onClosed(link);
    }

    /**
     * Whether frames may be fed now. False for moments while the disk keeps up with a burst, or while as many requests
     * are in process as may be: frames wait at the edge, and sockets are not read once enough of them do.
     */
    public boolean takesFrames() {
        ClientSide clients = serving.clients();
        return clients == null || snapshots.hasBase() && clients.takesRequests();
    }

    // --------------------------------------------------------------------------------------------------------- peers

    /** Where what happens on connections between members is told; null for a server without peers. */
    public @Nullable PeerInputs peers() {
        return ensemble;
    }

    // ------------------------------------------------------------------------------------------------- disk and time

    public void onDiskCompleted(long ticket, DiskOutcome outcome) {
        if (log.onDiskCompleted(ticket, outcome)) {
            onLogProgress();
        } else if (!epochs.onDiskCompleted(ticket, outcome) && !replacement.onDiskCompleted(ticket, outcome)) {
            snapshots.onDiskCompleted(ticket, outcome);
        }
    }

    private void onLogProgress() {
        if (standalone != null) {
            standalone.onLogDurable(log.durableZxid());
        } else if (ensemble != null) {
            ensemble.onLogDurable(log.durableZxid());
        }
    }

    /**
     * Time has come to this point; everything else in the turn happens at it.
     *
     * @param nanos a clock that never goes back
     * @param epochMillis wall clock, milliseconds since 1970
     */
    public void onTime(long nanos, long epochMillis) {
        time.set(nanos, epochMillis);
        log.onTime(nanos);
        if (ensemble != null) {
            ensemble.onTime();
        }
        serving.onTime();
    }

    /**
     * Everything batched over the turn is decided now: one append and force for all its transactions, a snapshot's
     * slice, a change of role.
     */
    public void endOfTurn() {
        ClientSide clients = serving.clients();
        if (clients != null) {
            clients.endOfTurn();
        }
        if (ensemble != null) {
            ensemble.endOfTurn();
        }
        snapshots.endOfTurn();
        log.endOfTurn();
        noteFullDisk();
    }

    /** When {@link #onTime} is wanted even if nothing happens; {@link Long#MAX_VALUE} for never. */
    public long nextDeadlineNanos() {
        long deadline = Math.min(log.nextDeadlineNanos(), snapshots.nextDeadlineNanos(time.nanos()));
        deadline = Math.min(deadline, serving.nextDeadlineNanos());
        return ensemble == null ? deadline : Math.min(deadline, ensemble.nextDeadlineNanos());
    }

    // ----------------------------------------------------------------------------------------------------- operators

    /**
     * Why the replica cannot go on: the disk failed under the log, an epoch file, or a leader's snapshot that was
     * getting its name. The process must stop with an error; null while all is well.
     */
    public @Nullable String fatalFailure() {
        String failure = log.fatalFailure();
        failure = failure == null ? epochs.fatalFailure() : failure;
        return failure == null ? replacement.fatalFailure() : failure;
    }

    /** Closes all client connections; their sessions stay. The first step of a stop. */
    public void closeClients() {
        serving.shutDown();
        log.finish();
    }

    /** Whether nothing is on its way to the disk any more, nor has to go there. */
    public boolean isQuiet() {
        return log.isSettled() && !snapshots.isActive() && !replacement.isBusy() && !epochs.isBusy();
    }

    /** Takes a snapshot now, unless one is under way. */
    public void requestSnapshot() {
        snapshots.request();
    }

    /** Forgets how large proposals have been, where this server leads. */
    public void resetProposalSizes() {
        if (ensemble != null) {
            ensemble.resetProposalSizes();
        }
    }

    /** Whether clients that come now are let in; otherwise they are told to go with the first that they say. */
    public boolean letsClientsIn() {
        return serving.letsIn();
    }

    public ReplicaStatus status() {
        return ReplicaStatus.of(this);
    }

    /** The view that admin commands render. Valid during the turn. */
    public AdminView admin() {
        return new AdminView(serving.state(), serving.clients());
    }

    Role role() {
        if (standalone != null) {
            return standalone;
        }
        if (ensemble == null) {
            throw new IllegalStateException("a replica has a role");
        }
        return ensemble.role();
    }

    ReplicaOptions options() {
        return options;
    }

    Database database() {
        return database;
    }

    ClientServing serving() {
        return serving;
    }

    Snapshots snapshots() {
        return snapshots;
    }

    @Nullable
    Ensemble ensemble() {
        return ensemble;
    }

    private void noteFullDisk() {
        if (log.isFull() != full) {
            full = log.isFull();
            if (full) {
                events.writesRefused("no space left for the transaction log: writes are refused until there is room");
            } else {
                events.writesAcceptedAgain();
            }
        }
    }
}
