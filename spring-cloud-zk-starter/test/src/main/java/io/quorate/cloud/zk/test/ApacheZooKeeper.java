package io.quorate.cloud.zk.test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.zookeeper.server.embedded.ExitHandler;
import org.apache.zookeeper.server.embedded.ZooKeeperServerEmbedded;
import org.jspecify.annotations.Nullable;

/**
 * Apache ZooKeeper in this virtual machine, on a port of loopback that was free. It takes some of its settings from
 * system properties named {@code zookeeper.*}, which it sets itself for the whole virtual machine.
 */
final class ApacheZooKeeper implements ServerUnderTest {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private final Path directory;
    private final int port;
    private @Nullable ZooKeeperServerEmbedded running;

    ApacheZooKeeper() {
        directory = ServerDirectory.create(this);
        port = FreePort.choose();
    }

    @Override
    public synchronized InetSocketAddress start() {
        try {
            running = ZooKeeperServerEmbedded.builder()
                    .baseDir(directory)
                    .configuration(configuration())
                    .exitHandler(ExitHandler.LOG_ONLY)
                    .build();
            running.start(START_TIMEOUT.toMillis());
        } catch (Exception failed) {
            throw new IllegalStateException(
                    "Apache ZooKeeper does not start on port " + port + " with its data in " + directory, failed);
        }
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private Properties configuration() {
        Properties configuration = new Properties();
        configuration.setProperty("clientPort", String.valueOf(port));
        configuration.setProperty(
                "clientPortAddress", InetAddress.getLoopbackAddress().getHostAddress());
        configuration.setProperty("tickTime", String.valueOf(EmbeddedServer.TICK_MILLIS));
        configuration.setProperty("minSessionTimeout", String.valueOf(EmbeddedServer.MIN_SESSION_TIMEOUT_MILLIS));
        configuration.setProperty("maxSessionTimeout", String.valueOf(EmbeddedServer.MAX_SESSION_TIMEOUT_MILLIS));
        // Every client comes from the address of the proxy.
        configuration.setProperty("maxClientCnxns", "0");
        configuration.setProperty("admin.enableServer", "false");
        configuration.setProperty("4lw.commands.whitelist", "wchc");
        return configuration;
    }

    @Override
    public synchronized void stop() {
        if (running != null) {
            running.close();
            running = null;
        }
    }
}
