package io.quorate.cloud.zk.config;

import io.quorate.cloud.zk.config.content.ConfigContext;
import java.util.ArrayList;
import java.util.List;

/** The contexts that follow from the application's name and its profiles, in Spring Cloud Zookeeper's order. */
final class ContextNames {

    private final ZkConfigProperties properties;
    private final String applicationName;

    /** @param applicationName used where the properties do not say another name */
    ContextNames(ZkConfigProperties properties, String applicationName) {
        this.properties = properties;
        String name = properties.name();
        this.applicationName = name == null || name.isBlank() ? applicationName : name;
    }

    /** The contexts for {@code profiles}; a later one wins. */
    List<ConfigContext> of(List<String> profiles) {
        List<ConfigContext> contexts = new ArrayList<>();
        add(contexts, properties.defaultContext(), profiles);
        add(contexts, applicationName, profiles);
        return List.copyOf(contexts);
    }

    private void add(List<ConfigContext> contexts, String name, List<String> profiles) {
        String base = properties.root() + (name.startsWith("/") ? "" : "/") + name;
        contexts.add(ConfigContext.of(base, false));
        for (String profile : profiles) {
            contexts.add(ConfigContext.of(base + properties.profileSeparator() + profile, true));
        }
    }
}
