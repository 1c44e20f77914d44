package io.quorate.cloud.zk.actuate;

import io.micrometer.observation.Observation;
import io.quorate.cloud.zk.config.refresh.RefreshOutcome;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A change of imported configuration that is brought to the application. */
public final class RefreshObservationContext extends Observation.Context {

    private final Set<String> keys;
    private volatile @Nullable RefreshOutcome outcome;

    RefreshObservationContext(Set<String> keys) {
        this.keys = Set.copyOf(keys);
    }

    /** Names of the properties that changed; values are not known here. */
    public Set<String> keys() {
        return keys;
    }

    /** How it ended; null before. */
    public @Nullable RefreshOutcome outcome() {
        return outcome;
    }

    void ended(RefreshOutcome how) {
        outcome = how;
    }
}
