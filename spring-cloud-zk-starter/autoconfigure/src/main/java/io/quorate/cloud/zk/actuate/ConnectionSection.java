package io.quorate.cloud.zk.actuate;

import io.quorate.cloud.zk.ZkConnection;
import io.quorate.cloud.zk.ZkConnectionMonitor;
import java.time.Instant;
import org.apache.curator.framework.CuratorFramework;

/** The connection and its session. */
public final class ConnectionSection implements EndpointSection {

    private final CuratorFramework client;
    private final ZkConnectionMonitor monitor;

    /**
     * @param servers as configured, with the chroot
     * @param sessionId in hexadecimal, as servers log it; "0x0" before the first and after a loss
     * @param sessionTimeoutMillis as the server granted it
     * @param since when this state began
     * @param expirations sessions that were lost
     */
    public record Connection(
            String servers,
            ZkConnection.Status state,
            String sessionId,
            int sessionTimeoutMillis,
            Instant since,
            long expirations) {}

    public ConnectionSection(CuratorFramework client, ZkConnectionMonitor monitor) {
        this.client = client;
        this.monitor = monitor;
    }

    @Override
    public String name() {
        return "connection";
    }

    @Override
    public Connection content() {
        ZkConnection now = monitor.current();
        return new Connection(
                client.getZookeeperClient().getCurrentConnectionString(),
                now.status(),
                "0x" + Long.toHexString(now.sessionId()),
                now.sessionTimeoutMillis(),
                now.since(),
                monitor.expirations());
    }
}
