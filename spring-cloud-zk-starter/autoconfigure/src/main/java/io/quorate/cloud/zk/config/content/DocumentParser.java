package io.quorate.cloud.zk.config.content;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

/** Parses a node that holds a whole document the way Boot parses a local file, documents within it included. */
final class DocumentParser {

    private static final Pattern PLACE = Pattern.compile("line \\d+, column \\d+");

    private final String format;
    private final PropertySourceLoader loader;
    private final String keyPrefix;

    private DocumentParser(String format, PropertySourceLoader loader, String keyPrefix) {
        this.format = format;
        this.loader = loader;
        this.keyPrefix = keyPrefix;
    }

    static DocumentParser yaml(String keyPrefix) {
        return new DocumentParser("YAML", new YamlPropertySourceLoader(), keyPrefix);
    }

    static DocumentParser properties(String keyPrefix) {
        return new DocumentParser("properties", new PropertiesPropertySourceLoader(), keyPrefix);
    }

    /**
     * The documents of a node, at least one. The first is called {@code name} whether others follow or not, because a
     * refresh replaces property sources by their names.
     */
    List<ContextContent.Part> parse(String name, String path, @Nullable ConfigNode node) {
        List<ContextContent.Part> parts = new ArrayList<>();
        if (node != null) {
            for (PropertySource<?> document : load(name, path, node)) {
                String part = parts.isEmpty() ? name : name + " (document #" + parts.size() + ")";
                parts.add(new ContextContent.Part(part, prefixed(document)));
            }
        }
        return parts.isEmpty() ? List.of(new ContextContent.Part(name, Map.of())) : parts;
    }

    private List<PropertySource<?>> load(String name, String path, ConfigNode node) {
        try {
            return loader.load(name, new ByteArrayResource(node.data(), new NodeOrigin(path, node.mzxid()).toString()));
        } catch (IOException | RuntimeException fault) {
            // Parsers quote the text around a fault, so nothing of the exception but the place is kept.
            Matcher place = PLACE.matcher(String.valueOf(fault.getMessage()));
            throw new MalformedConfigException(path, format, place.find() ? place.group() : null);
        }
    }

    private Map<String, Object> prefixed(PropertySource<?> document) {
        Map<String, Object> result = new LinkedHashMap<>();
        if (document.getSource() instanceof Map<?, ?> values) {
            values.forEach((key, value) -> result.put(keyPrefix + key, value));
        } else if (document instanceof EnumerablePropertySource<?> enumerable) {
            for (String key : enumerable.getPropertyNames()) {
                result.put(keyPrefix + key, enumerable.getProperty(key));
            }
        }
        return result;
    }
}
