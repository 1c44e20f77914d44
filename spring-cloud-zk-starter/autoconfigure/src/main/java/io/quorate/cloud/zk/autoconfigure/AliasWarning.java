package io.quorate.cloud.zk.autoconfigure;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Says that the aliases of Spring Cloud Zookeeper are configured, and that nobody reads them. */
final class AliasWarning implements SmartInitializingSingleton {

    private static final Logger LOG = LoggerFactory.getLogger(AliasWarning.class);
    private static final String ALIASES = "spring.cloud.zookeeper.dependencies";

    private final Environment environment;

    AliasWarning(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (Binder.get(environment)
                .bind(ALIASES, Bindable.mapOf(String.class, Object.class))
                .map(Map::keySet)
                .isBound()) {
            LOG.warn("{}.* is not supported: call services by the names that they are registered under", ALIASES);
        }
    }
}
