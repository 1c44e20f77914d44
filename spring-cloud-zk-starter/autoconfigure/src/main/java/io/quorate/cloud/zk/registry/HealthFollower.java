package io.quorate.cloud.zk.registry;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Takes the instance out of service while the application's health says so. Health is asked for, since it tells of no
 * change, on a thread of its own, {@code zk-starter-health}: a check is the application's and may take long.
 */
public final class HealthFollower implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(HealthFollower.class);

    private final ZkServiceRegistry registry;
    private final ZkRegistration registration;
    private final BooleanSupplier healthy;
    private final Duration interval;
    /** Null while it does not run. Guarded by this. */
    private @Nullable ScheduledThreadPoolExecutor executor;

    /**
     * @param healthy whether the application may be called; may wait
     * @param interval pause between the end of a check and the next
     */
    public HealthFollower(
            ZkServiceRegistry registry, ZkRegistration registration, BooleanSupplier healthy, Duration interval) {
        this.registry = registry;
        this.registration = registration;
        this.healthy = healthy;
        this.interval = interval;
    }

    @Override
    public synchronized void start() {
        if (executor == null) {
            executor = new ScheduledThreadPoolExecutor(1, task -> {
                Thread thread = new Thread(task, "zk-starter-health");
                thread.setDaemon(true);
                return thread;
            });
            executor.scheduleWithFixedDelay(this::follow, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void follow() {
        try {
            registry.setAcceptingTraffic(registration, TrafficProbe.HEALTH_GROUP, healthy.getAsBoolean());
        } catch (RuntimeException | Error failed) {
            // Errors as well: one that got away would be the end of following, without a word.
            LOG.error("The health of this application was not found out; its registration stays as it is", failed);
        }
    }

    /** A check that has begun goes on, and what it finds is of no interest any more. */
    @Override
    public synchronized void stop() {
        if (executor != null) {
            executor.shutdownNow();
            executor = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return executor != null;
    }
}
