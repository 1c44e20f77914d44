package io.quorate.cloud.zk;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.imps.CuratorFrameworkState;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.framework.state.ConnectionStateListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees the state of the connection once, for all parts of the starter. Thread-safe: {@link #current()} is as new as the
 * client's own view and may be asked from anywhere; listeners are called on the scheduler.
 */
public final class ZkConnectionMonitor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ZkConnectionMonitor.class);

    private final CuratorFramework client;
    private final ZkScheduler scheduler;
    private final Clock clock;
    private final ConnectionStateListener tap = (same, state) -> observe(state);
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final AtomicLong expirations = new AtomicLong();
    /** The last session that was connected; 0 before. Guarded by this. */
    private long lastSession;

    private volatile ZkConnection current;

    /** Starts the client if nobody has. */
    public ZkConnectionMonitor(CuratorFramework client, ZkScheduler scheduler) {
        this(client, scheduler, Clock.systemUTC());
    }

    ZkConnectionMonitor(CuratorFramework client, ZkScheduler scheduler, Clock clock) {
        this.client = client;
        this.scheduler = scheduler;
        this.clock = clock;
        this.current = never(clock.instant());
        client.getConnectionStateListenable().addListener(tap);
        if (client.getState() == CuratorFrameworkState.LATENT) {
            client.start();
        }
        adoptPresentConnection();
    }

    private static ZkConnection never(Instant since) {
        return new ZkConnection(ZkConnection.Status.NEVER, 0, 0, since);
    }

    /** A client that connected before it was listened to will not say so again. */
    private synchronized void adoptPresentConnection() {
        if (current.status() == ZkConnection.Status.NEVER
                && client.getZookeeperClient().isConnected()) {
            observe(ConnectionState.CONNECTED);
        }
    }

    public ZkConnection current() {
        return current;
    }

    /** How many sessions were lost. */
    public long expirations() {
        return expirations.get();
    }

    /**
     * Adds a listener, which is told the present state at once unless there was no connection yet.
     *
     * @param name of the listener, for logs
     * @return ends the subscription
     */
    public Runnable addListener(String name, ZkConnectionListener listener) {
        Subscription subscription = new Subscription(scheduler.lane(name), listener, never(clock.instant()));
        synchronized (this) {
            subscriptions.add(subscription);
            if (current.status() != ZkConnection.Status.NEVER) {
                subscription.tell(current);
            }
        }
        return () -> subscriptions.remove(subscription);
    }

    private synchronized void observe(ConnectionState state) {
        ZkConnection before = current;
        ZkConnection now = switch (state) {
            case CONNECTED, RECONNECTED -> connected();
            // A server without a quorum shows what was once; who leads or holds a lock now it does not know.
            case SUSPENDED, READ_ONLY -> without(ZkConnection.Status.SUSPENDED, before.sessionId());
            case LOST -> without(ZkConnection.Status.LOST, 0);
        };
        if (now == null || now.status() == before.status() && now.sessionId() == before.sessionId()) {
            return;
        }
        if (now.connected()) {
            if (lastSession != 0 && lastSession != now.sessionId()) {
                expirations.incrementAndGet();
            }
            lastSession = now.sessionId();
        }
        current = now;
        LOG.debug(
                "Connection {} -> {}, session 0x{}", before.status(), now.status(), Long.toHexString(now.sessionId()));
        subscriptions.forEach(subscription -> subscription.tell(now));
    }

    private ZkConnection without(ZkConnection.Status status, long session) {
        return new ZkConnection(status, session, current.sessionTimeoutMillis(), clock.instant());
    }

    /** Null when the connection is gone again; then the client tells that next. */
    private @Nullable ZkConnection connected() {
        try {
            long session = client.getZookeeperClient().getZooKeeper().getSessionId();
            int granted = client.getZookeeperClient().getLastNegotiatedSessionTimeoutMs();
            return new ZkConnection(ZkConnection.Status.CONNECTED, session, granted, clock.instant());
        } catch (Exception gone) {
            LOG.debug("The connection went before its session was seen: {}", gone.toString());
            return null;
        }
    }

    @Override
    public void close() {
        client.getConnectionStateListenable().removeListener(tap);
        subscriptions.clear();
    }

    /** One listener and what it was told last, which only its lane touches. */
    private static final class Subscription {

        private final ZkLane lane;
        private final ZkConnectionListener listener;
        private ZkConnection told;

        Subscription(ZkLane lane, ZkConnectionListener listener, ZkConnection nothing) {
            this.lane = lane;
            this.listener = listener;
            this.told = nothing;
        }

        void tell(ZkConnection now) {
            lane.execute(() -> {
                ZkConnection before = told;
                told = now;
                listener.changed(before, now);
            });
        }
    }
}
