package io.quorate.cloud.zk.config.content;

import java.util.List;
import java.util.Map;

/**
 * What one context says, parsed.
 *
 * @param snapshot the nodes it was parsed from
 * @param parts its property sources, a later one wins; one for key-per-node contexts, several for documents
 * @param warnings what the reader should know, without values
 */
public record ContextContent(ConfigSnapshot snapshot, List<Part> parts, List<String> warnings) {

    /**
     * One property source.
     *
     * @param name its name in the environment
     * @param properties values, or values with their origin, by key
     */
    public record Part(String name, Map<String, Object> properties) {

        /** Says keys only: values may be secrets. */
        @Override
        public String toString() {
            return name + properties.keySet();
        }
    }

    /** Takes copies of the lists. */
    public ContextContent {
        parts = List.copyOf(parts);
        warnings = List.copyOf(warnings);
    }
}
