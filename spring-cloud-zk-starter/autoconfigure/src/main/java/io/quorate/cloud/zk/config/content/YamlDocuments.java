package io.quorate.cloud.zk.config.content;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.io.Resource;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.UnicodeReader;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads YAML as Boot reads a local file, to the same keys and values. Boot's own reader is not used because it logs
 * whole documents at level DEBUG, and values may be secrets.
 */
final class YamlDocuments {

    /** The key of a document that has none, as Spring calls it. */
    private static final String KEYLESS = "document";

    private YamlDocuments() {}

    /**
     * The documents that are not empty, in their order, each with its keys in dotted form.
     *
     * @param origin what properties name as the place that they come from
     * @throws org.yaml.snakeyaml.error.YAMLException if it is no YAML
     */
    static List<Map<String, Object>> read(byte[] data, Resource origin) {
        List<Map<String, Object>> documents = new ArrayList<>();
        for (Object document : yaml(origin).loadAll(new UnicodeReader(new ByteArrayInputStream(data)))) {
            Map<String, Object> properties = new LinkedHashMap<>();
            if (document instanceof Map<?, ?> map) {
                addEntries(properties, "", map);
                documents.add(properties);
            } else if (document != null && !document.toString().isEmpty()) {
                add(properties, KEYLESS, document);
                documents.add(properties);
            }
        }
        return documents;
    }

    private static Yaml yaml(Resource origin) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setAllowRecursiveKeys(true);
        options.setMaxAliasesForCollections(Integer.MAX_VALUE);
        options.setCodePointLimit(Integer.MAX_VALUE);
        DumperOptions unused = new DumperOptions();
        return new Yaml(new Placing(options, origin), new Representer(unused), unused, options, new PlainDates());
    }

    private static void addEntries(Map<String, Object> properties, String path, Map<?, ?> map) {
        map.forEach((key, value) -> {
            Object name = key instanceof OriginTrackedValue tracked ? tracked.getValue() : key;
            String level = name instanceof CharSequence ? name.toString() : "[" + name + "]";
            boolean attached = path.isEmpty() || level.startsWith("[");
            add(properties, attached ? path + level : path + "." + level, value);
        });
    }

    private static void add(Map<String, Object> properties, String key, Object value) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            addEntries(properties, key, map);
        } else if (value instanceof Collection<?> collection && !collection.isEmpty()) {
            int index = 0;
            for (Object element : collection) {
                add(properties, key + "[" + index++ + "]", element);
            }
        } else {
            boolean empty = value instanceof Map || value instanceof Collection;
            properties.put(key, empty ? "" : value);
        }
    }

    /** Gives every scalar its place in the text. */
    private static final class Placing extends SafeConstructor {

        private final Resource resource;

        Placing(LoaderOptions options, Resource resource) {
            super(options);
            this.resource = resource;
        }

        @Override
        protected Object constructObject(Node node) {
            Object value = super.constructObject(node);
            if (!(node instanceof ScalarNode)) {
                return value;
            }
            Origin origin = new TextResourceOrigin(
                    resource,
                    new TextResourceOrigin.Location(
                            node.getStartMark().getLine(), node.getStartMark().getColumn()));
            return OriginTrackedValue.of(value == null ? "" : value, origin);
        }
    }

    /** Dates stay the text that they were written as. */
    private static final class PlainDates extends Resolver {

        @Override
        public void addImplicitResolver(Tag tag, Pattern pattern, String first, int limit) {
            if (!tag.equals(Tag.TIMESTAMP)) {
                super.addImplicitResolver(tag, pattern, first, limit);
            }
        }
    }
}
