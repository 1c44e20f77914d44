package io.quorate.cloud.zk.leader;

import io.quorate.cloud.zk.ZkConnectionMonitor;
import io.quorate.cloud.zk.ZkEvents;
import io.quorate.cloud.zk.ZkLane;
import io.quorate.cloud.zk.ZkScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.curator.framework.CuratorFramework;

/** Elections by Curator's latches, which follow the connection. Thread-safe. */
public final class ZkLeaderElections implements LeaderElections, AutoCloseable {

    private final CuratorFramework client;
    private final ZkConnectionMonitor monitor;
    private final ZkScheduler scheduler;
    private final ZkEvents events;
    private final ZkLeaderProperties properties;
    private final Supplier<String> candidateId;
    private final Runnable endListening;
    private final Runnable endReconciling;
    private final Map<String, RoleElection> elections = new ConcurrentSkipListMap<>();
    private final List<Consumer<LeaderElection>> roleListeners = new CopyOnWriteArrayList<>();
    /** Between {@link #start()} and {@link #stop(Duration)}. Guarded by this. */
    private boolean started;
    /** Whether traffic is refused. Guarded by this. */
    private boolean refusing;

    public ZkLeaderElections(
            CuratorFramework client,
            ZkConnectionMonitor monitor,
            ZkScheduler scheduler,
            ZkEvents events,
            ElectionSettings settings) {
        this.client = client;
        this.monitor = monitor;
        this.scheduler = scheduler;
        this.events = events;
        this.properties = settings.properties();
        this.candidateId = settings.candidateId();
        this.endListening = monitor.addListener("leader", (before, now) -> reconcileAll());
        this.endReconciling =
                scheduler.lane("leader-reconcile").scheduleEvery(this::reconcileAll, settings.reconcileInterval());
    }

    private void reconcileAll() {
        elections.values().forEach(RoleElection::reconcileLater);
    }

    @Override
    public LeaderElection role(String name) {
        RoleElection known = elections.get(name);
        return known != null ? known : add(name);
    }

    private synchronized RoleElection add(String name) {
        RoleElection known = elections.get(name);
        if (known != null) {
            return known;
        }
        ZkLane lane = scheduler.lane("leader " + name);
        RoleElection added = new RoleElection(
                name,
                new LatchElectionNodes(client, properties.root(), name, candidateId),
                lane,
                monitor::current,
                properties.revokeOn(),
                events::publish);
        elections.put(name, added);
        roleListeners.forEach(listener -> listener.accept(added));
        if (started) {
            added.setCandidate(!refusing);
        }
        return added;
    }

    @Override
    public List<LeaderElection> roles() {
        return List.copyOf(elections.values());
    }

    /** Tells of every role that is there, and of every one that is added. */
    public synchronized void onRole(Consumer<LeaderElection> listener) {
        elections.values().forEach(listener);
        roleListeners.add(listener);
    }

    /** Joins the elections for the configured roles, and for all that were asked for. */
    public synchronized void start() {
        started = true;
        properties.roles().forEach(this::role);
        elections.values().forEach(election -> election.setCandidate(!refusing));
    }

    /** While traffic is refused, this application is no candidate; unless that is not followed. */
    public synchronized void refuseTraffic(boolean refused) {
        if (!properties.followReadiness() || refused == refusing) {
            return;
        }
        refusing = refused;
        if (started) {
            elections.values().forEach(election -> election.setCandidate(!refused));
        }
    }

    /**
     * Resigns everywhere. Returns when that is done and told, or when the time is over.
     *
     * @param wait at most this long; whatever is then left is done soon after
     */
    public void stop(Duration wait) {
        Collection<RoleElection> leaving;
        synchronized (this) {
            if (!started) {
                return;
            }
            started = false;
            leaving = new ArrayList<>(elections.values());
        }
        long deadline = System.nanoTime() + wait.toNanos();
        CountDownLatch done = new CountDownLatch(leaving.size());
        leaving.forEach(election -> election.end(done::countDown));
        try {
            if (done.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                events.flush(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop(Duration.ofSeconds(1));
        endListening.run();
        endReconciling.run();
    }
}
