package io.quorate.cloud.zk.registry;

import io.quorate.cloud.zk.Backoff;
import io.quorate.cloud.zk.ZkConnection;
import io.quorate.cloud.zk.ZkLane;
import io.quorate.cloud.zk.ZkRequests;
import io.quorate.cloud.zk.discovery.InstanceCodec;
import io.quorate.cloud.zk.discovery.InstanceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Keeps the node of one instance: exactly one, in the session of the moment, holding what is desired. Everything that
 * happens is an event, and {@link #on} is the only place where the state changes; it runs in the lane.
 */
final class RegistrationNode {

    private static final Logger LOG = LoggerFactory.getLogger(RegistrationNode.class);
    private static final Duration AFTER_DELETION = Duration.ofSeconds(1);
    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(30);

    private final NodePlan plan;
    private final ZkRequests requests;
    private final ZkLane lane;
    private final Supplier<InstanceRecord> desired;
    private final Siblings siblings;
    private final Leftovers leftovers;
    private final Backoff backoff;
    private final CompletableFuture<String> firstOutcome = new CompletableFuture<>();
    private final RegistrationObserver observer;
    private final NodeRemoval removal;

    private volatile RegistrationStatus status;

    private RegistrationState state = RegistrationState.IDLE;
    private ZkConnection connection = new ZkConnection(ZkConnection.Status.NEVER, 0, 0, Instant.EPOCH);
    /** Numbers the requests: what answers an earlier one than the last is out of date. */
    private int attempt;
    /** Whether a creation is on its way whose end nobody has reported yet. */
    private boolean creating;
    /** Whether a creation may have been carried out without being answered. */
    private boolean outcomeUnknown;
    /** The session of the last creation. */
    private long creator;
    /** Whether a write is on its way. */
    private boolean writing;
    /** Whether the node may hold something else than what is desired. */
    private boolean unwritten;

    private ZkRequests.@Nullable Created node;
    private long recreations;
    private @Nullable String problem;

    RegistrationNode(
            NodePlan plan,
            ZkRequests requests,
            ZkLane lane,
            Supplier<InstanceRecord> desired,
            Backoff backoff,
            RegistrationObserver observer) {
        this.plan = plan;
        this.requests = requests;
        this.lane = lane;
        this.desired = desired;
        this.backoff = backoff;
        this.observer = new GuardedObserver(observer);
        this.siblings = new Siblings(requests, plan);
        this.leftovers = new Leftovers(siblings, lane);
        String service = desired.get().name();
        this.removal = new NodeRemoval(requests, lane, siblings, this.observer, service);
        this.status = new RegistrationStatus(service, state, null, null, 0);
    }

    /** The instance is to be registered. Does nothing from the second time on. Any thread. */
    void start() {
        on(this::started);
    }

    /** The connection is another. Any thread. */
    void connection(ZkConnection now) {
        on(() -> connected(now));
    }

    /** What is desired is another. Any thread. */
    void change() {
        on(this::changed);
    }

    /**
     * The instance is to be removed for good. Completes when nothing of it is left; for that it must be told of
     * connections until then. Any thread.
     */
    CompletableFuture<Void> stop() {
        on(this::stopping);
        return removal.done();
    }

    /** The only place where the state changes: in the lane, one event after another. */
    private void on(Runnable event) {
        lane.execute(() -> transition(event));
    }

    private void transition(Runnable event) {
        event.run();
        status = new RegistrationStatus(
                status.service(), state, node == null ? null : node.path(), problem, recreations);
    }

    /** Any thread. */
    RegistrationStatus status() {
        return status;
    }

    /** Completes with the path of the first node, or fails with what prevented the first attempt. Any thread. */
    CompletableFuture<String> firstOutcome() {
        return firstOutcome;
    }

    private void started() {
        if (state == RegistrationState.IDLE) {
            state = RegistrationState.CREATING;
            create();
        }
    }

    private void connected(ZkConnection now) {
        ZkConnection before = connection;
        connection = now;
        if (state == RegistrationState.CLOSED) {
            removal.connected(now);
        }
        if (state == RegistrationState.IDLE || state == RegistrationState.CLOSED) {
            return;
        }
        if (!now.connected()) {
            if (state == RegistrationState.REGISTERED) {
                state = RegistrationState.UNCERTAIN;
            }
            return;
        }
        if (state == RegistrationState.UNCERTAIN && node != null && owner(node) == now.sessionId()) {
            look(node.path());
        } else if (state != RegistrationState.REGISTERED || before.sessionId() != now.sessionId()) {
            recreate();
        }
    }

    private static long owner(ZkRequests.Created created) {
        return created.stat().getEphemeralOwner();
    }

    private void recreate() {
        if (node != null) {
            recreations++;
        }
        node = null;
        state = RegistrationState.CREATING;
        create();
    }

    /** One creation at a time: another begins when the one before has been reported. */
    private void create() {
        if (!connection.connected() || creating) {
            return;
        }
        byte[] data = InstanceCodec.encode(desired.get());
        unwritten = false;
        creating = true;
        attempt++;
        long session = connection.sessionId();
        creator = session;
        RegistrationObserver.Observed observed =
                observer.begin(RegistrationObserver.Operation.REGISTER, status.service());
        CompletableFuture<ZkRequests.Created> found = outcomeUnknown
                ? siblings.ownedBy(session).thenCompose(ours -> {
                    if (ours == null) {
                        return createAnew(data);
                    }
                    // Its data may be older than what is desired now.
                    lane.execute(() -> unwritten = true);
                    return CompletableFuture.completedFuture(ours);
                })
                : createAnew(data);
        found.whenComplete((created, failure) -> on(() -> {
            creating = false;
            if (failure == null && created != null) {
                observed.end(null);
                created(created);
            } else {
                Throwable cause = ZkRequests.causeOf(failure);
                observed.end(cause);
                createFailed(cause);
            }
        }));
    }

    private CompletableFuture<ZkRequests.Created> createAnew(byte[] data) {
        return requests.createContainers(plan.servicePath()).thenComposeAsync(made -> createUnlessStopped(data), lane);
    }

    /** Containers may have taken long: by now the session may be another or lost, and the instance stopped. */
    private CompletableFuture<ZkRequests.Created> createUnlessStopped(byte[] data) {
        if (state == RegistrationState.CLOSED || !connection.connected()) {
            return CompletableFuture.failedFuture(new KeeperException.ConnectionLossException());
        }
        creator = connection.sessionId();
        return requests.create(plan.path(), data, plan.mode());
    }

    private void created(ZkRequests.Created created) {
        if (state == RegistrationState.CLOSED) {
            removal.remove(created, connection);
            return;
        }
        boolean told = owner(created) == connection.sessionId();
        if (connection.connected() && !told && creator != connection.sessionId()) {
            // Of a session that has ended meanwhile; the server removes it.
            outcomeUnknown = true;
            create();
            return;
        }
        outcomeUnknown = false;
        node = created;
        problem = null;
        backoff.reset();
        // The session may be one that is not told yet: until it is, more nodes would only be more of the same.
        state = connection.connected() && told ? RegistrationState.REGISTERED : RegistrationState.UNCERTAIN;
        LOG.info(
                "Registered {} as {} in session 0x{}",
                desired.get().uri(),
                created.path(),
                Long.toHexString(owner(created)));
        firstOutcome.complete(created.path());
        if (state == RegistrationState.REGISTERED) {
            look(created.path());
            leftovers.removeBehind(created, desired.get());
            writeIfNeeded();
        }
    }

    private void createFailed(Throwable cause) {
        if (state == RegistrationState.CLOSED) {
            removal.removeUnanswered(cause, creator, connection);
        }
        if (state != RegistrationState.CREATING) {
            return;
        }
        boolean known = cause.toString().equals(problem);
        problem = cause.toString();
        if (cause instanceof KeeperException.NoAuthException) {
            LOG.error(
                    "The server does not allow to register at {}; check spring.cloud.zookeeper.auth and the access list"
                            + " of that node. Trying again every {} s",
                    plan.servicePath(),
                    AFTER_REFUSAL.toSeconds());
            firstOutcome.completeExceptionally(cause);
            retryAfter(AFTER_REFUSAL);
            return;
        }
        if (cause instanceof KeeperException.NodeExistsException) {
            awaitPlace();
            return;
        }
        outcomeUnknown = true;
        firstOutcome.completeExceptionally(cause);
        LOG.atLevel(known || cause instanceof KeeperException.ConnectionLossException ? Level.DEBUG : Level.WARN)
                .log("Not registered at {}, trying again: {}", plan.servicePath(), problem);
        retryAfter(backoff.next());
    }

    /** A plain node of a former session is in the way: it goes, or this one waits until it has gone. */
    private void awaitPlace() {
        leftovers
                .makeWay(plan.path(), desired.get(), connection.sessionId())
                .thenAccept(free -> on(() -> {
                    outcomeUnknown = true;
                    retryAfter(free ? Duration.ZERO : backoff.next());
                }));
    }

    private void retryAfter(Duration pause) {
        int current = attempt;
        lane.schedule(() -> transition(() -> retryDue(current)), pause);
    }

    private void retryDue(int dueAttempt) {
        if (state == RegistrationState.CREATING && dueAttempt == attempt) {
            create();
        }
    }

    /** Hears from then on when the node goes; the answer says what it is now. */
    private void look(String path) {
        int current = ++attempt;
        requests.exists(path, new Watching(this, path))
                .whenComplete((stat, failure) -> on(() -> {
                    if (failure == null) {
                        looked(current, stat);
                    } else {
                        lookFailed(current, ZkRequests.causeOf(failure));
                    }
                }));
    }

    private void looked(int lookAttempt, @Nullable Stat stat) {
        if (lookAttempt != attempt || node == null || !connection.connected()) {
            return;
        }
        if (state != RegistrationState.UNCERTAIN && state != RegistrationState.REGISTERED) {
            return;
        }
        if (stat == null || stat.getEphemeralOwner() != connection.sessionId()) {
            LOG.warn("{} was removed by somebody else; it is created again", node.path());
            recreate();
            return;
        }
        state = RegistrationState.REGISTERED;
        if (!unwritten) {
            backoff.reset();
        }
        node = new ZkRequests.Created(node.path(), stat);
        // The connection may have broken just when it was created.
        leftovers.removeBehind(node, desired.get());
        writeIfNeeded();
    }

    private void lookFailed(int lookAttempt, Throwable cause) {
        LOG.debug("{} was not looked at: {}", plan.servicePath(), cause.toString());
        boolean connectionSaysNothing = lookAttempt == attempt && connection.connected() && node != null;
        if (connectionSaysNothing && state != RegistrationState.CLOSED) {
            lookLater();
        }
    }

    private void lookLater() {
        int current = attempt;
        lane.schedule(
                () -> transition(() -> {
                    if (current == attempt && connection.connected() && node != null) {
                        look(node.path());
                    }
                }),
                backoff.next());
    }

    /** Equal to any other of the same node, so that the client, which keeps a set of them, keeps one. */
    private record Watching(RegistrationNode registration, String path) implements Watcher {

        @Override
        public void process(WatchedEvent event) {
            if (event.getType() == Watcher.Event.EventType.NodeDeleted) {
                registration.on(() -> registration.vanished(path));
            } else if (event.getType() == Watcher.Event.EventType.NodeDataChanged) {
                registration.on(() -> registration.touched(path));
            }
        }
    }

    private void vanished(String path) {
        if (state != RegistrationState.REGISTERED
                || node == null
                || !node.path().equals(path)) {
            return;
        }
        LOG.warn("{} was removed by somebody else; it is created again in {} s", path, AFTER_DELETION.toSeconds());
        recreations++;
        node = null;
        state = RegistrationState.CREATING;
        attempt++;
        retryAfter(AFTER_DELETION);
    }

    private void touched(String path) {
        if (state == RegistrationState.REGISTERED && node != null && node.path().equals(path) && !writing) {
            look(path);
        }
    }

    private void changed() {
        unwritten = true;
        writeIfNeeded();
    }

    private void writeIfNeeded() {
        if (!unwritten || writing || state != RegistrationState.REGISTERED || node == null) {
            return;
        }
        byte[] data = InstanceCodec.encode(desired.get());
        unwritten = false;
        writing = true;
        attempt++;
        requests.setData(node.path(), data, node.stat().getVersion())
                .whenComplete((stat, failure) -> on(() -> {
                    writing = false;
                    if (failure == null && stat != null) {
                        written(stat);
                    } else {
                        writeFailed(ZkRequests.causeOf(failure));
                    }
                }));
    }

    private void written(Stat stat) {
        if (node == null || node.stat().getCzxid() != stat.getCzxid()) {
            // Of a former node; the present one may have waited for the answer.
            writeIfNeeded();
            return;
        }
        node = new ZkRequests.Created(node.path(), stat);
        problem = null;
        backoff.reset();
        if (state == RegistrationState.REGISTERED) {
            // The watch has fired with this write.
            look(node.path());
            writeIfNeeded();
        }
    }

    private void writeFailed(Throwable cause) {
        unwritten = true;
        if (state != RegistrationState.REGISTERED || node == null) {
            return;
        }
        if (cause instanceof KeeperException.BadVersionException || cause instanceof KeeperException.NoNodeException) {
            // Somebody else has written it, or this write was carried out before.
            look(node.path());
            return;
        }
        boolean known = cause.toString().equals(problem);
        problem = cause.toString();
        if (cause instanceof KeeperException.NoAuthException) {
            LOG.atLevel(known ? Level.DEBUG : Level.ERROR)
                    .log(
                            "The server does not allow to write {}, whose status stays as it is; check"
                                    + " spring.cloud.zookeeper.auth and the access list of that node",
                            node.path());
            unwritten = false;
            // Whoever else has written it meanwhile has used up the watch.
            look(node.path());
            return;
        }
        LOG.atLevel(known || cause instanceof KeeperException.ConnectionLossException ? Level.DEBUG : Level.WARN)
                .log("{} was not written, trying again: {}", node.path(), problem);
        lookLater();
    }

    private void stopping() {
        RegistrationState before = state;
        state = RegistrationState.CLOSED;
        firstOutcome.completeExceptionally(new IllegalStateException("stopped before it was registered"));
        if (before == RegistrationState.CLOSED) {
            return;
        }
        if (node != null) {
            removal.remove(node, connection);
        } else if (outcomeUnknown && !creating) {
            removal.removeIfCreated(creator, connection);
        } else if (!creating) {
            removal.nothingToRemove();
        }
        // A creation on its way is removed when it is reported.
    }
}
