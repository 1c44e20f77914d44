package io.quorate.cloud.zk.actuate;

import io.micrometer.common.KeyValues;
import io.quorate.cloud.zk.config.refresh.RefreshOutcome;
import java.util.Locale;
import java.util.TreeSet;

/** {@code zk.config.refresh} by {@code outcome}; spans also have the names of the properties, in {@code keys}. */
public final class DefaultRefreshObservationConvention implements RefreshObservationConvention {

    @Override
    public String getName() {
        return "zk.config.refresh";
    }

    @Override
    public String getContextualName(RefreshObservationContext context) {
        return "refresh configuration";
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(RefreshObservationContext context) {
        RefreshOutcome outcome = context.outcome();
        return KeyValues.of(ZkObservationDocumentation.RefreshKeys.OUTCOME.withValue(
                outcome == null ? "unknown" : outcome.name().toLowerCase(Locale.ROOT)));
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(RefreshObservationContext context) {
        return KeyValues.of(ZkObservationDocumentation.RefreshDetails.KEYS.withValue(
                String.join(",", new TreeSet<>(context.keys()))));
    }
}
