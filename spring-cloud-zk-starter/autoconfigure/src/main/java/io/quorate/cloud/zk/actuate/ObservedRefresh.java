package io.quorate.cloud.zk.actuate;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.quorate.cloud.zk.config.refresh.RefreshObserver;
import io.quorate.cloud.zk.config.refresh.RefreshOutcome;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Observes refreshes, which makes a timer where there are metrics and a span where there is tracing. What the
 * application does in a refresh happens within the observation.
 */
public final class ObservedRefresh implements RefreshObserver {

    private static final RefreshObservationConvention DEFAULT = new DefaultRefreshObservationConvention();

    private final Supplier<ObservationRegistry> registry;
    private final @Nullable RefreshObservationConvention convention;

    /**
     * @param registry asked for with every refresh
     * @param convention null for the default
     */
    public ObservedRefresh(Supplier<ObservationRegistry> registry, @Nullable RefreshObservationConvention convention) {
        this.registry = registry;
        this.convention = convention;
    }

    @Override
    public Observed begin(Set<String> keys) {
        RefreshObservationContext context = new RefreshObservationContext(keys);
        Observation observation = ZkObservationDocumentation.REFRESH
                .observation(convention, DEFAULT, () -> context, registry.get())
                .start();
        return new Observed() {

            @Override
            public void run(Runnable refresh) {
                observation.scoped(refresh);
            }

            @Override
            public void end(RefreshOutcome outcome) {
                context.ended(outcome);
                observation.stop();
            }
        };
    }
}
