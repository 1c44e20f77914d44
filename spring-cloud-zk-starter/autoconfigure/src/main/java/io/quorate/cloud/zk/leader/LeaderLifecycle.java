package io.quorate.cloud.zk.leader;

import java.time.Duration;
import java.util.Collection;
import java.util.function.Supplier;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.SmartApplicationListener;

/**
 * Takes part in elections from when the application is ready until just before its web server stops taking requests,
 * and while it accepts traffic.
 */
public final class LeaderLifecycle implements SmartLifecycle, SmartApplicationListener {

    /** Before a web server begins to drain, which is 1024 below the default: its classes may be absent. */
    static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 512;

    private static final Duration STOP_WAIT = Duration.ofSeconds(1);

    private final ZkLeaderElections elections;
    private final Supplier<? extends Collection<String>> annotatedRoles;
    private volatile boolean running;
    /** Stays true when the context is stopped and started again: it is told once. */
    private volatile boolean ready;

    /** @param annotatedRoles roles that beans need, asked for when the application is ready */
    public LeaderLifecycle(ZkLeaderElections elections, Supplier<? extends Collection<String>> annotatedRoles) {
        this.elections = elections;
        this.annotatedRoles = annotatedRoles;
    }

    @Override
    public boolean supportsEventType(Class<? extends ApplicationEvent> type) {
        return ApplicationReadyEvent.class.isAssignableFrom(type)
                || AvailabilityChangeEvent.class.isAssignableFrom(type);
    }

    @Override
    public void onApplicationEvent(ApplicationEvent event) {
        if (event instanceof AvailabilityChangeEvent<?> change) {
            if (change.getState() instanceof ReadinessState readiness) {
                elections.refuseTraffic(readiness == ReadinessState.REFUSING_TRAFFIC);
            }
        } else {
            ready = true;
            joinIfRunning();
        }
    }

    @Override
    public void start() {
        running = true;
        if (ready) {
            joinIfRunning();
        }
    }

    private void joinIfRunning() {
        if (running) {
            annotatedRoles.get().forEach(elections::role);
            elections.start();
        }
    }

    @Override
    public void stop() {
        running = false;
        elections.stop(STOP_WAIT);
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
