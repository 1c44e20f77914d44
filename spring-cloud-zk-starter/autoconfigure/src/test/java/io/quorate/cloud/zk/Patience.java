package io.quorate.cloud.zk;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * How tests wait for what happens by itself: until it has happened. The limit only ends a test that would wait for
 * ever, and is far beyond what a busy machine adds.
 */
public final class Patience {

    /** How long a test waits at most. */
    public static final Duration LIMIT = Duration.ofSeconds(30);

    private Patience() {}

    /** Begins a wait that fails after {@link #LIMIT}. */
    public static ConditionFactory await() {
        return Awaitility.await().atMost(LIMIT);
    }
}
