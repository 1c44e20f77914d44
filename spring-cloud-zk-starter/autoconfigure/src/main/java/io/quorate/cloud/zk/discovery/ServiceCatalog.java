package io.quorate.cloud.zk.discovery;

import io.quorate.cloud.zk.ZkClientProperties;
import io.quorate.cloud.zk.ZkConnection;
import io.quorate.cloud.zk.ZkConnectionMonitor;
import io.quorate.cloud.zk.ZkLane;
import io.quorate.cloud.zk.ZkRequests;
import io.quorate.cloud.zk.ZkScheduler;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.zookeeper.common.PathUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * What is registered, in memory: a service is followed from its first look-up on, and look-ups are answered from
 * memory. While there is no connection the last list is served. Thread-safe; nothing but the first look-up of a service
 * waits.
 */
public final class ServiceCatalog implements AutoCloseable {

    private static final Duration LONGEST_IDLE_CHECK = Duration.ofMinutes(1);

    private final ZkDiscoveryProperties properties;
    private final Supplier<ZkConnection> connection;
    private final ZkLane lane;
    private final Following.Context context;
    private final Map<String, FollowedService> services = new ConcurrentHashMap<>();
    /** Services that are followed whether somebody asks or not. */
    private final Set<String> watched = ConcurrentHashMap.newKeySet();

    private final List<CatalogListener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong malformed = new AtomicLong();
    private final AtomicLong changes = new AtomicLong();
    private final List<Runnable> endings = new CopyOnWriteArrayList<>();
    /** Null while nobody asks for it. Guarded by this. */
    private @Nullable FollowedRoot root;

    /** Follows nothing yet. */
    public ServiceCatalog(
            ZkDiscoveryProperties properties,
            ZkClientProperties client,
            ZkRequests requests,
            ZkConnectionMonitor monitor,
            ZkScheduler scheduler) {
        this(properties, client, requests, monitor::current, scheduler.lane("zk-catalog"));
        endings.add(monitor.addListener("zk-catalog-connection", this::connectionChanged));
    }

    /** Hears of no connection; whoever makes one lets it look. */
    ServiceCatalog(
            ZkDiscoveryProperties properties,
            ZkClientProperties client,
            ZkRequests requests,
            Supplier<ZkConnection> connection,
            ZkLane lane) {
        this.properties = properties;
        this.connection = connection;
        this.lane = lane;
        SessionSync sync = new SessionSync(requests, properties.rootPath());
        PathWatch.WatchSupport support = new PathWatch.WatchSupport(client.watchMode());
        this.context = new Following.Context(lane, connection, requests, sync, support, malformed::incrementAndGet);
        Duration half = properties.catalog().idleEviction().dividedBy(2);
        endings.add(lane.scheduleEvery(this::refreshAll, client.reconcileInterval()));
        endings.add(
                lane.scheduleEvery(this::dropIdle, half.compareTo(LONGEST_IDLE_CHECK) > 0 ? LONGEST_IDLE_CHECK : half));
    }

    /**
     * Follows a service from now on, whether somebody asks for it or not.
     *
     * @throws IllegalArgumentException when no node can have this name
     */
    public void watch(String service) {
        Assert.isTrue(isPossible(service), () -> "No service can be registered under the name '" + service + "'");
        watched.add(service);
        follow(service);
    }

    /** Adds a listener for all changes to come. */
    public void addListener(CatalogListener listener) {
        listeners.add(listener);
    }

    /**
     * The instances of a service, whatever their status.
     *
     * @throws CatalogUnavailableException when they are not known
     */
    public List<ZkServiceInstance> instances(String service) {
        return awaited(instancesLater(service));
    }

    /**
     * The same without waiting. The future fails with a {@link CatalogUnavailableException} when they are not known.
     */
    public CompletableFuture<List<ZkServiceInstance>> instancesLater(String service) {
        return isPossible(service) ? later(follow(service)) : CompletableFuture.completedFuture(List.of());
    }

    /** Nothing is registered under a name that cannot be a path, so there is nothing to ask for either. */
    private boolean isPossible(String service) {
        if (services.containsKey(service)) {
            return true;
        }
        try {
            PathUtils.validatePath(properties.servicePath(service));
            return true;
        } catch (IllegalArgumentException noPath) {
            return false;
        }
    }

    /**
     * The names of all services.
     *
     * @throws CatalogUnavailableException when they are not known
     */
    public List<String> services() {
        return awaited(servicesLater());
    }

    /**
     * The same without waiting. The future fails with a {@link CatalogUnavailableException} when they are not known.
     */
    public CompletableFuture<List<String>> servicesLater() {
        return later(followRoot());
    }

    /** What is in memory of a service without following it; empty when it is not followed. */
    public List<ZkServiceInstance> known(String service) {
        FollowedService followed = services.get(service);
        List<ZkServiceInstance> answer = followed == null ? null : followed.answer();
        return answer == null ? List.of() : answer;
    }

    private <T> CompletableFuture<List<T>> later(Following<T> followed) {
        followed.used();
        List<T> answer = followed.answer();
        ZkConnection now = connection.get();
        if (answer != null && (now.connected() || properties.catalog().serveStale())) {
            return CompletableFuture.completedFuture(answer);
        }
        if (answer != null || isLost(now)) {
            return CompletableFuture.failedFuture(new CatalogUnavailableException(
                    followed.path() + " is not known: the connection is " + now.status() + " since " + now.since()));
        }
        return followed.firstLoad()
                .copy()
                .orTimeout(properties.catalog().initialLoadTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(unavailable(followed, failure)));
    }

    /** A first connection may be about to stand; one that broke is not waited for. */
    private static boolean isLost(ZkConnection connection) {
        return connection.status() == ZkConnection.Status.SUSPENDED || connection.status() == ZkConnection.Status.LOST;
    }

    private CatalogUnavailableException unavailable(Following<?> followed, Throwable failure) {
        Throwable cause = ZkRequests.causeOf(failure);
        if (cause instanceof CatalogUnavailableException known) {
            return known;
        }
        String message = cause instanceof TimeoutException
                ? followed.path() + " was not loaded within "
                        + properties.catalog().initialLoadTimeout().toMillis()
                        + " ms (spring.cloud.zookeeper.discovery.catalog.initial-load-timeout); the connection is "
                        + connection.get().status()
                : followed.path() + " was not loaded: " + cause;
        return new CatalogUnavailableException(message);
    }

    private static <T> T awaited(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CatalogUnavailableException("interrupted while the catalog was loaded");
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof CatalogUnavailableException known) {
                // Made in another thread: here it shall show who asked.
                throw new CatalogUnavailableException(String.valueOf(known.getMessage()));
            }
            throw new IllegalStateException("The catalog was not read", failed.getCause());
        }
    }

    private FollowedService follow(String service) {
        FollowedService present = services.get(service);
        if (present != null) {
            return present;
        }
        FollowedService created =
                new FollowedService(service, properties.servicePath(service), context, () -> announce(service));
        FollowedService other = services.putIfAbsent(service, created);
        if (other != null) {
            return other;
        }
        // Only now: the first change must find it among the services.
        created.refresh();
        dropSurplus();
        return created;
    }

    private synchronized FollowedRoot followRoot() {
        FollowedRoot present = root;
        if (present == null) {
            present = new FollowedRoot(properties.rootPath(), context, () -> announce(""));
            present.refresh();
            root = present;
        }
        return present;
    }

    private void announce(String service) {
        changes.incrementAndGet();
        listeners.forEach(listener -> listener.changed(service));
    }

    private void connectionChanged(ZkConnection before, ZkConnection now) {
        if (now.connected()) {
            refreshAll();
        }
    }

    private void refreshAll() {
        services.values().forEach(Following::refresh);
        FollowedRoot current = currentRoot();
        if (current != null) {
            current.refresh();
        }
    }

    private synchronized @Nullable FollowedRoot currentRoot() {
        return root;
    }

    private void dropIdle() {
        long limit = properties.catalog().idleEviction().toNanos();
        services.forEach((service, followed) -> {
            if (followed.idleNanos() > limit) {
                drop(service, followed);
            }
        });
        synchronized (this) {
            if (root != null && root.idleNanos() > limit) {
                root.end();
                root = null;
            }
        }
    }

    private void dropSurplus() {
        while (services.size() > properties.catalog().maxSubscriptions()) {
            var longestIdle = services.entrySet().stream()
                    .filter(entry -> !watched.contains(entry.getKey()))
                    .max(Comparator.comparingLong(entry -> entry.getValue().idleNanos()));
            if (longestIdle.isEmpty()) {
                return;
            }
            drop(longestIdle.get().getKey(), longestIdle.get().getValue());
        }
    }

    private void drop(String service, FollowedService followed) {
        if (watched.contains(service)) {
            return;
        }
        services.computeIfPresent(service, (same, present) -> {
            if (present != followed) {
                return present;
            }
            // Within, so that it ends before anybody else follows the service.
            followed.end();
            return null;
        });
    }

    /** A value that is another one if and only if what is known is another. */
    public String digest() {
        FollowedRoot current = currentRoot();
        CatalogDigest digest = new CatalogDigest(current == null ? null : current.answer());
        new TreeMap<>(services).forEach((service, followed) -> digest.add(service, followed.answer()));
        return digest.value();
    }

    public CatalogStatus status() {
        Map<String, Integer> loaded = new TreeMap<>();
        services.forEach((service, followed) -> {
            List<ZkServiceInstance> answer = followed.answer();
            if (answer != null) {
                loaded.put(service, answer.size());
            }
        });
        ZkConnection now = connection.get();
        return new CatalogStatus(loaded, now.connected() ? null : now.since(), malformed.get(), changes.get());
    }

    @Override
    public void close() {
        endings.forEach(Runnable::run);
        services.values().forEach(Following::end);
        services.clear();
        synchronized (this) {
            if (root != null) {
                root.end();
                root = null;
            }
        }
    }
}
