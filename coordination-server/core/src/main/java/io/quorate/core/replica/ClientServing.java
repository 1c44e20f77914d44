package io.quorate.core.replica;

import io.quorate.core.auth.AclChecker;
import io.quorate.core.auth.AuthOptions;
import io.quorate.core.auth.AuthSchemes;
import io.quorate.core.base.TurnTime;
import io.quorate.core.port.ClientLinks;
import io.quorate.core.port.ClientOrigin;
import io.quorate.core.port.CloseReason;
import io.quorate.core.port.RandomSource;
import io.quorate.core.port.ServerEvents;
import io.quorate.core.quorum.Membership;
import io.quorate.core.request.ClientSide;
import io.quorate.core.request.ServerState;
import io.quorate.core.request.Upkeep;
import io.quorate.core.request.WritePath;
import io.quorate.core.session.ExpiryWheel;
import io.quorate.core.session.SessionIds;
import io.quorate.core.session.SessionTimer;
import io.quorate.core.session.TouchTable;
import io.quorate.core.watch.WatchTable;
import io.quorate.core.zab.ClientDoor;
import io.quorate.core.zab.Database;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Whether clients are served, and on what. Each term serves anew: connections, watches and requests of the one before
 * are gone with it, sessions are not.
 */
final class ClientServing implements ClientDoor {

    private final ReplicaOptions options;
    private final Database database;
    private final TurnTime time;
    private final ClientLinks links;
    private final ServerEvents events;
    private final AuthOptions authOptions;
    private final AuthSchemes schemes;
    private final AclChecker aclChecker;
    private final SessionIds ids;
    private final RandomSource random;
    private final WaitingLinks waiting;
    /** What was served last, or what there is before anything has been. */
    private ServerState state;
    /** Null while nobody is served. */
    private @Nullable ClientSide clients;
    /** Whether this server leads and leaves its clients to others: there is a {@link ClientSide}, without clients. */
    private boolean turnsAway;

    ClientServing(ReplicaOptions options, Database database, Recovery.Ports ports, TurnTime time) {
        this.options = options;
        this.database = database;
        this.time = time;
        links = ports.clients();
        events = ports.events();
        random = ports.random();
        authOptions = OptionParts.auth(options);
        schemes = new AuthSchemes(authOptions);
        aclChecker = new AclChecker(authOptions, schemes);
        ids = new SessionIds(
                options.serverId(), time.epochMillis(), options.nodes().extendedTypes());
        waiting = new WaitingLinks(links, options.limits().links().idleHandshakeMillis());
        state = stateWith(new TouchTable());
    }

    private ServerState stateWith(SessionTimer timer) {
        return new ServerState(
                database.tree(),
                database.tree().kinds(),
                new WatchTable(),
                database.sessions(),
                timer,
                aclChecker,
                options.limits(),
                time,
                links,
                events);
    }

    AuthSchemes schemes() {
        return schemes;
    }

    AclChecker aclChecker() {
        return aclChecker;
    }

    @Override
    public ClientSide openDeciding(WritePath writes, ExpiryWheel wheel, Database.Listener applied) {
        database.freshenSessions();
        publishMembership();
        wheel.restart(database.sessions().inIdOrder(), time.nanos());
        state = stateWith(wheel);
        Upkeep upkeep = new Upkeep(state, wheel, writes, OptionParts.containers(options));
        EnsembleOptions ensemble = options.ensemble();
        ClientSide opened = open(writes, upkeep);
        turnsAway = ensemble != null && !ensemble.leaderServes();
        database.attach(opened.commitStage(), applied);
        letWaitingIn(opened);
        return opened;
    }

    @Override
    public ClientSide openForwarding(WritePath writes, TouchTable touches) {
        database.freshenSessions();
        publishMembership();
        state = stateWith(touches);
        ClientSide opened = open(writes, null);
        database.attach(opened.commitStage(), null);
        letWaitingIn(opened);
        return opened;
    }

    /**
     * Whatever the tree was loaded, cut or received with, its readers find this member's own view of the ensemble in it
     * (quorum protocol 1.5). Nobody has read it before, and it is no transaction.
     */
    private void publishMembership() {
        EnsembleOptions ensemble = options.ensemble();
        if (ensemble != null) {
            Membership membership = ensemble.membership();
            database.tree().installConfig(membership.text(), membership.version(), time.epochMillis());
        }
    }

    private ClientSide open(WritePath writes, @Nullable Upkeep upkeep) {
        ClientSide opened = new ClientSide(
                state,
                database.applier(),
                writes,
                ids,
                schemes,
                OptionParts.clients(options, authOptions, schemes, random),
                upkeep);
        clients = opened;
        turnsAway = false;
        return opened;
    }

    private void letWaitingIn(ClientSide opened) {
        if (!turnsAway) {
            waiting.handOver(opened::onOpened);
        }
    }

    /** Nobody is served any more: connections are closed, and come back when there is something to serve again. */
    void close() {
        ClientSide closing = clients;
        if (closing != null) {
            closing.closeAll(CloseReason.NOT_SERVING);
            clients = null;
            database.detach();
        }
    }

    /** Whether clients that come are let in. */
    boolean letsIn() {
        return clients != null && !turnsAway;
    }

    /** Who is served, or would be by a leader that leaves its clients to others; null while nobody is. */
    @Nullable
    ClientSide clients() {
        return clients;
    }

    ServerState state() {
        return state;
    }

    void onOpened(long link, ClientOrigin origin) {
        ClientSide serving = clients;
        if (serving == null || turnsAway) {
            waiting.add(link, origin, time.nanos());
        } else {
            serving.onOpened(link, origin);
        }
    }

    void onFrame(long link, ByteBuffer frame) {
        if (waiting.remove(link)) {
            links.close(link, CloseReason.NOT_SERVING);
        } else if (clients != null) {
            clients.onFrame(link, frame);
        }
    }

    void onViolation(long link, CloseReason reason) {
        if (waiting.remove(link)) {
            links.close(link, reason);
        } else if (clients != null) {
            clients.onViolation(link, reason);
        }
    }

    void onClosed(long link) {
        if (!waiting.remove(link) && clients != null) {
            clients.onClosed(link);
        }
    }

    /** The process is about to end: everybody has to go, whether served or not. */
    void shutDown() {
        waiting.closeAll(CloseReason.SHUTDOWN);
        if (clients != null) {
            clients.closeAll(CloseReason.SHUTDOWN);
        }
    }

    void onTime() {
        waiting.onTime(time.nanos());
        if (clients != null) {
            clients.onTime();
        }
    }

    long nextDeadlineNanos() {
        long deadline = waiting.nextDeadlineNanos();
        return clients == null ? deadline : Math.min(deadline, clients.nextDeadlineNanos());
    }
}
