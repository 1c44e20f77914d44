package io.quorate.cloud.zk.config.refresh;

import java.time.Duration;

/** Is told how every change ended, for metrics. Called on the lane of the refresh. */
@FunctionalInterface
public interface RefreshListener {

    /** @param took from the refresh event to its end; zero if there was none */
    void ended(RefreshOutcome outcome, Duration took);
}
