package io.quorate.app.zookeeper;

import io.quorate.app.zookeeper.KeyRule.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.origin.Origin;

/**
 * The origin of a setting that was given as {@code -D}.
 *
 * @param name with its prefix
 */
record SystemProperty(String name) implements Origin {

    private static final String PREFIX = "zookeeper.";

    /** ZooKeeper's settings among the system properties, in the order of their names. */
    static List<Setting> read(KeyTable table, Map<String, Object> systemProperties) {
        List<Setting> settings = new ArrayList<>();
        new TreeMap<>(systemProperties).forEach((name, value) -> {
            KeyRule unprefixed = table.find(name);
            if (name.startsWith(PREFIX)) {
                settings.add(setting(name, name.substring(PREFIX.length()), value));
            } else if (unprefixed != null && unprefixed.place() == Place.UNPREFIXED) {
                settings.add(setting(name, name, value));
            }
        });
        return settings;
    }

    private static Setting setting(String name, String key, Object value) {
        return new Setting(key, String.valueOf(value).strip(), new SystemProperty(name));
    }

    @Override
    public String toString() {
        return "-D" + name;
    }
}
