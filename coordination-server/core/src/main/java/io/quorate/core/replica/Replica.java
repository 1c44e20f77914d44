package io.quorate.core.replica;

import io.quorate.core.auth.AclChecker;
import io.quorate.core.auth.AclRules;
import io.quorate.core.auth.AuthOptions;
import io.quorate.core.auth.AuthSchemes;
import io.quorate.core.base.TurnTime;
import io.quorate.core.log.LogWriter;
import io.quorate.core.port.CloseReason;
import io.quorate.core.port.DiskOutcome;
import io.quorate.core.port.ServerEvents;
import io.quorate.core.port.TicketSource;
import io.quorate.core.request.ClientSide;
import io.quorate.core.request.ServerState;
import io.quorate.core.request.TxnPreparer;
import io.quorate.core.session.ExpiryWheel;
import io.quorate.core.session.SessionIds;
import io.quorate.core.watch.WatchKind;
import io.quorate.core.watch.WatchTable;
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
    private final ServerState state;
    private final TurnTime time;
    private final ClientSide clients;
    private final Role role;
    private final LogWriter log;
    private final Snapshots snapshots;
    /** Whether the log had no room at the end of the last turn. */
    private boolean full;

    /** Becomes standalone, the only role there is without peers. */
    Replica(ReplicaOptions options, RecoveredState found, Recovery.Ports ports, TurnTime time) {
        this.options = options;
        this.time = time;
        AuthOptions authOptions = OptionParts.auth(options);
        AuthSchemes schemes = new AuthSchemes(authOptions);
        TicketSource tickets = new TicketSource();
        ExpiryWheel expiry = OptionParts.expiryWheel(options);
        expiry.restart(found.sessions().inIdOrder(), time.nanos());
        state = new ServerState(
                found.tree(),
                found.kinds(),
                new WatchTable(),
                found.sessions(),
                expiry,
                new AclChecker(authOptions, schemes),
                options.limits(),
                time,
                ports.clients(),
                ports.events());
        log = new LogWriter(
                ports.logLane(), tickets, found.logOptions(), found.tree().lastZxid());
        StandaloneRole standalone = new StandaloneRole(preparer(found, schemes), log, state);
        SessionIds ids = new SessionIds(
                options.serverId(), time.epochMillis(), found.kinds().extendedTypes());
        clients = new ClientSide(
                state,
                found.applier(),
                standalone,
                ids,
                schemes,
                OptionParts.clients(options, authOptions, schemes, ports.random()));
        standalone.start(clients.commitStage());
        role = standalone;
        Snapshots.Lane lane = new Snapshots.Lane(ports.bulkLane(), tickets, ports.random());
        snapshots = new Snapshots(
                state, log, lane, options.storage(), new Snapshots.Found(found.catalog(), found.segments()));
    }

    private TxnPreparer preparer(RecoveredState found, AuthSchemes schemes) {
        return new TxnPreparer(
                found.tree(),
                found.kinds(),
                state.aclChecker(),
                new AclRules(schemes),
                options.nodes().enforceQuota());
    }

    // ------------------------------------------------------------------------------------------------------- clients

    /**
     * A client has connected.
     *
     * @param link names the connection from now on; never used twice
     * @param address the peer's address without port, as {@code java.net} prints it
     */
    public void onClientOpened(long link, String address) {
        clients.onOpened(link, address);
    }

    /** A whole frame without its length. The bytes are the caller's again when this returns. */
    public void onClientFrame(long link, ByteBuffer frame) {
        clients.onFrame(link, frame);
    }

    /** The client broke the framing; the connection is closed. */
    public void onClientViolation(long link, CloseReason reason) {
        clients.onViolation(link, reason);
    }

    /** The connection takes output again, or has stopped taking it. */
    public void onClientWritable(long link, boolean writable) {
        clients.onWritable(link, writable);
    }

    /** The connection is gone. */
    public void onClientClosed(long link) {
        clients.onClosed(link);
    }

    /**
     * Whether frames may be fed now. False for moments while the disk keeps up with a burst, or while as many requests
     * are in process as may be: frames wait at the edge, and sockets are not read once enough of them do.
     */
    public boolean takesFrames() {
        return snapshots.hasBase() && clients.takesRequests();
    }

    // ------------------------------------------------------------------------------------------------- disk and time

    public void onDiskCompleted(long ticket, DiskOutcome outcome) {
        if (log.onDiskCompleted(ticket, outcome)) {
            role.onLogDurable(log.durableZxid());
        } else {
            snapshots.onDiskCompleted(ticket, outcome);
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
        clients.onTime();
    }

    /**
     * Everything batched over the turn is decided now: one append and force for all its transactions, a snapshot's
     * slice.
     */
    public void endOfTurn() {
        clients.endOfTurn();
        snapshots.endOfTurn();
        log.endOfTurn();
        noteFullDisk();
    }

    /** When {@link #onTime} is wanted even if nothing happens; {@link Long#MAX_VALUE} for never. */
    public long nextDeadlineNanos() {
        return Math.min(
                Math.min(clients.nextDeadlineNanos(), log.nextDeadlineNanos()),
                snapshots.nextDeadlineNanos(time.nanos()));
    }

    // ----------------------------------------------------------------------------------------------------- operators

    /**
     * Why the replica cannot go on: the log's disk failed. The process must stop with an error; null while all is well.
     */
    public @Nullable String fatalFailure() {
        return log.fatalFailure();
    }

    /** Closes all client connections; their sessions stay. The first step of a stop. */
    public void closeClients() {
        clients.closeAll(CloseReason.SHUTDOWN);
        log.finish();
    }

    /** Whether nothing is on its way to the disk any more, nor has to go there. */
    public boolean isQuiet() {
        return log.isSettled() && !snapshots.isActive();
    }

    /** Takes a snapshot now, unless one is under way. */
    public void requestSnapshot() {
        snapshots.request();
    }

    public ReplicaStatus status() {
        return new ReplicaStatus(
                role.name().name(),
                options.serverId(),
                state.tree().lastZxid(),
                log.durableZxid(),
                role.acceptsWrites(),
                clients.connectionCount(),
                state.sessions().size(),
                clients.outstanding(),
                (int) Math.min(Integer.MAX_VALUE, state.tree().nodeCount()),
                state.tree().ephemeralCount(),
                state.tree().dataBytes(),
                state.watches().size(),
                state.watches().counts(WatchKind.DATA).paths(),
                snapshots.lastZxid(),
                state.tree().digest());
    }

    /** The view that admin commands render. Valid during the turn. */
    public AdminView admin() {
        return new AdminView(state, clients);
    }

    private void noteFullDisk() {
        ServerEvents events = state.events();
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
