package io.quorate.cloud.zk.actuate;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.quorate.cloud.zk.registry.RegistrationObserver;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Observes registrations and removals: a timer where there are metrics, and a span where there is tracing. */
public final class ObservedRegistration implements RegistrationObserver {

    private static final RegistrationObservationConvention DEFAULT = new DefaultRegistrationObservationConvention();

    private final Supplier<ObservationRegistry> registry;
    private final @Nullable RegistrationObservationConvention convention;

    /**
     * @param registry asked for with every attempt
     * @param convention null for the default
     */
    public ObservedRegistration(
            Supplier<ObservationRegistry> registry, @Nullable RegistrationObservationConvention convention) {
        this.registry = registry;
        this.convention = convention;
    }

    @Override
    public Observed begin(Operation operation, String service) {
        Observation observation = ZkObservationDocumentation.REGISTRATION
                .observation(
                        convention,
                        DEFAULT,
                        () -> new RegistrationObservationContext(operation, service),
                        registry.get())
                .start();
        return failure -> {
            if (failure != null) {
                observation.error(failure);
            }
            observation.stop();
        };
    }
}
