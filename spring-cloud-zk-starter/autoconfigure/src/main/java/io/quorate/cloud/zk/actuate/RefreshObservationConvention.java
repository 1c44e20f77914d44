package io.quorate.cloud.zk.actuate;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/** How a refresh is named and which keys it has. A bean of this type replaces the default. */
public interface RefreshObservationConvention extends ObservationConvention<RefreshObservationContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof RefreshObservationContext;
    }
}
