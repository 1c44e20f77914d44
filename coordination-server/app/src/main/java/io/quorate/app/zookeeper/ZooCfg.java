package io.quorate.app.zookeeper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    /** @throws InvalidConfigurationPropertyValueException when the file cannot be read */
    static List<Setting> read(Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw unreadable(file, "there is no readable file of that name");
        }
        List<Setting> settings = new ArrayList<>();
        try {
            for (PropertySource<?> source :
                    new PropertiesPropertySourceLoader().load("zoo.cfg", new FileSystemResource(file))) {
                ((MapPropertySource) source).getSource().forEach((key, value) -> settings.add(setting(key, value)));
            }
        } catch (IOException | IllegalArgumentException failed) {
            throw unreadable(file, "it is not a properties file: " + failed.getMessage());
        }
        return settings;
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
