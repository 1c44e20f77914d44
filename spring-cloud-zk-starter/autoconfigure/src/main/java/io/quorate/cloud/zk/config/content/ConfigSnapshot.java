package io.quorate.cloud.zk.config.content;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The nodes of one context at one moment, by absolute path in lexicographic order. A context that does not exist is an
 * empty snapshot.
 */
public final class ConfigSnapshot {

    private static final ConfigSnapshot EMPTY = new ConfigSnapshot(Map.of());

    private final SortedMap<String, ConfigNode> nodes;

    /** Takes a copy of {@code nodes}, whose keys are absolute paths. */
    public ConfigSnapshot(Map<String, ConfigNode> nodes) {
        this.nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
    }

    /** What a context holds that does not exist. */
    public static ConfigSnapshot empty() {
        return EMPTY;
    }

    /** All nodes by path, lexicographically. */
    public SortedMap<String, ConfigNode> nodes() {
        return nodes;
    }

    /** The newest write of any node, 0 without nodes. */
    public long maxMzxid() {
        return nodes.values().stream().mapToLong(ConfigNode::mzxid).max().orElse(0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConfigSnapshot snapshot && nodes.equals(snapshot.nodes);
    }

    @Override
    public int hashCode() {
        return nodes.hashCode();
    }

    @Override
    public String toString() {
        return "snapshot of " + nodes.keySet();
    }
}
