package io.quorate.cloud.zk;

import io.quorate.cloud.zk.tls.ZkSslStores;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.client.ZKClientConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundle;

/**
 * An open client with what belongs to it, for as long as it is open: its servers, its chroot, its key files.
 * Thread-safe.
 */
public final class ZkClientHandle implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ZkClientHandle.class);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(2);

    private final CuratorFramework client;
    private final String connectString;
    private final ZKClientConfig config;
    private final ZkClientProperties properties;
    private final ChrootCreation chroot;
    private final @Nullable ZkSslStores stores;
    private final AtomicBoolean closed = new AtomicBoolean();

    ZkClientHandle(
            CuratorFramework client,
            String connectString,
            ZKClientConfig config,
            ZkClientProperties properties,
            ChrootCreation chroot,
            @Nullable ZkSslStores stores) {
        this.client = client;
        this.connectString = connectString;
        this.config = config;
        this.properties = properties;
        this.chroot = chroot;
        this.stores = stores;
    }

    void start() {
        // Before anybody else listens, so that nobody hears of a connection whose chroot is still missing.
        client.getConnectionStateListenable().addListener((same, state) -> {
            if (state.isConnected()) {
                chroot.ensure(same, config, properties);
            }
        });
        client.start();
    }

    /** The client, started. It is closed by {@link #close()}, not by itself. */
    public CuratorFramework client() {
        return client;
    }

    /** The servers it was opened for, with the chroot. */
    public String connectString() {
        return connectString;
    }

    /**
     * Waits for the connection, and for the chroot if it has to be created.
     *
     * @param wait at most this long; zero looks and does not wait
     * @return whether there is a connection
     * @throws ZkAccessDeniedException when the chroot is missing and must not be created
     */
    public boolean awaitConnected(Duration wait) {
        try {
            // Zero means "for ever" to Curator.
            boolean connected = client.getZookeeperClient().isConnected()
                    || wait.toMillis() > 0
                            && client.blockUntilConnected(Math.toIntExact(wait.toMillis()), TimeUnit.MILLISECONDS);
            if (connected) {
                chroot.ensure(client, config, properties);
            }
            return connected;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Waits for the connection as {@link #awaitConnected(Duration)} does.
     *
     * @throws ZkConnectException when there is none after that time; it says what prevented it
     */
    public void requireConnected(Duration wait) {
        if (!awaitConnected(wait)) {
            throw new ZkConnectException(connectString, wait, ServerProbe.describe(connectString));
        }
    }

    /** Writes other keys for the connections to come. Does nothing for a client that uses no SSL bundle. */
    public void replaceKeys(SslBundle bundle) {
        if (stores != null && !closed.get()) {
            stores.replace(bundle);
        }
    }

    /**
     * Closes the client, which ends its session, and removes its key files. Further calls do nothing. A server that is
     * silent is waited for two seconds; then the session is left to its timeout, and the rest goes on behind this call.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        FutureTask<Void> closing = new FutureTask<>(this::end, null);
        // The client itself waits for the answer as long as it takes a connection for alive.
        Thread thread = new Thread(closing, "zk-client-close");
        thread.setDaemon(true);
        thread.start();
        try {
            closing.get(CLOSE_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException silent) {
            LOG.info("{} does not answer; the session is left to its timeout", connectString);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("The client of " + connectString + " was not closed", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void end() {
        client.close();
        if (stores != null) {
            stores.close();
        }
    }
}
