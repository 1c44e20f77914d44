package io.quorate.cloud.zk.config.content;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;

/** Parses a node that holds a whole document the way Boot parses a local file, documents within it included. */
final class DocumentParser {

    private static final Pattern PLACE = Pattern.compile("line \\d+, column \\d+");
    private static final String ACTIVATION = "spring.config.activate.";

    private final String format;
    private final Documents documents;
    private final String keyPrefix;

    /** Reads the documents of a text. */
    @FunctionalInterface
    private interface Documents {

        List<Map<String, Object>> read(byte[] data, Resource origin) throws IOException;
    }

    private DocumentParser(String format, Documents documents, String keyPrefix) {
        this.format = format;
        this.documents = documents;
        this.keyPrefix = keyPrefix;
    }

    static DocumentParser yaml(String keyPrefix) {
        return new DocumentParser("YAML", YamlDocuments::read, keyPrefix);
    }

    static DocumentParser properties(String keyPrefix) {
        return new DocumentParser("properties", DocumentParser::readProperties, keyPrefix);
    }

    private static List<Map<String, Object>> readProperties(byte[] data, Resource origin) throws IOException {
        List<Map<String, Object>> result = new ArrayList<>();
        for (PropertySource<?> document : new PropertiesPropertySourceLoader().load("document", origin)) {
            Map<String, Object> values = new LinkedHashMap<>();
            if (document.getSource() instanceof Map<?, ?> source) {
                source.forEach((key, value) -> values.put(String.valueOf(key), value));
            } else if (document instanceof EnumerablePropertySource<?> enumerable) {
                for (String key : enumerable.getPropertyNames()) {
                    values.put(key, enumerable.getProperty(key));
                }
            }
            result.add(values);
        }
        return result;
    }

    /**
     * The documents of a node, at least one. The first is called {@code name} whether others follow or not, because a
     * refresh replaces property sources by their names. One that is bound to a condition has that in its name: an
     * environment leaves it out while the condition is not met, so it must not share its name with one that is in.
     */
    List<ContextContent.Part> parse(String name, String path, @Nullable ConfigNode node) {
        List<ContextContent.Part> parts = new ArrayList<>();
        if (node != null) {
            for (Map<String, Object> document : read(path, node)) {
                String part = parts.isEmpty() ? name : name + " (document #" + parts.size() + ")";
                Map<String, Object> prefixed = prefixed(document);
                parts.add(new ContextContent.Part(part + condition(prefixed), prefixed));
            }
        }
        return parts.isEmpty() ? List.of(new ContextContent.Part(name, Map.of())) : parts;
    }

    private List<Map<String, Object>> read(String path, ConfigNode node) {
        try {
            return documents.read(
                    node.data(), new ByteArrayResource(node.data(), new NodeOrigin(path, node.mzxid()).toString()));
        } catch (IOException | RuntimeException | StackOverflowError fault) {
            // Parsers quote the text around a fault, so nothing of the exception but the place is kept.
            Matcher place = PLACE.matcher(String.valueOf(fault.getMessage()));
            throw new MalformedConfigException(path, format, place.find() ? place.group() : null);
        }
    }

    private Map<String, Object> prefixed(Map<String, Object> document) {
        Map<String, Object> result = new LinkedHashMap<>();
        document.forEach((key, value) -> result.put(keyPrefix + key, value));
        return result;
    }

    private static String condition(Map<String, Object> document) {
        Map<String, String> conditions = new TreeMap<>();
        document.forEach((key, value) -> {
            if (key.toLowerCase(Locale.ROOT).startsWith(ACTIVATION)) {
                conditions.put(key.substring(ACTIVATION.length()), String.valueOf(value));
            }
        });
        return conditions.isEmpty() ? "" : " if " + conditions;
    }
}
