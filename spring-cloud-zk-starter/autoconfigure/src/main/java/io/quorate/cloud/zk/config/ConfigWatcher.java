package io.quorate.cloud.zk.config;

import io.quorate.cloud.zk.ZkClientProperties;
import io.quorate.cloud.zk.ZkLane;
import io.quorate.cloud.zk.config.refresh.BurstTiming;
import io.quorate.cloud.zk.config.refresh.GuardedRefreshObserver;
import io.quorate.cloud.zk.config.refresh.KeyPatterns;
import io.quorate.cloud.zk.config.refresh.RefreshCycle;
import io.quorate.cloud.zk.config.refresh.RefreshObserver;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.cloud.endpoint.event.RefreshEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;

/**
 * Follows the imported configuration while the application runs. Watches, connections and a slow regular look are
 * hints; what counts is the comparison of what the servers have with what the environment has. See {@link
 * RefreshCycle}.
 */
public final class ConfigWatcher implements SmartLifecycle, ApplicationListener<ApplicationReadyEvent> {

    /** How long one comparison may keep a thread that others use too. */
    private static final Duration LONGEST_READING = Duration.ofSeconds(5);

    private final ZkConfigImports imports;
    private final ZkConfigProperties.Refresh properties;
    private final ZkClientProperties client;
    private final ZkLane lane;
    private final ApplicationEventPublisher publisher;
    private final RefreshObserver observer;
    private @Nullable Running running;
    private boolean ready;

    /** What exists between start and stop. */
    private record Running(RefreshCycle cycle, ConfigWatches watches, Runnable endReconciling) {}

    /**
     * A watcher that does nothing until it is started.
     *
     * @param lane is used by nobody else
     * @param publisher of the context whose environment is to be refreshed
     */
    public ConfigWatcher(
            ZkConfigImports imports,
            ZkConfigProperties.Refresh properties,
            ZkClientProperties client,
            ZkLane lane,
            ApplicationEventPublisher publisher,
            RefreshObserver observer) {
        this.imports = imports;
        this.properties = properties;
        this.client = client;
        this.lane = lane;
        this.publisher = publisher;
        this.observer = new GuardedRefreshObserver(observer);
    }

    @Override
    public synchronized void start() {
        if (running != null) {
            return;
        }
        // The watches need the cycle to tell it, and the cycle needs the watches to read.
        CycleHints hints = new CycleHints();
        Duration patience = client.connectionTimeout().compareTo(LONGEST_READING) < 0
                ? client.connectionTimeout()
                : LONGEST_READING;
        ConfigWatches watches = new ConfigWatches(
                imports,
                servers -> new ServersWatch(servers, client.watchMode(), patience, hints::changed, hints::connected));
        RefreshCycle cycle = new RefreshCycle(
                lane,
                System::nanoTime,
                new BurstTiming(properties.quietPeriod(), properties.maxDelay(), properties.maxJitter()),
                new KeyPatterns(properties.include(), properties.exclude()),
                new WatchedConfig(imports, watches, observer),
                this::publish,
                observer);
        hints.cycle = cycle;
        watches.present();
        imports.onAddition(cycle::changed);
        cycle.start();
        if (ready) {
            cycle.ready();
        }
        running = new Running(cycle, watches, lane.scheduleEvery(cycle::changed, client.reconcileInterval()));
    }

    @Override
    public synchronized void stop() {
        if (running != null) {
            running.endReconciling().run();
            imports.onAddition(() -> {});
            running.cycle().stop();
            running.watches().stop();
            running = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }

    /** From here on refresh events are heard; earlier ones are dropped silently. */
    @Override
    public synchronized void onApplicationEvent(ApplicationReadyEvent event) {
        ready = true;
        if (running != null) {
            running.cycle().ready();
        }
    }

    private void publish(Set<String> keys) {
        publisher.publishEvent(new RefreshEvent(this, keys, "configuration changed: " + keys));
    }

    /** Passes hints on once the cycle is there; what comes before, its first comparison sees. */
    private static final class CycleHints {

        private volatile @Nullable RefreshCycle cycle;

        void changed() {
            RefreshCycle present = cycle;
            if (present != null) {
                present.changed();
            }
        }

        void connected() {
            RefreshCycle present = cycle;
            if (present != null) {
                present.connected();
            }
        }
    }
}
