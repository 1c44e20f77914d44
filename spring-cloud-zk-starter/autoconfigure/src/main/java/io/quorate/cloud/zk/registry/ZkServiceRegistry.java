package io.quorate.cloud.zk.registry;

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
    private static final Duration REMOVAL_WAIT = Duration.ofSeconds(1);

    private final ZkDiscoveryProperties properties;
    private final ZkRequests requests;
    private final ZkConnectionMonitor monitor;
    private final ZkScheduler scheduler;
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
        this.properties = properties;
        this.requests = requests;
        this.monitor = monitor;
        this.scheduler = scheduler;
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
        Kept present = kept.computeIfAbsent(registration, this::prepare);
        // Only now, when whoever changes what is desired finds the node: it is read as soon as this begins.
        leaving.getOrDefault(registration, CompletableFuture.completedFuture(null))
                .whenComplete((done, failure) -> present.node().start());
    }

    /** A node that hears of connections, and is left as it is until it is started. */
    private Kept prepare(ZkRegistration registration) {
        NodePlan plan = new NodePlan(
                properties.servicePath(registration.getServiceId()),
                registration.getInstanceId(),
                properties.nodeType(),
                properties.staleInstancePolicy());
        ZkLane lane = scheduler.lane("zk-registration");
        RegistrationNode node = new RegistrationNode(
                plan,
                requests,
                lane,
                registration::toRecord,
                new Backoff(() -> ThreadLocalRandom.current().nextDouble()),
                observer);
        Runnable unsubscribe = monitor.addListener("zk-registration-connection", (before, now) -> node.connection(now));
        return new Kept(node, unsubscribe);
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
        leaving.put(registration, stopped);
        stopped.whenComplete((done, failure) -> {
            // Only now: until then it has to hear of connections.
            removed.unsubscribe().run();
            leaving.remove(registration, stopped);
        });
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

    /** Removes all nodes that are still there. */
    @Override
    public void close() {
        List.copyOf(kept.keySet()).forEach(this::deregister);
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
