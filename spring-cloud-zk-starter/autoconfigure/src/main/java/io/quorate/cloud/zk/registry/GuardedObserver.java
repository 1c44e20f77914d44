package io.quorate.cloud.zk.registry;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An observer of the application that may fail: the registration goes on without it. */
final class GuardedObserver implements RegistrationObserver {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedObserver.class);

    private final RegistrationObserver observer;

    GuardedObserver(RegistrationObserver observer) {
        this.observer = observer;
    }

    @Override
    public Observed begin(Operation operation, String service) {
        try {
            Observed observed = observer.begin(operation, service);
            return failure -> {
                try {
                    observed.end(failure);
                } catch (RuntimeException | Error failed) {
                    log(operation, service, failed);
                }
            };
        } catch (RuntimeException | Error failed) {
            log(operation, service, failed);
            return NONE.begin(operation, service);
        }
    }

    private static void log(Operation operation, String service, Throwable failed) {
        LOG.error("The observer of {} {} failed; the registration goes on without it", operation, service, failed);
    }
}
