package io.quorate.cloud.zk.autoconfigure;

import io.quorate.cloud.zk.ImportedZkClient;
import io.quorate.cloud.zk.SessionRequests;
import io.quorate.cloud.zk.ZkClientCustomizer;
import io.quorate.cloud.zk.ZkClientFactory;
import io.quorate.cloud.zk.ZkClientHandle;
import io.quorate.cloud.zk.ZkClientProperties;
import io.quorate.cloud.zk.ZkConnectionDetails;
import io.quorate.cloud.zk.ZkConnectionMonitor;
import io.quorate.cloud.zk.ZkRequests;
import io.quorate.cloud.zk.ZkScheduler;
import java.util.List;
import org.apache.curator.framework.CuratorFramework;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The client: the one that an import of configuration has opened, or a new one, unless the application brings its own,
 * which is used and left open.
 */
@AutoConfiguration(
        after = SslAutoConfiguration.class,
        beforeName = "org.springframework.cloud.zookeeper.ZookeeperAutoConfiguration")
@ConditionalOnClass(CuratorFramework.class)
@ConditionalOnZkEnabled
@EnableConfigurationProperties(ZkClientProperties.class)
public final class ZkClientAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ZkScheduler zkScheduler() {
        return new ZkScheduler();
    }

    @Bean
    @ConditionalOnMissingBean
    ZkConnectionMonitor zkConnectionMonitor(CuratorFramework client, ZkScheduler scheduler) {
        return new ZkConnectionMonitor(client, scheduler);
    }

    @Bean
    @ConditionalOnMissingBean
    ZkRequests zkRequests(CuratorFramework client, ZkClientProperties properties) {
        return new SessionRequests(client, properties.aclProvider());
    }

    /** Where the application brings no client. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(CuratorFramework.class)
    static class Client {

        private static final Logger LOG = LoggerFactory.getLogger(ZkClientAutoConfiguration.class);

        @Bean(destroyMethod = "close")
        ZkClientHandle zkClientHandle(
                ZkClientProperties properties,
                ObjectProvider<ZkConnectionDetails> details,
                ObjectProvider<ImportedZkClient> imports,
                ObjectProvider<ZkClientCustomizer> customizers,
                ObjectProvider<SslBundles> bundles) {
            ImportedZkClient imported = imports.getIfAvailable();
            String detailed = details.stream()
                    .map(ZkConnectionDetails::connectString)
                    .findFirst()
                    .orElse(null);
            List<ZkClientCustomizer> customizing = customizers.orderedStream().toList();
            ZkClientHandle handle;
            if (imported != null && isFor(imported, detailed)) {
                if (!customizing.isEmpty()) {
                    throw new CustomizerTooLateException(customizing);
                }
                handle = imported.handle();
            } else {
                handle = open(
                        new ZkClientFactory(properties, bundles.getIfAvailable(), customizing),
                        detailed == null ? properties.connectString() : detailed,
                        properties);
                if (imported != null) {
                    LOG.info(
                            "Configuration was imported from {}; from here on {} is used",
                            imported.handle().connectString(),
                            handle.connectString());
                    imported.replace(handle);
                }
            }
            followKeys(handle, properties, bundles.getIfAvailable());
            return handle;
        }

        /** Closed by its handle, which may belong to the import as well. */
        @Bean(destroyMethod = "")
        CuratorFramework curatorFramework(ZkClientHandle zkClientHandle) {
            return zkClientHandle.client();
        }

        private static boolean isFor(ImportedZkClient imported, @Nullable String detailed) {
            return detailed == null || detailed.equals(imported.handle().connectString());
        }

        private static ZkClientHandle open(
                ZkClientFactory factory, String connectString, ZkClientProperties properties) {
            ZkClientHandle handle = factory.open(connectString);
            try {
                if (!handle.awaitConnected(properties.effectiveStartupWait())) {
                    LOG.warn(
                            "No connection to {} within {} ms (spring.cloud.zookeeper.startup-wait); the application"
                                    + " starts without it and goes on trying",
                            connectString,
                            properties.effectiveStartupWait().toMillis());
                }
                return handle;
            } catch (RuntimeException failed) {
                // There is no bean yet that would be closed.
                handle.close();
                throw failed;
            }
        }

        private static void followKeys(
                ZkClientHandle handle, ZkClientProperties properties, @Nullable SslBundles bundles) {
            String name = properties.ssl().bundle();
            if (name != null && bundles != null) {
                bundles.addBundleUpdateHandler(name, handle::replaceKeys);
            }
        }
    }
}
