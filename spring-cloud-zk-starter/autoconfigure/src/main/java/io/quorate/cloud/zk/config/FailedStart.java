package io.quorate.cloud.zk.config;

import io.quorate.cloud.zk.embedded.ApplicationServer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.boot.context.event.ApplicationStartingEvent;
import org.springframework.boot.context.event.SpringApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Closes what an application has opened that fails before it has a context that would: the clients of its imports,
 * which would go on connecting, and the server inside it, whose thread would keep the process alive. Each application
 * has a listener of its own.
 */
public final class FailedStart implements ApplicationListener<SpringApplicationEvent> {

    private volatile @Nullable ConfigurableBootstrapContext bootstrap;

    @Override
    public void onApplicationEvent(SpringApplicationEvent event) {
        if (event instanceof ApplicationStartingEvent starting) {
            bootstrap = starting.getBootstrapContext();
        } else if (event instanceof ApplicationFailedEvent failed && !isActive(failed.getApplicationContext())) {
            close(bootstrap);
        }
    }

    private static void close(@Nullable ConfigurableBootstrapContext opened) {
        if (opened != null && opened.isRegistered(ZkConfigImports.class)) {
            opened.get(ZkConfigImports.class).close();
        }
        if (opened != null && opened.isRegistered(ApplicationServer.class)) {
            opened.get(ApplicationServer.class).close();
        }
    }

    /** An active context is closed after this event, and its beans need both until then. */
    private static boolean isActive(@Nullable ConfigurableApplicationContext context) {
        return context != null && context.isActive();
    }
}
