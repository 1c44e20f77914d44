package io.quorate.cloud.zk.actuate;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.quorate.cloud.zk.ZkConnection;
import io.quorate.cloud.zk.ZkConnectionMonitor;
import io.quorate.cloud.zk.discovery.ServiceCatalog;
import io.quorate.cloud.zk.registry.RegistrationState;
import io.quorate.cloud.zk.registry.ZkServiceRegistry;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Connection, registration and discovery as meters. Paths, session ids and instance ids are never tags. */
public final class ZkMetrics implements MeterBinder {

    private final ZkConnectionMonitor monitor;
    private final @Nullable ServiceCatalog catalog;
    private final @Nullable ZkServiceRegistry registry;

    /**
     * @param catalog null where nothing is discovered
     * @param registry null where nothing is registered
     */
    public ZkMetrics(
            ZkConnectionMonitor monitor, @Nullable ServiceCatalog catalog, @Nullable ZkServiceRegistry registry) {
        this.monitor = monitor;
        this.catalog = catalog;
        this.registry = registry;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        for (ZkConnection.Status status : ZkConnection.Status.values()) {
            Gauge.builder("zk.connection.state", monitor, m -> m.current().status() == status ? 1 : 0)
                    .description("1 for the state that the connection is in")
                    .tag("state", tag(status))
                    .register(meters);
        }
        FunctionCounter.builder("zk.session.expirations", monitor, ZkConnectionMonitor::expirations)
                .description("Sessions that were lost")
                .register(meters);
        if (registry != null) {
            bindRegistry(registry, meters);
        }
        if (catalog != null) {
            FunctionCounter.builder(
                            "zk.discovery.malformed", catalog, c -> c.status().malformed())
                    .description("Nodes that were no instances")
                    .register(meters);
            FunctionCounter.builder(
                            "zk.discovery.changes", catalog, c -> c.status().changes())
                    .description("Changes of what is registered")
                    .register(meters);
        }
    }

    private static void bindRegistry(ZkServiceRegistry registry, MeterRegistry meters) {
        for (RegistrationState state : RegistrationState.values()) {
            Gauge.builder("zk.registration.state", registry, r -> count(r, state))
                    .description("Registrations of this application that are in this state")
                    .tag("state", tag(state))
                    .register(meters);
        }
        FunctionCounter.builder(
                        "zk.registration.recreations",
                        registry,
                        r -> r.statuses().stream()
                                .mapToLong(status -> status.recreations())
                                .sum())
                .description("How often a node of this application was created again")
                .register(meters);
    }

    private static double count(ZkServiceRegistry registry, RegistrationState state) {
        return registry.statuses().stream()
                .filter(status -> status.state() == state)
                .count();
    }

    private static String tag(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
