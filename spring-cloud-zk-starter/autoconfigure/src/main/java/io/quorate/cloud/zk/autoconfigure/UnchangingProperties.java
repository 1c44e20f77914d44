package io.quorate.cloud.zk.autoconfigure;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/**
 * Spares the starter's own properties the attempt to bind them again with every refresh. They are records, so the
 * attempt fails, and each failure would be a warning of a hundred lines.
 */
final class UnchangingProperties implements BeanFactoryPostProcessor {

    private static final String NEVER_REFRESHABLE = "spring.cloud.refresh.never-refreshable";
    /** What Spring Cloud takes where nobody has set it, and what setting it replaces. */
    private static final String DEFAULT = "com.zaxxer.hikari.HikariDataSource";

    /** Beans of properties are called by their prefix and their type; both are the starter's. */
    private static final String PREFIX = "spring.cloud.zookeeper";

    private static final String TYPE = "-io.quorate.cloud.zk.";

    private final ConfigurableEnvironment environment;

    UnchangingProperties(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
        Set<String> types = new LinkedHashSet<>(
                StringUtils.commaDelimitedListToSet(environment.getProperty(NEVER_REFRESHABLE, DEFAULT)));
        for (String name : beanFactory.getBeanDefinitionNames()) {
            int end = name.indexOf(TYPE);
            if (end >= 0 && name.startsWith(PREFIX)) {
                types.add(name.substring(end + 1));
            }
        }
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "zkUnchangingProperties", Map.of(NEVER_REFRESHABLE, String.join(",", types))));
    }
}
