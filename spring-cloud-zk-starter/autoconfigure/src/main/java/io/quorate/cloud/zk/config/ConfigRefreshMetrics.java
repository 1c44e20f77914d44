package io.quorate.cloud.zk.config;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quorate.cloud.zk.config.refresh.RefreshListener;
import io.quorate.cloud.zk.config.refresh.RefreshOutcome;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** The timer {@code zk.config.refresh}, which counts changes by how they ended. */
public final class ConfigRefreshMetrics implements RefreshListener {

    private final Map<RefreshOutcome, Timer> timers = new EnumMap<>(RefreshOutcome.class);

    /** Registers all outcomes at once, so that a rate of failures begins at zero. */
    public ConfigRefreshMetrics(MeterRegistry registry) {
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
    public void ended(RefreshOutcome outcome, Duration took) {
        timers.get(outcome).record(took);
    }
}
