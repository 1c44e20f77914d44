package io.quorate.cloud.zk.autoconfigure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Says that aliases of Spring Cloud Zookeeper, or their common prefix, are configured, and that nobody reads them. */
final class AliasWarning implements SmartInitializingSingleton {

    private static final Logger LOG = LoggerFactory.getLogger(AliasWarning.class);
    private static final String ALIASES = "spring.cloud.zookeeper.dependencies";
    private static final String COMMON_PREFIX = "spring.cloud.zookeeper.prefix";

    private final Environment environment;

    AliasWarning(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void afterSingletonsInstantiated() {
        Binder binder = Binder.get(environment);
        boolean aliases =
                binder.bind(ALIASES, Bindable.mapOf(String.class, Object.class)).isBound();
        boolean prefix = binder.bind(COMMON_PREFIX, String.class).isBound();
        if (aliases || prefix) {
            LOG.warn(
                    "{} is not supported: call services by the names that they are registered under",
                    aliases ? ALIASES + ".*" : COMMON_PREFIX);
        }
    }
}
