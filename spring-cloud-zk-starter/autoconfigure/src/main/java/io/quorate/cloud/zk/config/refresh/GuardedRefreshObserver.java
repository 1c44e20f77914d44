package io.quorate.cloud.zk.config.refresh;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An observer of the application that may fail: configuration reaches the application without it. */
public final class GuardedRefreshObserver implements RefreshObserver {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedRefreshObserver.class);

    private final RefreshObserver observer;

    public GuardedRefreshObserver(RefreshObserver observer) {
        this.observer = observer;
    }

    @Override
    public Observed begin(Set<String> keys) {
        try {
            return new GuardedObserved(observer.begin(keys));
        } catch (RuntimeException | Error failed) {
            log(failed);
            return NONE.begin(keys);
        }
    }

    private static void log(Throwable failed) {
        LOG.error("The observer of a refresh failed; the refresh goes on without it", failed);
    }

    private record GuardedObserved(Observed observed) implements Observed {

        @Override
        public void run(Runnable refresh) {
            OwnOutcome outcome = new OwnOutcome(refresh);
            try {
                observed.run(outcome);
            } catch (RuntimeException | Error failed) {
                if (failed != outcome.failure) {
                    log(failed);
                }
            }
            outcome.tell();
        }

        @Override
        public void end(RefreshOutcome outcome) {
            try {
                observed.end(outcome);
            } catch (RuntimeException | Error failed) {
                log(failed);
            }
        }
    }

    /** A refresh that ends as it does, whatever an observer makes of that: it may fail before, after, or instead. */
    private static final class OwnOutcome implements Runnable {

        private final Runnable refresh;
        private @Nullable Throwable failure;
        /** Does what is left: at first everything, then nothing but to fail. */
        private Runnable rest;

        OwnOutcome(Runnable refresh) {
            this.refresh = refresh;
            this.rest = refresh;
        }

        @Override
        public void run() {
            rest = () -> {};
            try {
                refresh.run();
            } catch (RuntimeException | Error failed) {
                failure = failed;
                rest = () -> {
                    throw failed;
                };
                throw failed;
            }
        }

        void tell() {
            rest.run();
        }
    }
}
