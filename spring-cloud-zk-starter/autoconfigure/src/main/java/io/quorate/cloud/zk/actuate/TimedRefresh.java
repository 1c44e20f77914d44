package io.quorate.cloud.zk.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quorate.cloud.zk.config.refresh.RefreshObserver;
import io.quorate.cloud.zk.config.refresh.RefreshOutcome;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The timer {@code zk.config.refresh}, which counts changes by how they ended. */
public final class TimedRefresh implements RefreshObserver {

    private final MeterRegistry registry;
    private final Map<RefreshOutcome, Timer> timers = new EnumMap<>(RefreshOutcome.class);

    /** Registers all outcomes at once, so that a rate of failures begins at zero. */
    public TimedRefresh(MeterRegistry registry) {
        this.registry = registry;
        for (RefreshOutcome outcome : RefreshOutcome.values()) {
            timers.put(
                    outcome,
                    Timer.builder("zk.config.refresh")
                            .description("Changes of imported configuration, by how they ended")
                            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
    }

    @Override
    public Observed begin(Set<String> keys) {
        Timer.Sample sample = Timer.start(registry);
        return outcome -> sample.stop(timers.get(outcome));
    }
}
