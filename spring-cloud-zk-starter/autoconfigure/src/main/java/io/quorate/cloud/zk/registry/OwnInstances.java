package io.quorate.cloud.zk.registry;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * What this application registers of itself: its service and, where that is asked for, its management port.
 * Thread-safe.
 */
public final class OwnInstances {

    private final ZkServiceRegistry registry;
    private final ZkRegistration application;
    private final @Nullable ManagementRegistration management;
    private final RegistrationHooks hooks;
    /** Null while it is not registered. */
    private volatile @Nullable ZkRegistration registeredManagement;
    /** Whose web server the application is registered with; null for none. Guarded by this. */
    private @Nullable ConfigurableApplicationContext server;

    /** @param management null where the management port is not registered */
    public OwnInstances(
            ZkServiceRegistry registry,
            ZkRegistration application,
            @Nullable ManagementRegistration management,
            RegistrationHooks hooks) {
        this.registry = registry;
        this.application = application;
        this.management = management;
        this.hooks = hooks;
    }

    /**
     * A web server listens, in the context of this application or in one below. The first counts, for as long as its
     * context is there.
     */
    synchronized void listening(ConfigurableApplicationContext context, int port, boolean secure) {
        boolean another = server != null && server != context && server.isActive();
        if (!another && application.bind(port, secure)) {
            server = context;
        }
    }

    synchronized boolean isServedBy(ApplicationContext context) {
        return server == context;
    }

    /** There is no web server any more. */
    synchronized void silent() {
        server = null;
        application.unbind();
    }

    /** The management server listens. */
    void managementListening(int port, boolean secure) {
        if (management != null) {
            management.bind(port, secure);
        }
    }

    ZkRegistration application() {
        return application;
    }

    /** Whoever registered it. */
    boolean isRegistered() {
        return registry.isRegistered(application);
    }

    /** @param first whether the context has not been told of the registration yet */
    void register(boolean first) {
        hooks.beforeRegister(application, first);
        registry.register(application);
        hooks.afterRegister(application);
        ZkRegistration port = management == null ? null : management.registration();
        if (port != null) {
            hooks.beforeRegisterManagement(port);
            registry.register(port);
            registeredManagement = port;
            hooks.afterRegisterManagement(port);
        }
    }

    /** @throws RegistrationFailedException when the first attempt failed, or did not end in this time */
    void requireRegistered(Duration wait) {
        registry.requireRegistered(application, wait);
    }

    /** Completes when all nodes are removed, at the latest after a second. */
    CompletableFuture<Void> deregisterLater() {
        ZkRegistration port = registeredManagement;
        registeredManagement = null;
        hooks.beforeDeregister(application);
        if (port == null) {
            return registry.deregisterLater(application);
        }
        hooks.beforeDeregisterManagement(port);
        return CompletableFuture.allOf(registry.deregisterLater(application), registry.deregisterLater(port))
                .whenComplete((done, failure) -> hooks.afterDeregisterManagement(port));
    }

    void afterDeregister() {
        hooks.afterDeregister(application);
    }

    void setAcceptingTraffic(boolean accepting) {
        registry.setAcceptingTraffic(application, TrafficProbe.READINESS, accepting);
    }
}
