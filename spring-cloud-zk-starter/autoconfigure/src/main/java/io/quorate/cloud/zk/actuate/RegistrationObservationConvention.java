package io.quorate.cloud.zk.actuate;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/** How a registration is named and which keys it has. A bean of this type replaces the default. */
public interface RegistrationObservationConvention extends ObservationConvention<RegistrationObservationContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof RegistrationObservationContext;
    }
}
