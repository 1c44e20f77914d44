package io.quorate.cloud.zk.config.refresh;

import java.util.Set;

/** Sees every change that is brought to the application. Called on the lane of the refresh. */
@FunctionalInterface
public interface RefreshObserver {

    /** Sees nothing. */
    RefreshObserver NONE = keys -> outcome -> {};

    /**
     * A change is about to be announced; or, if it ends as {@link RefreshOutcome#MALFORMED} at once, it is not.
     *
     * @param keys names of the properties that changed; empty where they are not known
     */
    Observed begin(Set<String> keys);

    /** One change, however often it is announced. */
    @FunctionalInterface
    interface Observed {

        /** Runs a refresh of the application. Throws what it throws. */
        default void run(Runnable refresh) {
            refresh.run();
        }

        /** It has ended. A failure is not told: its text may hold values. */
        void end(RefreshOutcome outcome);
    }
}
