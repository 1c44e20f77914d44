package io.quorate.cloud.zk.discovery;

import io.quorate.cloud.zk.ZkConnection;
import io.quorate.cloud.zk.ZkConnectionMonitor;
import java.time.Clock;
import java.time.Duration;

/** Whether the catalog may still be trusted, without asking the server. */
public final class CatalogProbe {

    private final ZkConnectionMonitor monitor;
    private final Duration sessionTimeout;
    private final Clock clock;

    /** @param sessionTimeout for as long a catalog that is not followed counts as good */
    public CatalogProbe(ZkConnectionMonitor monitor, Duration sessionTimeout, Clock clock) {
        this.monitor = monitor;
        this.sessionTimeout = sessionTimeout;
        this.clock = clock;
    }

    /** @throws CatalogUnavailableException when there has been no connection for longer than a session lives */
    public void check() {
        ZkConnection connection = monitor.current();
        if (connection.connected()) {
            return;
        }
        Duration age = Duration.between(connection.since(), clock.instant());
        if (connection.status() == ZkConnection.Status.NEVER || age.compareTo(sessionTimeout) > 0) {
            throw new CatalogUnavailableException(
                    "no connection for " + age.toSeconds() + " s; what is known of services may be out of date");
        }
    }
}
