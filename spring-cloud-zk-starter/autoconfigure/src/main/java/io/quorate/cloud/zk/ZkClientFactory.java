package io.quorate.cloud.zk;

import io.quorate.cloud.zk.tls.NettyVerification;
import io.quorate.cloud.zk.tls.ZkSslStores;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.curator.framework.AuthInfo;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.ExponentialBackoffRetry;
import org.apache.zookeeper.client.ConnectStringParser;
import org.apache.zookeeper.client.ZKClientConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.util.Assert;

/**
 * Opens clients as the properties say. Needs no application context, so that configuration can be imported with it.
 * Thread-safe.
 */
public final class ZkClientFactory {

    private static final Logger LOG = LoggerFactory.getLogger(ZkClientFactory.class);
    private static final int MAX_CLOSE_WAIT_MILLIS = 1_000;

    private final ZkClientProperties properties;
    private final @Nullable SslBundles bundles;
    private final List<ZkClientCustomizer> customizers;

    /**
     * @param bundles where the bundle that {@code ssl.bundle} names is found; null where there are none
     * @param customizers applied in this order, after the properties
     */
    public ZkClientFactory(
            ZkClientProperties properties,
            @Nullable SslBundles bundles,
            Collection<? extends ZkClientCustomizer> customizers) {
        this.properties = properties;
        this.bundles = bundles;
        this.customizers = List.copyOf(customizers);
    }

    /**
     * Opens a client and returns at once; the connection is made behind it. See
     * {@link ZkClientHandle#awaitConnected(Duration)}.
     *
     * @param connectString servers as a comma list of {@code host:port}, with an optional chroot at the end
     * @throws IllegalArgumentException when the connect string or a property is malformed
     * @throws IllegalStateException when the SSL bundle cannot be used
     */
    public ZkClientHandle open(String connectString) {
        requireServers(connectString);
        ChrootCreation chroot = new ChrootCreation(connectString, properties.ensureChroot());
        ZKClientConfig config = new ZKClientConfig();
        properties.clientConfig().forEach(config::setProperty);
        ZkSslStores stores = stores();
        try {
            if (properties.ssl().inUse()) {
                encrypt(config, stores);
            }
            CuratorFramework client = build(connectString, config);
            ZkClientHandle handle = new ZkClientHandle(client, connectString, config, properties, chroot, stores);
            handle.start();
            return handle;
        } catch (RuntimeException failed) {
            if (stores != null) {
                stores.close();
            }
            throw failed;
        }
    }

    private static void requireServers(String connectString) {
        try {
            Assert.hasText(connectString, "it is empty");
            new ConnectStringParser(connectString);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("'" + connectString + "' names no servers: " + malformed.getMessage()
                    + ". Write spring.cloud.zookeeper.connect-string as host:port,host:port with an optional /chroot");
        }
    }

    private CuratorFramework build(String connectString, ZKClientConfig config) {
        CuratorFrameworkFactory.Builder builder = CuratorFrameworkFactory.builder()
                .connectString(connectString)
                .retryPolicy(new ExponentialBackoffRetry(
                        properties.baseSleepTimeMs(), properties.maxRetries(), properties.maxSleepMs()))
                .sessionTimeoutMs(Math.toIntExact(properties.sessionTimeout().toMillis()))
                .connectionTimeoutMs(
                        Math.toIntExact(properties.connectionTimeout().toMillis()))
                .maxCloseWaitMs(MAX_CLOSE_WAIT_MILLIS)
                .aclProvider(properties.aclProvider())
                .authorization(authInfos())
                // Advertised addresses are often not reachable from where clients are.
                .ensembleTracker(properties.ensembleTracker())
                .zkClientConfig(config);
        if (properties.namespace() != null) {
            builder.namespace(properties.namespace());
        }
        customizers.forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    private List<AuthInfo> authInfos() {
        return properties.auth().stream()
                .map(auth -> new AuthInfo(auth.scheme(), auth.credentials().getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    private @Nullable ZkSslStores stores() {
        String name = properties.ssl().bundle();
        if (name == null) {
            return null;
        }
        if (bundles == null) {
            throw new IllegalStateException(
                    "spring.cloud.zookeeper.ssl.bundle names '" + name + "', and there are no SSL bundles here");
        }
        return ZkSslStores.write(bundles.getBundle(name));
    }

    private void encrypt(ZKClientConfig config, @Nullable ZkSslStores stores) {
        config.setProperty(ZKClientConfig.SECURE_CLIENT, "true");
        config.setProperty(ZKClientConfig.ZOOKEEPER_CLIENT_CNXN_SOCKET, "org.apache.zookeeper.ClientCnxnSocketNetty");
        config.setProperty(
                "zookeeper.ssl.hostnameVerification",
                String.valueOf(properties.ssl().verifyHostname()));
        if (!properties.ssl().verifyHostname() && NettyVerification.isUnasked()) {
            LOG.warn(
                    "spring.cloud.zookeeper.ssl.verify-hostname=false has no effect, because Netty verifies names of"
                            + " its own accord. Give servers certificates of their names, or start this process with"
                            + " -D{}=NONE, which concerns all of its connections that Netty encrypts",
                    NettyVerification.PROPERTY);
        }
        if (stores != null) {
            stores.settings().forEach(config::setProperty);
        }
    }
}
