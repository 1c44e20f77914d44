package io.quorate.cloud.zk.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quorate.cloud.zk.lock.LockAcquisitionObserver;
import java.util.Locale;
import java.util.function.Supplier;

/** Measures how long locks are waited for, by the way in which that ends. */
public final class TimedLockAcquisition implements LockAcquisitionObserver {

    private final Supplier<MeterRegistry> registry;

    /** @param registry asked for with every attempt */
    public TimedLockAcquisition(Supplier<MeterRegistry> registry) {
        this.registry = registry;
    }

    @Override
    public Observed begin(String lock) {
        MeterRegistry present = registry.get();
        Timer.Sample sample = Timer.start(present);
        return (outcome, failure) -> sample.stop(Timer.builder("zk.lock.acquire")
                .description("Time until a lock was acquired or the attempt ended")
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(present));
    }
}
