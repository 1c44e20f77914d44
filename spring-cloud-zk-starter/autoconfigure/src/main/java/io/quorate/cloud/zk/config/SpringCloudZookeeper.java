package io.quorate.cloud.zk.config;

import java.security.CodeSource;
import java.util.Optional;
import org.springframework.util.ClassUtils;

/** Whether Spring Cloud Zookeeper is on the class path too; then its import prefix is left to it. */
final class SpringCloudZookeeper {

    private static final String RESOLVER =
            "org.springframework.cloud.zookeeper.config.ZookeeperConfigDataLocationResolver";

    private SpringCloudZookeeper() {}

    static boolean present(ClassLoader loader) {
        return ClassUtils.isPresent(RESOLVER, loader);
    }

    /** Where it comes from, for people; empty if it is not there. */
    static Optional<String> jar(ClassLoader loader) {
        if (!present(loader)) {
            return Optional.empty();
        }
        CodeSource source = ClassUtils.resolveClassName(RESOLVER, loader)
                .getProtectionDomain()
                .getCodeSource();
        return Optional.of(source == null ? RESOLVER : String.valueOf(source.getLocation()));
    }
}
