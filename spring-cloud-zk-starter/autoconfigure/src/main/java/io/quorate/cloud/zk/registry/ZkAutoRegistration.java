package io.quorate.cloud.zk.registry;

import io.quorate.cloud.zk.ZkLane;
import io.quorate.cloud.zk.discovery.ZkDiscoveryProperties;
import io.quorate.cloud.zk.discovery.ZkDiscoveryProperties.RegisterOn;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.cloud.client.discovery.event.InstanceRegisteredEvent;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/**
 * Registers this application when it is ready and removes it before its web server drains. Driven by the application
 * context; a paused context that is started again registers again.
 */
public final class ZkAutoRegistration implements AutoServiceRegistration, SmartLifecycle, ProcessDeparture.Leaving {

    /**
     * Before the web server's graceful shutdown, whose phase is this less 512; that class is not there without a
     * server.
     */
    static final int PHASE = DEFAULT_PHASE - 512;

    private static final Logger LOG = LoggerFactory.getLogger(ZkAutoRegistration.class);

    /**
     * A context that closes refuses traffic just before it stops its beans. Waiting this long spares the node a last
     * write between the two.
     */
    private static final Duration READINESS_DELAY = Duration.ofMillis(100);

    private final ApplicationContext context;
    private final ZkDiscoveryProperties properties;
    private final OwnInstances instances;
    private final ZkLane lane;
    private final ProcessDeparture departure;
    private final Duration failFastWait;

    private volatile boolean running;
    private volatile boolean ready;
    private volatile boolean closing;
    private volatile boolean serverClosing;
    private volatile boolean registered;
    /** Whether the context has been told once. Guarded by this. */
    private boolean announced;

    /** @param failFastWait how long the first registration may take when it must succeed */
    public ZkAutoRegistration(
            ApplicationContext context,
            ZkDiscoveryProperties properties,
            OwnInstances instances,
            ZkLane lane,
            Duration failFastWait) {
        this(context, properties, instances, lane, failFastWait, ProcessDeparture.OF_PROCESS);
    }

    ZkAutoRegistration(
            ApplicationContext context,
            ZkDiscoveryProperties properties,
            OwnInstances instances,
            ZkLane lane,
            Duration failFastWait,
            ProcessDeparture departure) {
        this.context = context;
        this.properties = properties;
        this.instances = instances;
        this.lane = lane;
        this.departure = departure;
        this.failFastWait = failFastWait;
    }

    @Override
    public void start() {
        running = true;
        departure.add(this);
        if (ready || properties.registerOn() == RegisterOn.WEB_SERVER) {
            registerOnce();
        }
    }

    /** Also of contexts below, of which one may have brought the web server. */
    @EventListener
    void onReady(ApplicationReadyEvent event) {
        if (event.getApplicationContext() == context) {
            ready = true;
            if (running && properties.registerOn() == RegisterOn.READY) {
                registerOnce();
            }
            announce();
        } else if (running && ready && properties.registerOn() != RegisterOn.MANUAL && isServed()) {
            registerOnce();
        }
    }

    private boolean isServed() {
        return instances.application().isBound();
    }

    private void registerOnce() {
        if (!begin()) {
            return;
        }
        if (properties.failFast()) {
            // Not guarded: a stop must be able to end this wait.
            instances.requireRegistered(failFastWait);
        }
        announce();
    }

    /** @return whether there is a registration now that was not there before */
    private synchronized boolean begin() {
        if (registered || !properties.register()) {
            return false;
        }
        if (!isServed()) {
            LOG.info(
                    "{} is not registered: there is no web server, and"
                            + " spring.cloud.zookeeper.discovery.instance-port is not set",
                    instances.application().getServiceId());
            return false;
        }
        instances.register(!announced);
        registered = true;
        return true;
    }

    /** Once, also where nothing is registered: others wait for it before they call discovery healthy. */
    private synchronized void announce() {
        if (!announced) {
            announced = true;
            context.publishEvent(new InstanceRegisteredEvent<>(this, properties));
        }
    }

    @EventListener
    void onReadiness(AvailabilityChangeEvent<ReadinessState> event) {
        if (!properties.followReadiness()) {
            return;
        }
        boolean accepting = event.getState() == ReadinessState.ACCEPTING_TRAFFIC;
        lane.schedule(
                () -> {
                    if (!closing) {
                        instances.setAcceptingTraffic(accepting);
                    }
                },
                READINESS_DELAY);
    }

    @EventListener
    void onClosing(ContextClosedEvent event) {
        if (event.getApplicationContext() == context) {
            closing = true;
        } else if (instances.isServedBy(event.getApplicationContext())) {
            serverCloses();
        }
    }

    /** A context below closes, and with it the web server; this one may go on, and be given another. */
    private void serverCloses() {
        serverClosing = true;
        try {
            // Before the server drains.
            departure.depart(this).join();
        } finally {
            serverClosing = false;
            instances.silent();
            departure.add(this);
        }
    }

    /** The callback is called when consumers have had time to hear of it. */
    @Override
    public void stop(Runnable callback) {
        running = false;
        departure.depart(this).whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.error("The registration did not end as it should; the stop goes on", failure);
            }
            callback.run();
        });
    }

    @Override
    public CompletableFuture<Duration> leave() {
        synchronized (this) {
            // The application may have registered itself, with register-on=manual.
            if (!registered && !instances.isRegistered()) {
                return CompletableFuture.completedFuture(Duration.ZERO);
            }
            registered = false;
        }
        // A context that is only paused comes back, and nobody need wait for that.
        Duration pause =
                closing || serverClosing || departure.isEnding() ? properties.deregisterDelay() : Duration.ZERO;
        return instances
                .deregisterLater()
                .handleAsync(
                        (done, failure) -> {
                            instances.afterDeregister();
                            return pause;
                        },
                        lane);
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
