package io.quorate.app.zookeeper;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;

/** Reads a ZooKeeper configuration file: Java properties, the last of two equal keys wins, values are trimmed. */
final class ZooCfg {

    private ZooCfg() {}

    /** Keys of which each names another member: the second of two equal ones is a slip, and no correction. */
    private static final List<String> MEMBERS = List.of("server.", "group.", "weight.");

    /**
     * Reads the whole file.
     *
     * @throws InvalidConfigurationPropertyValueException when the file cannot be read
     * @throws ZooKeeperSettingsRefused when it describes one member twice
     */
    static List<Setting> read(Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw unreadable(file, "there is no readable file of that name");
        }
        List<Setting> settings = new ArrayList<>();
        try {
            refuseMembersTwice(file);
            for (PropertySource<?> source :
                    new PropertiesPropertySourceLoader().load("zoo.cfg", new FileSystemResource(file))) {
                ((MapPropertySource) source).getSource().forEach((key, value) -> settings.add(setting(key, value)));
            }
        } catch (IOException | IllegalArgumentException failed) {
            throw unreadable(file, "it is not a properties file: " + failed.getMessage());
        }
        return settings;
    }

    private static void refuseMembersTwice(Path file) throws IOException {
        List<ZooKeeperSettingsRefused.Refusal> twice = new ArrayList<>();
        Properties watched = new Properties() {
            private static final long serialVersionUID = 1L;

            @Override
            public synchronized @Nullable Object put(Object key, Object value) {
                String name = key.toString();
                if (containsKey(key) && MEMBERS.stream().anyMatch(name::startsWith)) {
                    twice.add(new ZooKeeperSettingsRefused.Refusal(
                            name, file.toString(), "It stands there twice. Give every member an id of its own."));
                }
                return super.put(key, value);
            }
        };
        try (InputStream in = Files.newInputStream(file)) {
            watched.load(in);
        }
        if (!twice.isEmpty()) {
            throw new ZooKeeperSettingsRefused(twice);
        }
    }

    private static Setting setting(String key, Object value) {
        // The loader tracks the line of every value.
        OriginTrackedValue tracked = (OriginTrackedValue) value;
        return new Setting(key.strip(), String.valueOf(tracked.getValue()).strip(), Origin.from(tracked));
    }

    private static InvalidConfigurationPropertyValueException unreadable(Path file, String why) {
        return new InvalidConfigurationPropertyValueException(
                "coordination.zoo-cfg",
                file.toAbsolutePath(),
                why + ". Give the path of an existing ZooKeeper configuration, or remove the property");
    }
}
