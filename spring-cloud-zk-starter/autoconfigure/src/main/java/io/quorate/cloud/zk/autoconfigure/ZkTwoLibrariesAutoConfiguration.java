package io.quorate.cloud.zk.autoconfigure;

import java.security.CodeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.ClassUtils;

/** Spring Cloud Zookeeper is on the class path as well: it keeps discovery and registration, and this says so once. */
@AutoConfiguration
@ConditionalOnZkEnabled
@ConditionalOnClass(name = ZkTwoLibrariesAutoConfiguration.THEIRS)
public final class ZkTwoLibrariesAutoConfiguration {

    static final String THEIRS = "org.springframework.cloud.zookeeper.discovery.ZookeeperDiscoveryAutoConfiguration";

    private static final Logger LOG = LoggerFactory.getLogger(ZkTwoLibrariesAutoConfiguration.class);

    @Bean
    SmartInitializingSingleton zkTwoLibrariesWarning(ResourceLoader loader) {
        return () -> LOG.warn(
                "Two libraries want to register this application. Spring Cloud Zookeeper does it; registration and"
                        + " discovery of spring-cloud-zk-starter stand back. Remove {} to use them",
                jar(loader));
    }

    private static String jar(ResourceLoader loader) {
        Class<?> theirs = ClassUtils.resolveClassName(THEIRS, loader.getClassLoader());
        CodeSource source = theirs.getProtectionDomain().getCodeSource();
        return source == null ? "spring-cloud-zookeeper-discovery" : String.valueOf(source.getLocation());
    }
}
