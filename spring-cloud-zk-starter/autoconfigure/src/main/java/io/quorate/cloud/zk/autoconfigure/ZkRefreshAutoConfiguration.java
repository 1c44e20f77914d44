package io.quorate.cloud.zk.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;

/** What a refresh leaves alone. */
@AutoConfiguration
@ConditionalOnZkEnabled
public final class ZkRefreshAutoConfiguration {

    /** Static, since it exists before all other beans. */
    @Bean
    static UnchangingProperties zkUnchangingProperties(ConfigurableEnvironment environment) {
        return new UnchangingProperties(environment);
    }
}
