package io.quorate.cloud.zk.embedded;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.boot.context.event.ApplicationStartingEvent;
import org.springframework.boot.context.event.SpringApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Stops the server of an application that fails before it has a context that would: its thread would keep the process
 * alive. Each application has a listener of its own.
 */
public final class FailedStart implements ApplicationListener<SpringApplicationEvent> {

    private volatile @Nullable ConfigurableBootstrapContext bootstrap;

    @Override
    public void onApplicationEvent(SpringApplicationEvent event) {
        if (event instanceof ApplicationStartingEvent starting) {
            bootstrap = starting.getBootstrapContext();
        } else if (event instanceof ApplicationFailedEvent failed && !isActive(failed.getApplicationContext())) {
            ConfigurableBootstrapContext present = bootstrap;
            if (present != null && present.isRegistered(ApplicationServer.class)) {
                present.get(ApplicationServer.class).close();
            }
        }
    }

    /** An active context is closed after this event, and its beans still need the server until then. */
    private static boolean isActive(@Nullable ConfigurableApplicationContext context) {
        return context != null && context.isActive();
    }
}
