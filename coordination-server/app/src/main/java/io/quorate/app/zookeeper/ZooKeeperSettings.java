package io.quorate.app.zookeeper;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/**
 * Takes over {@code coordination.zoo-cfg} and {@code -Dzookeeper.*} as property sources behind all others: an explicit
 * {@code coordination.*} value wins over both. Between the two the file wins, as it does in ZooKeeper.
 */
public final class ZooKeeperSettings implements EnvironmentPostProcessor, Ordered {

    private static final String ZOO_CFG = "coordination.zoo-cfg";
    private static final String DATA_DIR = "coordination.data-dir";
    private static final String TICK_TIME = "coordination.tick-time";
    /** What a file without tickTime means to ZooKeeper. */
    private static final String ZOOKEEPER_TICK_MILLIS = "3000";

    private final Log log;

    public ZooKeeperSettings(DeferredLogFactory logs) {
        log = logs.getLog(ZooKeeperSettings.class);
    }

    /** Behind the configuration files, which may name the zoo.cfg. */
    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 1;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        KeyTable table = KeyTable.load();
        String file = environment.getProperty(ZOO_CFG);
        if (file != null) {
            addFile(environment, table, Path.of(file));
        }
        addSystemProperties(environment, table);
    }

    private void addFile(ConfigurableEnvironment environment, KeyTable table, Path file) {
        Translation translation = translate(table, ZooCfg.read(file));
        Map<String, Object> properties = translation.properties();
        if (!properties.containsKey(DATA_DIR) && explicitly(environment, DATA_DIR) == null) {
            throw new InvalidConfigurationPropertyValueException(
                    ZOO_CFG,
                    file.toAbsolutePath(),
                    "dataDir is not set in it. Add the line dataDir=/path/of/the/data, or set coordination.data-dir");
        }
        properties.putIfAbsent(TICK_TIME, ZOOKEEPER_TICK_MILLIS);
        environment
                .getPropertySources()
                .addLast(new OriginTrackedMapPropertySource("zoo.cfg", Map.copyOf(properties), true));
    }

    private void addSystemProperties(ConfigurableEnvironment environment, KeyTable table) {
        List<Setting> settings = SystemProperty.read(table, environment.getSystemProperties());
        Translation translation = translate(table, settings);
        translation.sources().forEach((twin, setting) -> {
            String winner = explicitly(environment, twin);
            log.info(
                    winner == null
                            ? setting.origin() + " is used as " + twin + "; set that instead"
                            : setting.origin() + " is not used, because " + winner + " sets " + twin);
        });
        if (!translation.properties().isEmpty()) {
            environment
                    .getPropertySources()
                    .addLast(new OriginTrackedMapPropertySource(
                            "-Dzookeeper.*", Map.copyOf(translation.properties()), true));
        }
    }

    private Translation translate(KeyTable table, List<Setting> settings) {
        Translation translation = new Translation(table, log);
        settings.forEach(translation::add);
        translation.finish();
        return translation;
    }

    /** The name of the property source that sets a property, in whatever spelling Boot accepts, or null. */
    private static @Nullable String explicitly(ConfigurableEnvironment environment, String property) {
        ConfigurationPropertyName name = ConfigurationPropertyName.of(property);
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source.getConfigurationProperty(name) != null) {
                return source.getUnderlyingSource() instanceof PropertySource<?> named
                        ? named.getName()
                        : "another source";
            }
        }
        return null;
    }
}
