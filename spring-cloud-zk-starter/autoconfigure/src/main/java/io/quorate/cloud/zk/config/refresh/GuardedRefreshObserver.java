package io.quorate.cloud.zk.config.refresh;

import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
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
        } catch (RuntimeException failed) {
            log(failed);
            return NONE.begin(keys);
        }
    }

    private static void log(RuntimeException failed) {
        LOG.error("The observer of a refresh failed; the refresh goes on without it", failed);
    }

    private record GuardedObserved(Observed observed) implements Observed {

        @Override
        public void run(Runnable refresh) {
            AtomicBoolean begun = new AtomicBoolean();
            try {
                observed.run(() -> {
                    begun.set(true);
                    refresh.run();
                });
            } catch (RuntimeException failed) {
                if (begun.get()) {
                    throw failed;
                }
                log(failed);
                refresh.run();
            }
        }

        @Override
        public void end(RefreshOutcome outcome) {
            try {
                observed.end(outcome);
            } catch (RuntimeException failed) {
                log(failed);
            }
        }
    }
}
