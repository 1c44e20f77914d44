package io.quorate.cloud.zk.registry;

import io.quorate.cloud.zk.Backoff;
import io.quorate.cloud.zk.ZkConnectionListener;
import io.quorate.cloud.zk.ZkConnectionMonitor;
import io.quorate.cloud.zk.ZkLane;
import io.quorate.cloud.zk.ZkRequests;
import io.quorate.cloud.zk.ZkScheduler;
import io.quorate.cloud.zk.discovery.ZkDiscoveryProperties;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;

/**
 * Keeps instances registered, whatever happens to the connection. Registering returns at once; the node follows when
 * there is a connection. Thread-safe.
 */
public final class ZkServiceRegistry implements ServiceRegistry<ZkRegistration> {

    private static final Logger LOG = LoggerFactory.getLogger(ZkServiceRegistry.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);
    private static final Duration REMOVAL_WAIT = Duration.ofSeconds(1);

    private final ZkDiscoveryProperties properties;
    private final ZkRequests requests;
    /** Adds a listener of the connection, and returns what ends that. */
    private final Function<ZkConnectionListener, Runnable> connections;

    private final Supplier<ZkLane> lanes;
    private final RegistrationObserver observer;
    private final Map<ZkRegistration, Kept> kept = new ConcurrentHashMap<>();
    /** Removals that have not ended: whoever registers the same again begins after that. */
    private final Map<ZkRegistration, CompletableFuture<Void>> leaving = new ConcurrentHashMap<>();

    /** A node and the end of its subscription to the connection. */
    private record Kept(RegistrationNode node, Runnable unsubscribe) {}

    public ZkServiceRegistry(
            ZkDiscoveryProperties properties,
            ZkRequests requests,
            ZkConnectionMonitor monitor,
            ZkScheduler scheduler,
            RegistrationObserver observer) {
        this(
                properties,
                requests,
                listener -> monitor.addListener("zk-registration-connection", listener),
                () -> scheduler.lane("zk-registration"),
                observer);
    }

    ZkServiceRegistry(
            ZkDiscoveryProperties properties,
            ZkRequests requests,
            Function<ZkConnectionListener, Runnable> connections,
            Supplier<ZkLane> lanes,
            RegistrationObserver observer) {
        this.properties = properties;
        this.requests = requests;
        this.connections = connections;
        this.lanes = lanes;
        this.observer = observer;
    }

    /** @throws IllegalStateException when its port is not known */
    @Override
    public void register(@Nullable ZkRegistration registration) {
        if (registration == null) {
            return;
        }
        if (!registration.isBound()) {
            throw new IllegalStateException(registration + " has no port: set"
                    + " spring.cloud.zookeeper.discovery.instance-port, or register it when the web server listens");
        }
        Kept present = kept.computeIfAbsent(registration, this::prepared);
        // Only now, when whoever changes what is desired finds the node: it is read as soon as this begins.
        leaving.getOrDefault(registration, CompletableFuture.completedFuture(null))
                .whenComplete((done, failure) -> present.node().start());
    }

    /** A node that hears of connections, and is left as it is until it is started. */
    private Kept prepared(ZkRegistration registration) {
        NodePlan plan = new NodePlan(
                properties.servicePath(registration.getServiceId()),
                registration.getInstanceId(),
                properties.nodeType(),
                properties.staleInstancePolicy());
        RegistrationNode node = new RegistrationNode(
                plan,
                requests,
                lanes.get(),
                registration::toRecord,
                new Backoff(
                        FIRST_RETRY,
                        LONGEST_RETRY,
                        () -> ThreadLocalRandom.current().nextDouble()),
                observer);
        return new Kept(node, connections.apply((before, now) -> node.connection(now)));
    }

    /** Whether it was registered here, and not deregistered since. */
    boolean isRegistered(ZkRegistration registration) {
        return kept.containsKey(registration);
    }

    /** Waits up to a second for the node to be removed. Does nothing for what is not registered. */
    @Override
    public void deregister(ZkRegistration registration) {
        try {
            deregisterLater(registration).get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException failed) {
            LOG.warn("{} was not removed and goes with the session", registration, failed.getCause());
        }
    }

    /** Completes when the node is removed, at the latest after a second. */
    CompletableFuture<Void> deregisterLater(ZkRegistration registration) {
        Kept removed = kept.remove(registration);
        if (removed == null) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> stopped = removed.node().stop();
        // Only then: until it has gone it has to hear of connections.
        stopped.whenComplete((done, failure) -> removed.unsubscribe().run());
        // One that has never begun, because one before it has not gone yet, is gone sooner than that.
        CompletableFuture<Void> all = leaving.merge(registration, stopped, CompletableFuture::allOf);
        all.whenComplete((done, failure) -> leaving.remove(registration, all));
        return stopped.copy().completeOnTimeout(null, REMOVAL_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Waits for the first attempt to create the node.
     *
     * @throws RegistrationFailedException when it failed, or did not end in this time
     */
    void requireRegistered(ZkRegistration registration, Duration wait) {
        Kept present = kept.get(registration);
        if (present == null) {
            throw new IllegalStateException(registration + " is not registered here");
        }
        try {
            present.node().firstOutcome().get(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while " + registration + " was registered", interrupted);
        } catch (ExecutionException failed) {
            throw new RegistrationFailedException(registration, failed.getCause());
        } catch (TimeoutException late) {
            throw new RegistrationFailedException(registration, late);
        }
    }

    /** Removes all nodes that are still there, and waits up to a second for that. */
    @Override
    public void close() {
        CompletableFuture.allOf(
                        kept.keySet().stream().map(this::deregisterLater).toArray(CompletableFuture[]::new))
                .join();
    }

    @Override
    public void setStatus(ZkRegistration registration, String status) {
        if (registration.setStatus(status)) {
            write(registration);
        }
    }

    /** The status that is registered, or will be, as a string. */
    @Override
    @SuppressWarnings("unchecked") // The interface leaves the type to the caller, and there is only one.
    public <T> T getStatus(ZkRegistration registration) {
        return (T) registration.status();
    }

    /** Replaces the metadata of an instance. The status is kept. */
    public void setMetadata(ZkRegistration registration, Map<String, String> metadata) {
        if (registration.setMetadata(metadata)) {
            write(registration);
        }
    }

    void setAcceptingTraffic(ZkRegistration registration, TrafficProbe probe, boolean accepting) {
        if (registration.setAcceptingTraffic(probe, accepting)) {
            LOG.info("{} is {} in the registry", registration, registration.status());
            write(registration);
        }
    }

    void setLoad(ZkRegistration registration, long requestsInFlight) {
        if (registration.setLoad(requestsInFlight)) {
            write(registration);
        }
    }

    private void write(ZkRegistration registration) {
        Kept present = kept.get(registration);
        if (present != null) {
            present.node().change();
        }
    }

    /** Where everything that is registered stands. */
    public List<RegistrationStatus> statuses() {
        return kept.values().stream().map(entry -> entry.node().status()).toList();
    }
}
