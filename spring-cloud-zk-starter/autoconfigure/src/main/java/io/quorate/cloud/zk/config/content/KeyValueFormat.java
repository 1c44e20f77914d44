package io.quorate.cloud.zk.config.content;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.origin.OriginTrackedValue;

/**
 * One property per node, as Spring Cloud Zookeeper has it: the key is the path below the context with dots for slashes,
 * the value is the data as UTF-8. An empty leaf is an empty value; an empty node with children is no property.
 *
 * <p>Node names may contain dots, so that two nodes can name one key. The one whose path is lexicographically last
 * wins, which does not depend on the order in which a server lists children, and there is a warning.
 */
final class KeyValueFormat implements ContextFormat {

    private final String keyPrefix;

    /** @param keyPrefix put in front of every key, may be empty */
    KeyValueFormat(String keyPrefix) {
        this.keyPrefix = keyPrefix;
    }

    @Override
    public NodeSelection selection(ConfigContext context) {
        return new NodeSelection(List.of(context.path()), true);
    }

    @Override
    public ContextContent parse(ConfigContext context, ConfigSnapshot snapshot) {
        String below = context.path() + "/";
        Map<String, Object> properties = new LinkedHashMap<>();
        Map<String, String> paths = new HashMap<>();
        List<String> warnings = new ArrayList<>();
        snapshot.nodes().forEach((path, node) -> {
            if (!path.startsWith(below) || (node.data().length == 0 && !node.leaf())) {
                return;
            }
            String key = keyPrefix + path.substring(below.length()).replace('/', '.');
            String earlier = paths.put(key, path);
            if (earlier != null) {
                warnings.add("The nodes " + earlier + " and " + path + " both give the property '" + key
                        + "'; the latter wins. Delete one of them.");
            }
            properties.put(
                    key,
                    OriginTrackedValue.of(
                            new String(node.data(), StandardCharsets.UTF_8), new NodeOrigin(path, node.mzxid())));
        });
        return new ContextContent(snapshot, List.of(new ContextContent.Part(context.name(), properties)), warnings);
    }
}
