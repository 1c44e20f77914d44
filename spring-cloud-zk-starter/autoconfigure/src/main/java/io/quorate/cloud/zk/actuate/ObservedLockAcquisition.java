package io.quorate.cloud.zk.actuate;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.quorate.cloud.zk.lock.LockAcquisitionObserver;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Observes attempts to take locks, which makes a timer where there are metrics and a span where there is tracing.
 * Names of locks are in spans only: there may be any number of them.
 */
public final class ObservedLockAcquisition implements LockAcquisitionObserver {

    private final Supplier<ObservationRegistry> registry;

    /** @param registry asked for with every attempt */
    public ObservedLockAcquisition(Supplier<ObservationRegistry> registry) {
        this.registry = registry;
    }

    @Override
    public Observed begin(String lock) {
        Observation observation = Observation.createNotStarted("zk.lock.acquire", registry.get())
                .contextualName("acquire lock")
                .highCardinalityKeyValue("lock", lock)
                .start();
        return (outcome, failure) -> {
            observation.lowCardinalityKeyValue("outcome", outcome.name().toLowerCase(Locale.ROOT));
            if (failure != null) {
                observation.error(failure);
            }
            observation.stop();
        };
    }
}
